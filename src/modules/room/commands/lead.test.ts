import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fromHex, utf8 } from "#kernel/digest.ts";
import { isSignedBy } from "#kernel/signature.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { systemContext } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { citizen, someContacts } from "#tests/support/fixtures.ts";
import { anAnnouncedRoom, type TestRoom } from "#tests/support/rooms.ts";
import { auditStatuses } from "../rules/audit.ts";
import { parseStatus } from "../rules/status.ts";
import { forgetRooms } from "../jobs.ts";
import { findRoom } from "../store/rooms.ts";
import { joinRoom, ringRoom } from "./join.ts";
import { planRooms } from "./plan.ts";
import { findPlace } from "./turns.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

async function comes(room: TestRoom, person: string, ringId?: string) {
  const [contactId] = await someContacts(services, 1);
  const ctx = citizen(services, contactId!);
  const outcome = await joinRoom(ctx, { roomId: room.id, contactId: contactId!, persons: [person], ringId });
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  const { token, ticket } = outcome.value;
  const standing = async () =>
    (await findPlace(citizen(services, contactId!), { roomId: room.id, token, contactId: contactId!, chance: 0 }))
      ?.standing.state;
  return { token, ticket, contactId: contactId!, standing };
}

const documents = (room: TestRoom) =>
  services.adminQuery<{ seq: number; body: string; signature: string; admitted: string; let_in: number }>(
    "select seq, body, signature, admitted, let_in from room.statuses where room_id = $1 order by seq",
    [room.id],
  );
const pools = async () =>
  Object.fromEntries(
    (
      await services.adminQuery<{ kind: string; n: number }>(
        "select state || ' ' || pool as kind, count(*)::int as n from schedules.places group by 1",
      )
    ).map((one) => [one.kind, one.n]),
  );
const stateOf = async (room: TestRoom) =>
  (
    await services.adminQuery<{ state: string; places: number | null; minutes: number }>(
      "select state, places, extract(epoch from closes_at - opens_at)::float8 / 60 as minutes from room.rooms where id = $1",
      [room.id],
    )
  )[0]!;

describe("a room is announced", () => {
  test("once, where enough places were given back and nothing else is to be had", async () => {
    const room = await anAnnouncedRoom(services);
    expect(room.id).toMatch(/^fresno-documentacion-2026-11-2\d-(16|22)$/);
    expect(await planRooms(systemContext(services, "test"))).toBe(0);
    expect(await stateOf(room)).toEqual({ state: "announced", places: null, minutes: 30 });
  });

  test("for no fewer than four places, not beside a free one, and not shortly before the tick", async () => {
    await expect(anAnnouncedRoom(services, { steps: 3, counters: 1 })).rejects.toThrow("no room");
    await anAnnouncedRoom(services, { steps: 4, counters: 1, opens: "10:00" });
    await services.adminQuery("delete from room.rooms");
    const again = () => planRooms(systemContext(services, "test"));
    services.clock.advance(MINUTE_MS);
    expect(await again()).toBe(1);
    await services.adminQuery("delete from room.rooms");
    await services.adminQuery(
      "update schedules.places set state = 'open' where starts_at = (select max(starts_at) from schedules.places)",
    );
    expect(await again()).toBe(0);
    await services.adminQuery("update schedules.places set state = 'freed'");
    services.clock.advance(60 * MINUTE_MS);
    expect(await again()).toBe(0);
  });
});

describe("a room", () => {
  test("opens its places for those who wait, draws them, lets them in, and leaves the rest to all", async () => {
    const room = await anAnnouncedRoom(services);
    await room.lead();
    const first = await comes(room, "one");
    const second = await comes(room, "two");
    expect([await first.standing(), await second.standing()]).toEqual(["before", "before"]);
    room.at(0);
    await room.open();
    expect(await pools()).toEqual({ "open room": 8 });
    await room.lead();
    expect(await first.standing()).toBe("drawing");
    await room.leadUntil(30_000);
    const late = await comes(room, "three");
    expect(late.ticket.tick).toBe(4);
    await room.leadUntil(60_000);
    const faults = async () => {
      const row = await services.database.transaction("worker", {}, (tx) => findRoom(tx, room.id));
      const published = (await documents(room)).map((one) => parseStatus(one.body));
      return [...new Set(auditStatuses(row!, published).map((one) => one.fault))];
    };
    expect(await faults()).toEqual([]);
    await room.leadUntil(6 * MINUTE_MS, 15_000);
    expect([await first.standing(), await second.standing(), await late.standing()]).toEqual(Array(3).fill("admitted"));
    await room.leadUntil(31 * MINUTE_MS, MINUTE_MS);
    expect(await stateOf(room)).toMatchObject({ state: "over", places: 8 });
    expect(await first.standing()).toBe("over");
    expect(await pools()).toEqual({ "open open": 8 });

    const stored = await documents(room);
    const key = await services.keyring.publicKey("room");
    expect(stored.length).toBeGreaterThan(10);
    expect(stored.every((one) => isSignedBy(key, utf8(one.body), fromHex(one.signature)))).toBe(true);
    expect(Math.max(...stored.map((one) => one.body.length))).toBeLessThan(900);
    // Led only now and then, ticks were closed when their rounds were out: nothing else is amiss, and anybody sees that.
    expect(await faults()).toEqual(["closed_too_late"]);
    expect(parseStatus(stored.at(-1)!.body).log!.tickets).toBe(3);
  });

  test("to which nobody came leaves its places to all within the first seconds", async () => {
    const room = await anAnnouncedRoom(services);
    room.at(0);
    await room.open();
    await room.lead();
    expect(await stateOf(room)).toMatchObject({ state: "over" });
    expect(await pools()).toEqual({ "open open": 8 });
  });

  test("whose round does not come waits for it and for no other, says so, and has its half hour all the same", async () => {
    const room = await anAnnouncedRoom(services);
    const { fetchRound } = services.beacon;
    let reachable = false;
    (services as { beacon: unknown }).beacon = {
      source: "operator",
      fetchRound: (round: number) => (reachable ? fetchRound(round) : Promise.resolve(undefined)),
    };
    const one = await comes(room, "one");
    room.at(0);
    await room.open();
    await room.leadUntil(40 * MINUTE_MS, MINUTE_MS);
    expect(await one.standing()).toBe("drawing");
    const place = await findPlace(citizen(services, one.contactId), {
      roomId: room.id,
      token: one.token,
      contactId: one.contactId,
      chance: 0,
    });
    expect(place!.late).toBe(true);
    reachable = true;
    await room.leadUntil(45 * MINUTE_MS, 20_000);
    expect(await one.standing()).toBe("admitted");
    expect((await stateOf(room)).minutes).toBeGreaterThan(70);
  });

  test("forgets its log and its turns thirty days later, and keeps what was published", async () => {
    const room = await anAnnouncedRoom(services);
    await comes(room, "one");
    await room.lead();
    const forget = () => forgetRooms(systemContext(services, "test"));
    services.clock.set(new Date(room.opensAt + 30 * 24 * 60 * MINUTE_MS));
    expect(await forget()).toBe(0);
    services.clock.advance(24 * 60 * MINUTE_MS);
    expect(await forget()).toBe(1);
    expect((await documents(room)).length).toBe(1);
  });
});

describe("a call", () => {
  test("counts from its ring, by the same command: whoever was answered late is before those who came meanwhile", async () => {
    const room = await anAnnouncedRoom(services, { steps: 8 });
    await comes(room, "before");
    room.at(0);
    await room.open();
    await room.leadUntil(12_000);
    const rang = await ringRoom(systemContext(services, "test"), room.id);
    if (!rang.ok) throw new Error(rang.refusal.code);
    await room.leadUntil(60_000);
    const { ringId } = rang.value;
    const called = await comes(room, "called", ringId);
    expect(called.ticket).toMatchObject({ tick: 2, loggedIn: 7, ring: ringId });
    const [contactId] = await someContacts(services, 1);
    const twice = { roomId: room.id, contactId: contactId!, persons: ["another"], ringId };
    expect(await joinRoom(citizen(services, contactId!), twice)).toMatchObject({ refusal: { code: "ring_used" } });
    const invented = { ...twice, ringId: "00000000-0000-4000-8000-000000000000" };
    expect(await joinRoom(citizen(services, contactId!), invented)).toMatchObject({ refusal: { code: "ring_used" } });
    await room.leadUntil(5 * MINUTE_MS);
    expect(await called.standing()).toBe("admitted");
    const row = await services.database.transaction("worker", {}, (tx) => findRoom(tx, room.id));
    expect(
      auditStatuses(
        row!,
        (await documents(room)).map((one) => parseStatus(one.body)),
      ),
    ).toEqual([]);
  });
});
