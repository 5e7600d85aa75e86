import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, FRESNO, someContacts } from "#tests/support/fixtures.ts";
import type { BookingId, ContactId } from "#kernel/ids.ts";
import type { WantedTime } from "#modules/booking/index.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { aBooking, allOf, aStaffId, goToVisit, staffContext, visitOf } from "../visits.fixtures.ts";
import { readBoard } from "../queries/board.ts";
import type { Station, Visit } from "../types.ts";
import type { VisitOutcome } from "./office.ts";
import { recordOutcomes, undo } from "./outcomes.ts";
import { markPriority, secondPriority, undoPriority } from "./priorities.ts";
import { callParty, checkIn, startService } from "./reception.ts";
import { callNext, park, passOn, unpark } from "./stations.ts";

let services: TestServices;
let wanted: WantedTime;
let contacts: ContactId[];
let clerkId: string;
let otherId: string;
let person = 0;
const STATIONS: readonly Station[] = ["filter", "cashier", "capture"];

beforeAll(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services, { steps: 8, counters: 60 }));
  contacts = await someContacts(services, 60);
  goToVisit(services, wanted);
  [clerkId, otherId] = await Promise.all([aStaffId(services), aStaffId(services)]);
  for (const station of STATIONS)
    await services.adminQuery("insert into visits.stations (office_id, station, counters) values ($1, $2, 3)", [
      FRESNO,
      station,
    ]);
});
afterAll(() => services.close());

const clerk = (id = clerkId) => staffContext(services, id);
const value = (outcome: VisitOutcome): Visit => {
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
};
const code = (outcome: VisitOutcome) => (outcome.ok ? outcome.value.state : outcome.refusal.code);
/** A party that has just arrived; the clock moves on a minute with each. */
async function anArrival(bornOn?: string): Promise<Visit> {
  const bookingId: BookingId = await aBooking(services, contacts.pop()!, wanted, [
    anApplicant(++person, bornOn === undefined ? {} : { bornOn: bornOn as never }),
  ]);
  services.clock.set(new Date(services.clock.now().getTime() + MINUTE_MS));
  return value(await checkIn(clerk(), { bookingId }));
}
/** Everybody away who is left of an earlier test. */
async function emptyHall(): Promise<void> {
  await services.adminQuery("update visits.visits set state = 'left' where state <> 'done'");
}

test("one code goes with a party through all stations, and each measures its own minutes", async () => {
  const visit = await anArrival();
  expect(visit).toMatchObject({ turnNo: expect.any(Number), station: "filter", route: STATIONS, line: "appointment" });
  let now = visit;
  for (const station of STATIONS) {
    expect(now.station).toBe(station);
    services.clock.set(new Date(services.clock.now().getTime() + 5 * MINUTE_MS));
    now = value(await callNext(clerk(), { station, counter: 2 }));
    expect([now.id, now.state, now.counter, now.calls]).toEqual([visit.id, "called", 2, 1]);
    now = value(await startService(clerk(), { visitId: visit.id, version: now.version }));
    if (station !== "capture") now = value(await passOn(clerk(), { visitId: visit.id, version: now.version }));
  }
  expect(await passOn(clerk(), { visitId: visit.id, version: now.version })).toMatchObject({
    refusal: { code: "wrong_station" },
  });
  const outcomes = await allOf(services, visit.bookingId);
  value(await recordOutcomes(clerk(), { visitId: visit.id, version: now.version, outcomes }));
  const minutes = () =>
    services.adminQuery<{ station: string; waited: number }>(
      "select station, (extract(epoch from called_at - entered_at) / 60)::int as waited from visits.passages where visit_id = $1 order by entered_at",
      [visit.id],
    );
  expect(await minutes()).toEqual(STATIONS.map((station) => ({ station, waited: 5 })));
  // The slip of a key takes its measure along.
  value(await undo(clerk(), { visitId: visit.id }));
  expect(await minutes()).toHaveLength(2);
  expect((await visitOf(services, visit.bookingId)).state).toBe("serving");
});

test("six clerks who press at once call six parties, the first of the rule, and whoever comes too late calls nobody", async () => {
  await emptyHall();
  const ids: string[] = [];
  for (let i = 0; i < 7; i++) ids.push((await anArrival()).id);
  const calls = await Promise.all(
    [1, 2, 3, 4, 5, 6].map((counter) =>
      callNext(clerk(counter % 2 ? clerkId : otherId), { station: "filter", counter }),
    ),
  );
  expect(new Set(calls.map((one) => value(one).id))).toEqual(new Set(ids.slice(0, 6)));
  expect(value(await callNext(clerk(), { station: "filter", counter: 7 })).id).toBe(ids[6]);
  expect(code(await callNext(clerk(), { station: "filter", counter: 1 }))).toBe("nobody_waits");
});

test("who is set aside is called only when she is back, and has lost no place", async () => {
  await emptyHall();
  const [first, second] = [await anArrival(), await anArrival()];
  const called = value(await callNext(clerk(), { station: "filter", counter: 1 }));
  expect(called.id).toBe(first.id);
  const aside = value(await park(clerk(), { visitId: first.id, version: called.version }));
  expect(aside).toMatchObject({ state: "waiting", station: "filter", counter: null });
  const third = await anArrival();
  expect(value(await callNext(clerk(), { station: "filter", counter: 1 })).id).toBe(second.id);
  value(await unpark(clerk(), { visitId: first.id, version: aside.version }));
  expect(value(await callNext(clerk(), { station: "filter", counter: 1 })).id).toBe(first.id);
  expect(value(await callNext(clerk(), { station: "filter", counter: 1 })).id).toBe(third.id);
});

test("a counter sends a party to any station of the office, and to no other", async () => {
  const visit = await anArrival();
  const at = value(await callParty(clerk(), { visitId: visit.id, counter: 1, version: visit.version }));
  const to = (station: Station) => passOn(clerk(), { visitId: visit.id, version: at.version, to: station });
  expect(code(await to("window"))).toBe("wrong_station");
  expect(code(await to("filter"))).toBe("wrong_station");
  expect(value(await to("capture"))).toMatchObject({ station: "capture", state: "waiting", calls: 0 });
  expect(code(await to("cashier"))).toBe("changed_meanwhile");
});

test("birth dates give priority unasked; what a person says waits for a second signature past a tenth, and for emergencies", async () => {
  await emptyHall();
  expect((await anArrival("1955-03-01")).priority).toBe("age_60");
  expect((await anArrival()).priority).toBeNull();
  const visit = await anArrival();
  const marked = value(
    await markPriority(clerk(), { visitId: visit.id, version: visit.version, priority: "emergency" }),
  );
  expect(marked.priority).toBeNull();
  const second = (id: string) => secondPriority(clerk(id), { visitId: visit.id, version: marked.version });
  expect(code(await second(clerkId))).toBe("needs_another_person");
  expect(value(await second(otherId)).priority).toBe("emergency");
  expect(value(await second(otherId)).version).toBe(marked.version + 1);
  // One of the first ten turns may be let go first alone, the next needs a colleague.
  const others = [await anArrival(), await anArrival()];
  for (const one of others)
    await markPriority(clerk(), { visitId: one.id, version: one.version, priority: "pregnancy" });
  const needed = await services.adminQuery<{ needs: boolean }>(
    "select needs_second as needs from visits.priorities where priority = 'pregnancy' order by marked_at",
  );
  expect(needed.at(-1)).toEqual({ needs: true });
});

test("a priority given by mistake is taken back while the party waits: its birth dates count again, and it is on record", async () => {
  await emptyHall();
  await services.adminQuery("delete from visits.priorities");
  const visit = await anArrival("1955-03-01");
  const marked = value(await markPriority(clerk(), { visitId: visit.id, version: visit.version, priority: "far" }));
  expect(marked.priority).toBe("far");
  const undo = (one: { id: typeof visit.id; version: number }) =>
    undoPriority(clerk(otherId), { visitId: one.id, version: one.version });
  expect(code(await undo(visit))).toBe("changed_meanwhile");
  const back = value(await undo(marked));
  expect(back.priority).toBe("age_60");
  expect(code(await undo(back))).toBe("not_possible");
  expect(await services.adminQuery("select 1 from visits.priorities where visit_id = $1", [visit.id])).toEqual([]);
  expect(
    await services.adminQuery("select actor_id from audit.entries where action = 'visit.priority_undone'"),
  ).toHaveLength(1);
  // Whoever was called went first: that is not undone.
  const asked = value(await markPriority(clerk(), { visitId: visit.id, version: back.version, priority: "far" }));
  const called = value(await callNext(clerk(), { station: "filter", counter: 1 }));
  expect(called.version).toBeGreaterThan(asked.version);
  expect(code(await undo(called))).toBe("not_possible");
  // Nor once it waits again, at another station or set aside.
  const passed = value(await passOn(clerk(), { visitId: visit.id, version: called.version, to: "capture" }));
  expect(passed.state).toBe("waiting");
  expect(code(await undo(passed))).toBe("not_possible");
  const again = value(await callParty(clerk(), { visitId: visit.id, counter: 1, version: passed.version }));
  const aside = value(await park(clerk(), { visitId: visit.id, version: again.version }));
  expect(code(await undo(aside))).toBe("not_possible");
  expect(await services.adminQuery("select 1 from visits.priorities where visit_id = $1", [visit.id])).toHaveLength(1);
});

test("the board has the code and counter of who is called, counts for each station, and no name", async () => {
  await emptyHall();
  const visit = await anArrival();
  await anArrival();
  value(await callNext(clerk(), { station: "filter", counter: 4 }));
  const board = await readBoard(clerk(), FRESNO);
  expect(board.calls[0]).toMatchObject({ number: visit.turnNo, station: "filter", counter: 4, attended: false });
  expect(board.stations.map((one) => [one.station, one.waiting])).toEqual([
    ["filter", 1],
    ["cashier", 0],
    ["capture", 0],
  ]);
  expect(board.inside).toBe(2);
  expect(JSON.stringify(board)).not.toContain(visit.id);
});

test("of three turns called one after the other one has no priority, though nobody is done yet", async () => {
  await emptyHall();
  const ordinary = new Set([(await anArrival()).id, (await anArrival()).id]);
  for (let i = 0; i < 3; i++) await anArrival("1950-03-01");
  services.clock.set(new Date(wanted.startsAt.getTime() + MINUTE_MS));
  const called: Visit[] = [];
  for (const counter of [1, 2, 3]) called.push(value(await callNext(clerk(), { station: "filter", counter })));
  expect(called.filter((one) => ordinary.has(one.id))).toHaveLength(1);
});
