import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, FRESNO, FRESNO_ZONE, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import type { BookingId, ContactId, SessionId } from "#kernel/ids.ts";
import { instantOf, localTimeAt } from "#kernel/time.ts";
import type { WantedTime } from "#modules/booking/index.ts";
import type { Context, StaffRole } from "#platform/context.ts";
import { listSessions } from "../queries/the-day.ts";
import { insertAbsences } from "../store/the-day.ts";
import { aBooking, aStaffId, staffContext } from "../visits.fixtures.ts";
import { getPacing, previewAbsences, setAbsences } from "./absences.ts";
import { checkIn } from "./reception.ts";

let services: TestServices;
let sessionId: SessionId;
let wanted: WantedTime;
let contacts: ContactId[];
let staffId: string;

beforeEach(async () => {
  services = await openTestServices();
  ({ sessionId, wanted } = await aSession(services, { steps: 16, counters: 4, stepMinutes: 30 }));
  contacts = await someContacts(services, 64);
  staffId = await aStaffId(services, "supervisor");
});
afterEach(() => services.close());

const as = (role: StaffRole): Context => staffContext(services, staffId, role);
const at = (time: string): void => services.clock.set(instantOf(VISIT_DAY, time, FRESNO_ZONE));
const absent = (...counters: number[]) => counters.map((counter) => ({ sessionId, counter }));
const code = (outcome: { ok: true } | { ok: false; refusal: { code: string } }): string =>
  outcome.ok ? "ok" : outcome.refusal.code;
const aParty = (time: string, person: number): Promise<BookingId> =>
  aBooking(services, contacts.pop()!, { ...wanted, startsAt: instantOf(VISIT_DAY, time, FRESNO_ZONE) }, [
    anApplicant(person),
  ]);
/** From 08:00 on four parties at each half hour. */
async function aFullDay(halfHours: number): Promise<BookingId[]> {
  const times = Array.from({ length: halfHours * 4 }, (_, i) => {
    const minutes = 8 * 60 + Math.floor(i / 4) * 30;
    return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${minutes % 60 === 0 ? "00" : "30"}`;
  });
  return Promise.all(times.map((time, i) => aParty(time, i)));
}
const hours = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    (
      await services.adminQuery<{ id: string; at: Date }>(
        "select booking_id as id, expected_at as at from visits.expected_hours",
      )
    ).map((one) => [one.id, localTimeAt(one.at, FRESNO_ZONE)]),
  );
const told = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await services.adminQuery<{ id: string; count: number }>(
        "select subject_id as id, count(*)::int from platform.outbox where name = 'visits.hour_changed' group by 1",
      )
    ).map((one) => [one.id, one.count]),
  );

test("a day with two absences: everybody keeps place and folio, hours follow, who has hours to go is told once", async () => {
  const parties = await aFullDay(8);
  const before = await services.adminQuery("select id, starts_at, state, changed_at from booking.bookings order by id");
  at("08:00");
  const seen = await previewAbsences(as("supervisor"), absent(3, 4));
  expect(seen).toMatchObject({
    value: { sessions: [{ counters: 4, absent: [3, 4], overMinutes: 0, cut: null }], told: 16 },
  });
  expect([await hours(), await told()]).toEqual([{}, {}]);

  const set = await setAbsences(as("supervisor"), { absent: absent(4, 3, 3), known: [] });
  expect(set).toEqual(seen);
  const now = await hours();
  // Two counters for four: each half hour takes a whole one, and the next is as much later.
  const of = (halfHour: number) => parties.slice(halfHour * 4, halfHour * 4 + 4).map((one) => now[one] ?? "own");
  expect([of(0), of(1), of(4)].map((four) => four.sort())).toEqual([
    ["08:30", "08:30", "own", "own"],
    ["09:00", "09:00", "09:30", "09:30"],
    ["12:00", "12:00", "12:30", "12:30"],
  ]);
  expect(Object.values(now).sort().at(-1)).toBe("15:30");
  expect(Object.values(await told()).every((count) => count === 1)).toBe(true);
  expect(Object.keys(await told())).toHaveLength(16);
  expect(
    await services.adminQuery("select id, starts_at, state, changed_at from booking.bookings order by id"),
  ).toEqual(before);

  // The same again changes nothing and tells nobody.
  expect(code(await setAbsences(as("supervisor"), { absent: absent(3, 4), known: absent(3, 4) }))).toBe("ok");
  expect(Object.values(await told()).every((count) => count === 1)).toBe(true);

  // At nine one of them comes after all; at once those whose hour changes and who have time hear of it.
  at("09:00");
  const came = parties[4]!;
  expect((await checkIn(as("supervisor"), { bookingId: came })).ok).toBe(true);
  const back = await setAbsences(as("supervisor"), { absent: absent(4), known: absent(3, 4) });
  expect(back).toMatchObject({ value: { sessions: [{ absent: [4] }] } });
  // Whoever stands in the hall keeps the hour by which she is listed.
  expect((await hours())[came]).toBe(now[came]);
  const twice = Object.values(await told()).filter((count) => count === 2).length;
  expect(twice).toBeGreaterThan(0);
  const [open] = await services.adminQuery(
    "select count(*) filter (where until is null)::int as open, count(*)::int as all from visits.absences",
  );
  expect(open).toEqual({ open: 1, all: 2 });
});

test("when everybody is there after all before anybody left home, each has her own hour again and is told so", async () => {
  const parties = await aFullDay(8);
  at("07:30");
  await setAbsences(as("supervisor"), { absent: absent(3, 4), known: [] });
  const first = await told();
  await setAbsences(as("supervisor"), { absent: [], known: absent(3, 4) });
  const last = parties.at(-1)!;
  expect((await hours())[last]).toBe("11:30");
  expect([first[last], (await told())[last]]).toEqual([1, 2]);
  const other =
    "select count(*)::int from visits.expected_hours e join booking.bookings b on b.id = e.booking_id where e.expected_at < b.starts_at";
  expect(await services.adminQuery(other)).toEqual([{ count: 0 }]);
});

test("only who would be done more than an hour after closing is offered a cut, from an hour on", async () => {
  await aFullDay(16);
  at("08:00");
  const two = await previewAbsences(as("supervisor"), absent(1, 2));
  expect(two).toMatchObject({
    value: {
      sessions: [{ overMinutes: 480, cut: { from: instantOf(VISIT_DAY, "12:30", FRESNO_ZONE), parties: 28 } }],
    },
  });
  expect(await services.adminQuery("select from schedules.cuts")).toEqual([]);
});

test("what cannot be is refused, and of two supervisors the second sees that there was a first", async () => {
  at("08:00");
  const set = (role: StaffRole, counters: number[], known: number[] = []) =>
    setAbsences(as(role), { absent: absent(...counters), known: absent(...known) });
  expect(code(await set("clerk", [1]))).toBe("not_allowed");
  expect([code(await set("supervisor", [5])), code(await set("supervisor", [0]))]).toEqual([
    "unknown_counter",
    "unknown_counter",
  ]);
  expect(code(await previewAbsences(as("supervisor"), [{ sessionId: staffId as SessionId, counter: 1 }]))).toBe(
    "unknown_counter",
  );
  const both = await Promise.all([set("supervisor", [1]), set("supervisor", [2])]);
  expect(both.map(code).sort()).toEqual(["changed_meanwhile", "ok"]);
  const standing = await getPacing(as("supervisor"));
  expect(standing.ok && standing.value.sessions[0]!.absent).toHaveLength(1);
});

test("without taking turns both would be first: the control of the test above", async () => {
  let arrived = 0;
  let open!: () => void;
  const both = new Promise<void>((resolve) => (open = resolve));
  const unguarded = (counter: number) =>
    services.database.transaction("console", { officeId: FRESNO, staffId }, async (tx) => {
      const [session] = await listSessions(tx, FRESNO, VISIT_DAY);
      if (++arrived === 2) open();
      await both;
      if (session!.absent.length > 0) return "changed_meanwhile";
      await insertAbsences(tx, FRESNO, VISIT_DAY, absent(counter), services.clock.now());
      return "ok";
    });
  expect(await Promise.all([unguarded(1), unguarded(2)])).toEqual(["ok", "ok"]);
});
