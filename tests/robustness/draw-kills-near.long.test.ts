import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openDailyDraw } from "#modules/allocation/index.ts";
import { acceptOffer, cancelBooking, decline, keepForBetterPlace } from "#modules/booking/index.ts";
import { reopenFreed } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import type { BookingId, ContactId } from "#kernel/ids.ts";
import { adminQuery, withDatabaseName } from "#tests/support/cluster.ts";
import { expectConsistent } from "#tests/support/consistency.ts";
import { openTestServices, servicesOn, type TestServices } from "#tests/support/database.ts";
import { aDrawWorld, ANY_MORNING, DAILY, goOn, HOURS, someRequests } from "#tests/support/draw-world.ts";
import { citizen } from "#tests/support/fixtures.ts";
import { at, freedPlaces, shortWorld, SOON } from "#tests/support/short-draws.ts";
import { anUpgradeWorld, SECOND_LOCK } from "#tests/support/upgrade-world.ts";
import type { Death, NodeOptions } from "./draw-node.ts";
import { bundleNode, runNode } from "./run-node.ts";

/** Moments of one draw, in their order. */
type Moments = Readonly<Record<"lock" | "round" | "over", Date>>;
type Moment = keyof Moments;
const ORDER = ["lock", "round", "over"] as const;

/** A world whose draw was opened, and its copies as undisturbed nodes leave it. */
interface NearWorld {
  readonly moments: Moments;
  /** A copy as it stands before that moment, or when all of them are over. */
  copy(before: Moment | "end"): Promise<TestServices>;
  node(of: TestServices, now: Date, more?: Pick<NodeOptions, "death" | "accept">): Promise<number | undefined>;
  close(): Promise<void>;
}

async function nearWorld(moments: Moments, fill: (services: TestServices) => Promise<void>): Promise<NearWorld> {
  const server = inject("databaseUrl");
  const nameOf = (url: string): string => new URL(url).pathname.slice(1);
  const drop = (name: string) => adminQuery(server, `drop database ${name} with (force)`);
  const services = await openTestServices();
  await fill(services);
  await services.beacon.fetchRound(moments.round.getTime() / 1000);
  await Promise.all([services.database.close(), services.keyring.close()]);
  const states = new Map<Moment | "end", string>([["lock", nameOf(services.url)]]);
  const clone = async (name: string, now: Date): Promise<TestServices> => {
    const own = `test_${randomUUID().replaceAll("-", "")}`;
    await adminQuery(server, `create database ${own} template ${name}`);
    return servicesOn(withDatabaseName(server, own), { now, drop: () => drop(own) });
  };
  const node: NearWorld["node"] = ({ url }, now, more = {}) =>
    runNode({ url, now: now.toISOString(), witnesses: [], ...more });
  for (const [i, moment] of ORDER.entries()) {
    const next = await clone(states.get(moment)!, moments[moment]);
    expect(await node(next, moments[moment])).toBeGreaterThan(0);
    await Promise.all([next.database.close(), next.keyring.close()]);
    states.set(ORDER[i + 1] ?? "end", nameOf(next.url));
  }
  return {
    moments,
    node,
    copy: (before) => clone(states.get(before)!, before === "end" ? moments.over : moments[before]),
    async close() {
      for (const name of states.values()) await drop(name);
    },
  };
}

/** What the draw decided: its seed, every outcome, every answer, and whose each place is. */
async function decided({ adminQuery: ask }: TestServices) {
  const [draws, outcomes, answers, places, requests] = await Promise.all([
    ask(
      "select d.kind, d.state, d.root, d.seed, p.line::jsonb #>> '{body,outcome}' as outcome from allocation.draws d left join allocation.documents p on p.draw_id = d.id and p.kind = 'result' where d.kind in ('short', 'daily', 'second') order by d.locks_at",
    ),
    ask("select draw_id, app_id, key, turn, position, office_id, seats from allocation.outcomes order by 1, 2"),
    ask("select draw_id, request_id, answer, live, seating from allocation.filings order by 1, 2"),
    ask(
      `select p.session_id, p.starts_at, p.counter, p.state, coalesce(r.id, p.holder) as whose from schedules.places p left join allocation.requests r on r.booking_id = p.holder order by 1, 2, 3`,
    ),
    ask("select id, state from allocation.requests order by id"),
  ]);
  return { draws, outcomes, answers, places, requests };
}

async function on<T>(
  world: NearWorld,
  before: Moment | "end",
  work: (services: TestServices) => Promise<T>,
): Promise<T> {
  const services = await world.copy(before);
  try {
    return await work(services);
  } finally {
    await services.close();
  }
}

const known = new Map<NearWorld, Map<string, Promise<unknown>>>();
/** What an undisturbed world comes to is looked up once. */
function once<T>(world: NearWorld, name: string, look: () => Promise<T>): Promise<T> {
  const own = known.get(world) ?? new Map<string, Promise<unknown>>();
  known.set(world, own);
  const found = (own.get(name) as Promise<T> | undefined) ?? look();
  own.set(name, found);
  return found;
}

/** Killed at the round: whoever follows comes to the same, to the last seat. */
async function sameAfterRound(world: NearWorld, death: Death): Promise<void> {
  const expected = await once(world, "over", () => on(world, "over", decided));
  expect(expected.draws.map((one) => one["outcome"])).toContainEqual(expect.stringMatching(/^[0-9a-f]{64}$/));
  await on(world, "round", async (services) => {
    expect(await world.node(services, world.moments.round, { death })).toBeUndefined();
    await goOn(services, world.moments.round);
    expect(await decided(services)).toEqual(expected);
    await expectConsistent(services.adminQuery);
  });
}

/** Killed at another moment: leaves have fresh numbers, so the order is another; nothing is lost and nothing given twice. */
async function wholeAtTheEnd(world: NearWorld, moment: Moment, death: Death): Promise<void> {
  const count = async (services: TestServices) => {
    const { draws, places, requests } = await decided(services);
    const of = (rows: readonly Record<string, unknown>[]) => rows.map((one) => one["state"]).sort();
    return { draws: of(draws), places: of(places), requests: of(requests) };
  };
  const expected = await once(world, "end", () => on(world, "end", count));
  await on(world, moment, async (services) => {
    expect(await world.node(services, world.moments[moment], { death })).toBeUndefined();
    for (const later of ORDER.slice(ORDER.indexOf(moment))) await goOn(services, world.moments[later]);
    expect(await count(services)).toEqual(expected);
    await expectConsistent(services.adminQuery);
  });
}

// prettier-ignore
const LOCK: readonly [step: string, death: Death][] = [
  ["when its places are committed", { matching: "set state = 'committed'", when: "after" }],
  ["when its leaves are written", { matching: "insert into allocation.entries", when: "after" }],
  ["when its manifest is written", { matching: "insert into allocation.documents", when: "after" }],
  ["when its lock was committed", { since: "set state = $1", matching: "commit", when: "after" }],
];
// prettier-ignore
const ROUND: readonly [step: string, death: Death][] = [
  ["before its outcomes", { matching: "insert into allocation.outcomes", when: "before" }],
  ["when its outcomes are written", { matching: "insert into allocation.outcomes", when: "after" }],
  ["when its papers are published", { since: "insert into allocation.outcomes", matching: "insert into allocation.documents", when: "after" }],
  ["when it was committed", { since: "set state = $1", matching: "commit", when: "after" }],
  ["before the places are given", { matching: "set state = 'assigned'", when: "before" }],
  ["when the offers are written", { matching: "set answer = t.answer", when: "after" }],
];

let [short, daily, second] = [] as unknown as [NearWorld, NearWorld, NearWorld];
let offered: readonly { readonly requestId: string; readonly contactId: ContactId }[] = [];
beforeAll(async () => {
  await bundleNode();
  short = await nearWorld({ lock: at("16:05"), round: at("16:15"), over: at("18:15") }, async (services) => {
    // More households than places: somebody waits, and nobody is told of it.
    offered = await freedPlaces(services, 2, [SOON, SOON, SOON, SOON]);
    await shortWorld(() => services).hour("16:00");
  });
  daily = await nearWorld({ lock: DAILY.lock, round: DAILY.round, over: DAILY.over }, aPlaceCameBack);
  second = await nearWorld({ lock: SECOND_LOCK, round: HOURS.secondRound, over: HOURS.over }, async (services) => {
    const { first, upgrader } = await anUpgradeWorld(services);
    const asked = ({ contactId, requestId }: typeof first) =>
      [citizen(services, contactId), requestId, contactId] as const;
    expect(await keepForBetterPlace(...asked(upgrader))).toMatchObject({ ok: true });
    expect(await decline(...asked(first))).toMatchObject({ ok: true });
  });
}, 120_000);
afterAll(async () => {
  await short.close();
  await daily.close();
  await second.close();
});

/** All places were drawn and booked; one family cancels nine days before its day, and the day's draw is open. */
async function aPlaceCameBack(services: TestServices): Promise<void> {
  await aDrawWorld(services, { counters: 2 });
  await someRequests(services, 11, { shortNotice: true, wish: { ...ANY_MORNING, to: null } });
  for (const to of Object.values(HOURS)) await goOn(services, to);
  services.clock.set(new Date("2026-12-05T20:00:00Z"));
  const [booked] = await services.adminQuery<{ id: BookingId; contact_id: ContactId }>(
    "select id, contact_id from booking.bookings order by id limit 1",
  );
  const request = { bookingId: booked!.id, contactId: booked!.contact_id };
  expect(await cancelBooking(citizen(services, request.contactId), request)).toMatchObject({ ok: true });
  services.clock.set(DAILY.tick);
  await reopenFreed(systemContext(services, "test"));
  expect(await openDailyDraw(systemContext(services, "test"))).toBeDefined();
}

describe("a draw of the hour whose node is killed", () => {
  test.each(LOCK)("%s loses nothing and gives nothing twice", async (_, death) => {
    await wholeAtTheEnd(short, "lock", death);
  });

  test.each(ROUND)("%s comes to the same", async (_, death) => {
    await sameAfterRound(short, death);
  });

  test.each<[step: string, death: Death]>([
    ["when nobody's answer was written", { matching: "set answer = 'passed'", when: "after" }],
    [
      "when its places went back",
      { since: "set answer = 'passed'", matching: "update schedules.places", when: "after" },
    ],
  ])("%s passes the place on once", async (_, death) => {
    await wholeAtTheEnd(short, "over", death);
  });

  test.each<[step: string, death: Death]>([
    ["before the booking is committed", { matching: "insert into booking.bookings", when: "before" }],
    ["when it was", { since: "insert into booking.bookings", matching: "commit", when: "after" }],
  ])("while an offer is accepted, %s, has given nothing twice when she presses again", async (_, death) => {
    await on(short, "over", async (services) => {
      const [found] = await services.adminQuery<{ id: string }>(
        "select id from allocation.requests where state = 'offered' order by id",
      );
      const { requestId, contactId } = offered.find((one) => one.requestId === found!.id)!;
      const accept = { id: requestId, contactId } as NonNullable<NodeOptions["accept"]>;
      expect(await short.node(services, at("16:30"), { death, accept })).toBeUndefined();
      services.clock.set(at("16:30"));
      await acceptOffer(citizen(services, contactId), accept.id, contactId);
      await goOn(services, at("18:15"));
      expect(
        await services.adminQuery(
          "select b.state, r.state as request from booking.bookings b join allocation.requests r on r.booking_id = b.id where r.id = $1",
          [requestId],
        ),
      ).toEqual([{ state: "active", request: "confirmed" }]);
      await expectConsistent(services.adminQuery);
    });
  });
});

// The steps are those of any draw: here the ones that differ, and one of each kind.
describe("a draw of the day whose node is killed", () => {
  test.each(LOCK.slice(1, 2))("%s loses nothing and gives nothing twice", async (_, death) => {
    await wholeAtTheEnd(daily, "lock", death);
  });

  // prettier-ignore
  test.each([
    ...ROUND.slice(1, 3),
    ["while its offer is booked", { matching: "insert into booking.bookings", when: "before" }],
    ["when it was booked", { since: "insert into booking.bookings", matching: "commit", when: "after" }],
  ] as const)("%s comes to the same", async (_, death) => {
    await sameAfterRound(daily, death);
  });
});

describe("a second round that exchanges a place, whose node is killed", () => {
  // prettier-ignore
  test.each<[step: string, death: Death]>([
    ["when the former place was given back", { matching: "'withdrawn' end, holder = null, draw_id", when: "after" }],
    ["when that was committed", { since: "with moved as", matching: "commit", when: "after" }],
    ["before the better one is booked", { matching: "insert into booking.bookings", when: "before" }],
  ])("%s comes to the same", async (_, death) => {
    await sameAfterRound(second, death);
  });
});
