import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyId, aRoom, aSeed, OPENS_AT } from "../room.fixtures.ts";
import type { ClosedTick, DrawnSeed, HashText, Rank, RankId, Room, Status } from "../types.ts";
import { advance, MOST_ADMITTED_PER_S, thresholdAt, type Progress } from "./admission.ts";
import { auditStatuses } from "./audit.ts";
import { closeTick } from "./log.ts";
import { rankOf } from "./rank.ts";
import {
  distanceTo,
  hashOf,
  nextStatus,
  parseStatus,
  POLL_TABLE,
  signedStatus,
  standingOf,
  STATUS_MAX_AGE_S,
  statusText,
} from "./status.ts";
import { roundPublishedAt, tickAt, tickEndsAt } from "./ticks.ts";

const room = aRoom();
const SIGNATURE = "A".repeat(86);
const EMPTY = { closed: [], seeds: [], admitted: "" as const, places: "some" as const };
const leaf = (number: number) => anyId(number).repeat(2) as HashText;

/** The documents of a room in which so many come in each tick and so many places are left at each step. */
function traceOf(own: Room, arrivals: readonly number[], remaining: readonly number[]): Status[] {
  const documents: Status[] = [];
  const closed: ClosedTick[] = [];
  const seeds: DrawnSeed[] = [];
  let progress: Progress = { admitted: 0, rest: 0 };
  for (const [step, left] of remaining.entries()) {
    const now = own.opensAt - 10_000 + step * STATUS_MAX_AGE_S * 1_000;
    while (closed.length < tickAt(own, now)) {
      const count = arrivals[closed.length % arrivals.length]!;
      const tickets = Array.from({ length: count }, (_, i) => leaf(closed.length * 1_000 + i));
      closed.push(closeTick(closed.at(-1), { tickets, rings: [] }));
    }
    while (seeds.length < closed.length) {
      const next = aSeed(own, seeds.length);
      if (roundPublishedAt(next.round) > now) break;
      seeds.push(next);
    }
    const counts = closed.slice(0, seeds.length).map((one) => one.tickets);
    const facts = { remaining: left, conversion: 0.5, windowMs: 600_000, choosing: 0 };
    progress = advance(
      progress,
      facts,
      STATUS_MAX_AGE_S * 1_000,
      counts.reduce((sum, one) => sum + one, 0),
    );
    const admitted = thresholdAt(counts, progress.admitted);
    documents.push(
      nextStatus(own, documents.at(-1), { now, closed, seeds, admitted, places: left > 8 ? "some" : "none" }),
    );
  }
  return documents;
}

const trace = fc
  .tuple(fc.array(fc.nat(40), { minLength: 1, maxLength: 8 }), fc.array(fc.nat(400), { minLength: 12, maxLength: 60 }))
  .map(([arrivals, remaining]) => traceOf(room, arrivals, remaining));

describe("the documents of a room", () => {
  test("go only forward, whatever happens", () => {
    fc.assert(
      fc.property(trace, (documents) => {
        const published = documents.map((one) => signedStatus(statusText(one), SIGNATURE));
        expect(published.map(parseStatus)).toEqual(documents);
        expect(auditStatuses(room, documents)).toEqual([]);
        for (const [i, document] of documents.entries())
          if (i > 0) expect(document.admitted >= documents[i - 1]!.admitted).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("keep the threshold when they are asked to lower it", () => {
    const first = nextStatus(room, undefined, {
      ...EMPTY,
      now: OPENS_AT,
      admitted: "000000007fffffffffffffff" as Rank,
    });
    const second = nextStatus(room, first, { ...EMPTY, now: OPENS_AT, admitted: "00000000" as Rank });
    expect(second.admitted).toBe(first.admitted);
  });

  test("hold no seed before its round", () => {
    const drawn = aSeed(room, 0);
    const out = roundPublishedAt(drawn.round);
    expect(out).toBeGreaterThanOrEqual(OPENS_AT + 30_000);
    const closed = [closeTick(undefined, { tickets: [], rings: [] })];
    const facts = { ...EMPTY, closed, seeds: [drawn] };
    expect(() => nextStatus(room, undefined, { ...facts, now: out - 1 })).toThrow("tick 0 is not public yet");
    expect(nextStatus(room, undefined, { ...facts, now: out }).seeds).toEqual([drawn]);
  });

  test("are at most 1 KB, with all that can be in them", () => {
    const most = 0xffff_ffff;
    const long = aRoom({ id: "nueva-york-documentacion-2026-12-07-a" as Room["id"] });
    const closed = [10_000_000, 10_000_000].map((tickets, tick) => ({
      tick: tick * most,
      tickets,
      rings: 9,
      root: leaf(1),
      head: leaf(2),
    }));
    const seeds = [0, 1, 2, 3, 4].map((tick) => ({ ...aSeed(long, tick), tick: 99_999, round: 99_999 }));
    const first = { ...nextStatus(long, undefined, { ...EMPTY, now: OPENS_AT }), seq: 999_999 };
    const full = nextStatus(long, first, {
      now: long.closesAt,
      closed,
      seeds,
      admitted: "f".repeat(24) as Rank,
      places: "some",
    });
    const served = signedStatus(statusText(full), SIGNATURE);
    expect(JSON.parse(served)).toMatchObject({ v: 1, seq: 1_000_000, seeds: { length: 4 }, signature: SIGNATURE });
    expect(Buffer.byteLength(served)).toBeLessThanOrEqual(1024);
  });
});

describe("a document that was changed afterwards is named:", () => {
  const documents = traceOf(room, [30, 4], new Array<number>(30).fill(300));
  const at = 20;
  /** The operator changes one document and makes all later ones fit it. */
  const rewritten = (change: (document: Status) => Partial<Status>): Status[] => {
    const forged = documents.slice(0, at);
    for (const document of documents.slice(at))
      forged.push({ ...document, ...(forged.length === at ? change(document) : {}), previous: hashOf(forged.at(-1)!) });
    return forged;
  };
  const faultsOf = (forged: readonly Status[]) => auditStatuses(room, forged).map(({ seq, fault }) => [seq, fault]);

  test.each([
    ["threshold", { admitted: "" as const }, "threshold_fell"],
    ["count at the opening", { opening: { tickets: 31, root: documents[at]!.opening!.root } }, "opening_changed"],
    ["opening's root", { opening: { tickets: 30, root: leaf(9) } }, "opening_changed"],
    ["log", { log: { ...documents[at]!.log!, tickets: 0 } }, "count_fell"],
    ["source", { source: "operator" as const }, "another_source"],
    ["round", { seeds: documents[at]!.seeds.map((one) => ({ ...one, round: one.round + 1 })) }, "another_round"],
    [
      "seed",
      { seeds: [{ ...documents[at]!.seeds[0]!, seed: leaf(1) as unknown as DrawnSeed["seed"] }] },
      "seed_changed",
    ],
    ["time", { at: OPENS_AT }, "seed_too_early"],
  ])("another %s", (_, change, fault) => {
    expect(faultsOf(rewritten(() => change))).toContainEqual([at, fault]);
  });

  test("one left out, and one changed in its place", () => {
    expect(faultsOf(documents.toSpliced(at, 1))).toEqual(
      expect.arrayContaining([
        [at + 1, "number_missing"],
        [at + 1, "chain_broken"],
      ]),
    );
    expect(faultsOf(documents.with(at, { ...documents[at]!, places: "few" }))).toEqual([[at + 1, "chain_broken"]]);
    expect(faultsOf(rewritten(() => ({})))).toEqual([]);
  });
});

describe("a waiting page", () => {
  const documents = traceOf(room, [2_000], new Array<number>(40).fill(300));
  const last = documents.at(-1)!;
  const ticket = (person: number, tick = 0) => {
    const rank = rankOf(aSeed(room, tick).seed, { persons: [anyId(person) as RankId], tick });
    return { tick, loggedIn: tick, rank };
  };

  test("knows from the document alone whether it is let in, before, at and after", () => {
    const unknown = { tick: 0, loggedIn: 0, rank: undefined };
    expect(standingOf(room, documents[0]!, unknown, OPENS_AT - 3_600_000, 0)).toEqual({
      state: "before",
      pollSeconds: 300,
    });
    expect(standingOf(room, documents[2]!, unknown, OPENS_AT, 0)).toMatchObject({ state: "drawing" });
    for (let person = 0; person < 200; person++) {
      const own = ticket(person);
      const { state } = standingOf(room, last, own, last.at, 0);
      expect(state).toBe(own.rank <= last.admitted ? "admitted" : "waiting");
      expect(standingOf(room, last, own, room.closesAt, 0)).toEqual({ state: "over" });
    }
  });

  test("of somebody whose tick is long past needs no seed: whoever comes back is let in at once", () => {
    const passed = { ...last, admitted: "0000000300000000ffffffff" as Rank };
    expect(standingOf(room, passed, { tick: 2, loggedIn: 9, rank: undefined }, last.at, 0)).toEqual({
      state: "admitted",
    });
    expect(standingOf(room, passed, { tick: 3, loggedIn: 9, rank: undefined }, last.at, 0)).not.toEqual({
      state: "admitted",
    });
  });

  test("asks less and less often while a round is late", () => {
    const asks = [0, 10, 60, 1_000].map((late) => {
      const now = roundPublishedAt(aSeed(room, 0).round) + late * 1_000;
      return standingOf(room, documents[2]!, { tick: 0, loggedIn: 0, rank: undefined }, now, 0);
    });
    expect(asks.map((one) => "pollSeconds" in one && one.pollSeconds)).toEqual([5, 10, 60, 300]);
  });

  test("looks again well before its turn can come, even at the highest rate", () => {
    let from = 0;
    for (const { upTo, seconds } of POLL_TABLE) {
      // The nearest of a row waits at least so long; the first row is as quick as the caches.
      if (from > 0) expect(seconds * 1.2).toBeLessThan((from / MOST_ADMITTED_PER_S) * 0.5);
      else expect(seconds).toBe(STATUS_MAX_AGE_S);
      from = upTo;
    }
  });

  test("estimates how many are before it within five per cent of all", () => {
    const ranks = Array.from({ length: 2_000 }, (_, person) => ticket(person).rank).sort();
    const waiting = ranks.filter((rank) => rank > last.admitted);
    for (const part of [0.1, 0.5, 0.9]) {
      const index = Math.floor(waiting.length * part);
      expect(Math.abs(distanceTo(last, waiting[index]!) - index)).toBeLessThan(100);
    }
    expect(distanceTo(last, ticket(1, 5).rank)).toBeGreaterThan(distanceTo(last, ranks.at(-1)!));
  });

  test("waits a fifth longer at most than the table says", () => {
    fc.assert(
      fc.property(fc.nat(1_999), fc.double({ min: 0, max: 1, noNaN: true }), (person, chance) => {
        const standing = standingOf(room, { ...last, admitted: "" }, ticket(person), last.at, chance);
        expect(standing).toMatchObject({ state: "waiting" });
        expect("pollSeconds" in standing && standing.pollSeconds >= 5 && standing.pollSeconds <= 6).toBe(true);
      }),
    );
  });
});

test("a tick is over at its end, not before", () => {
  expect([-1, 0, 9_999, 10_000].map((after) => tickAt(room, OPENS_AT + after))).toEqual([0, 1, 1, 2]);
  expect(tickEndsAt(room, 1)).toBe(OPENS_AT + 10_000);
});
