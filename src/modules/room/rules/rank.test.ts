import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex } from "#kernel/digest.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { aContact, aKeyring, anyId, aRandomness, aRoom, aSeed, chiSquare, join, OPENS_AT } from "../room.fixtures.ts";
import type { RankId, RoomId } from "../types.ts";
import { rankAtShare, rankOf, ranksOf, seedOf, tickOfRank } from "./rank.ts";
import { JOIN_LEAD_MS, LATE_SEED_MS, roundPublishedAt, seedRound, TICK_MS, tickAt, tickEndsAt } from "./ticks.ts";

const room = aRoom();
const before = fc.integer({ min: OPENS_AT - JOIN_LEAD_MS, max: OPENS_AT - 1 });
const after = fc.integer({ min: OPENS_AT, max: room.closesAt - 1 });
const rankAfter = (person: string, tick: number, world: string) =>
  rankOf(aSeed(room, tick, world).seed, { persons: [person as RankId], tick });

test("seeds and ranks are what another implementation (Python) made of round 1000 of quicknet", () => {
  const randomness = fromHex("fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd");
  const persons = ["0123456789abcdef0123456789abcdef" as RankId];
  expect(seedOf(room, 0, randomness)).toBe("817cb352b04b757736c89eca857b7f8627405555641e56c066d1a7acbf7bfc23");
  expect(rankOf(seedOf(room, 0, randomness), { persons, tick: 0 })).toBe("00000000ec23e650e5705d25");
  expect(rankOf(seedOf(room, 3, randomness), { persons, tick: 3 })).toBe("00000003fd157ee239492636");
});

/** Of quicknet, as its description says. */
const PERIOD_MS = 3_000;

test("rounds of quicknet are published when its description says", () => {
  expect(roundPublishedAt(1)).toBe(1_692_803_367_000);
  expect(roundPublishedAt(1000)).toBe(1_692_803_367_000 + 999 * PERIOD_MS);
});

describe("who comes before the opening", () => {
  test("has the rank of her person, whenever, how often and with whatever contact she joins", async () => {
    const person = "FICTICIA|INVENTADA|1990-05-17|M|OC";
    await fc.assert(
      fc.asyncProperty(fc.array(before, { minLength: 1, maxLength: 6 }), fc.boolean(), async (instants, byPhone) => {
        const keyring = aKeyring();
        const joined = await Promise.all(
          instants.map((at) => join(room, [person], byPhone ? { at, ring: { at, id: "call" } } : at, { keyring })),
        );
        const ranks = joined.map(({ ticket }) => rankOf(aSeed(room, ticket.loggedIn).seed, ticket));
        expect(new Set(ranks).size).toBe(1);
        expect(new Set(joined.map(({ ticket }) => ticket.id)).size).toBe(instants.length);
      }),
      { numRuns: 50 },
    );
  });

  test("gets the very same ticket again from any node, without anybody remembering the first", async () => {
    const contactId = aContact();
    const again = await Promise.all(
      [1, 2, 3].map((hour) => join(room, ["A", "B"], OPENS_AT - hour * HOUR_MS, { contactId })),
    );
    expect(new Set(again.map(({ token }) => token)).size).toBe(1);
  });

  test("has nothing in common with her ticket of another room", async () => {
    const other = aRoom({ id: "fresno-2026-12-14" as RoomId });
    const [here, there] = await Promise.all([room, other].map((one) => join(one, ["A"], OPENS_AT - 1)));
    expect(here!.ticket.persons).not.toEqual(there!.ticket.persons);
    expect(aSeed(room, 0).seed).not.toBe(aSeed(other, 0).seed);
  });
});

describe("who comes afterwards", () => {
  test("stands behind everybody of an earlier tick, whatever the seeds say", () => {
    fc.assert(
      fc.property(after, after, fc.nat(), fc.nat(), fc.string(), (one, other, a, b, world) => {
        const [first, second] = [tickAt(room, one), tickAt(room, other)];
        fc.pre(first < second);
        expect(rankAfter(anyId(a), first, world) < rankAfter(anyId(b), second, world)).toBe(true);
        expect(rankAfter(anyId(a), 0, world) < rankAfter(anyId(b), first, world)).toBe(true);
      }),
    );
  });

  test("never betters her rank by coming again", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(before, after), { minLength: 2, maxLength: 8 }), async (instants) => {
        const joined = await Promise.all(instants.map((at) => join(room, ["A"], at)));
        const ranks = joined.map(({ ticket }) => rankOf(aSeed(room, ticket.loggedIn).seed, ticket));
        const first = ranks[instants.indexOf(Math.min(...instants))]!;
        expect(ranks.every((rank) => rank >= first)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test("is shuffled inside her ten seconds: the first to come is first as often as the last", () => {
    let ahead = 0;
    const worlds = 10_000;
    for (let i = 0; i < worlds; i++) {
      const [first, last] = ranksOf(aSeed(room, 5, `world ${i}`).seed, 5, [anyId(1), anyId(2)] as RankId[]);
      if (first! < last!) ahead += 1;
    }
    expect(Math.abs(ahead / worlds - 0.5)).toBeLessThan(0.02);
  });

  test("cannot know her seed: its round comes out after her tick's root", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_440 }), fc.integer({ min: 0, max: 30_000 }), (tick, later) => {
        // Openings lie anywhere between two rounds.
        const own = aRoom({ opensAt: OPENS_AT + later });
        const published = roundPublishedAt(seedRound(own, tick));
        expect(published - tickEndsAt(own, tick)).toBeGreaterThanOrEqual(LATE_SEED_MS);
        expect(published - tickEndsAt(own, tick)).toBeLessThan(30_000 + PERIOD_MS);
        if (tick > 0) expect(tickEndsAt(own, tick) - tickEndsAt(own, tick - 1)).toBe(TICK_MS);
      }),
    );
  });
});

describe("a call", () => {
  test("counts from its ring, with a lot that was unknown when its persons were named", async () => {
    const ring = { at: OPENS_AT - 60_000, id: "call" };
    const { ticket } = await join(room, ["A"], { at: OPENS_AT + 15 * 60_000, ring });
    expect(ticket).toMatchObject({ tick: 0, loggedIn: 91, ring: "call" });
    expect(tickOfRank(rankOf(aSeed(room, 91).seed, ticket))).toBe(0);
  });

  test("cannot be answered before it rings", async () => {
    const early = join(room, ["A"], { at: OPENS_AT, ring: { at: OPENS_AT + 1, id: "call" } });
    await expect(early).rejects.toThrow("before it rang");
  });
});

test("joining opens a day before and ends with the room", async () => {
  await expect(join(room, ["A"], OPENS_AT - JOIN_LEAD_MS - 1)).rejects.toThrow("room_not_open");
  await expect(join(room, ["A"], OPENS_AT - JOIN_LEAD_MS)).resolves.toBeDefined();
  await expect(join(room, ["A"], room.closesAt)).rejects.toThrow("room_over");
});

test("a fixed person's rank is uniform over rounds, and the persons of one round are uniform among themselves", () => {
  const [overRounds, overPersons] = [new Array<number>(64).fill(0), new Array<number>(64).fill(0)];
  const bin = (rank: string) => Number.parseInt(rank.slice(8, 10), 16) >> 2;
  for (let i = 0; i < 10_000; i++) {
    const seed = seedOf(room, 0, aRandomness(i));
    overRounds[bin(rankOf(seed, { persons: [anyId(7) as RankId], tick: 0 }))]! += 1;
  }
  const persons = Array.from({ length: 20_000 }, (_, i) => anyId(i) as RankId);
  for (const rank of ranksOf(aSeed(room, 0).seed, 0, persons)) overPersons[bin(rank)]! += 1;
  // 63 degrees of freedom: beyond 103.4 once in a thousand.
  expect(chiSquare(overRounds)).toBeLessThan(103.4);
  expect(chiSquare(overPersons)).toBeLessThan(103.4);
});

test("a share of a tick's values ends at exactly that part, and all of it at the last value", () => {
  expect(rankAtShare(0, 1, 2)).toBe("000000007fffffffffffffff");
  expect(rankAtShare(2, 3, 3)).toBe("00000002ffffffffffffffff");
  expect(rankAtShare(255, 1, 1_000_000)).toBe("000000ff000010c6f7a0b5ec");
});
