import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { formatFolio } from "#kernel/folio.ts";
import type { BookingId } from "#kernel/ids.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { bookingTasks, book, findByFolio, getFile, listDay, listToday } from "#modules/booking/index.ts";
import { getAgentAlarms } from "#modules/integrity/index.ts";
import { aStaffId } from "#modules/visits/visits.fixtures.ts";
import { contextFor, systemContext, type StaffRole } from "#platform/context.ts";
import { startDispatcher } from "#platform/dispatcher.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, FRESNO, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import { subscriptions } from "./subscriptions.ts";

/** As many parties as a day needs at least, and hours before hers at which she is gone (booking/rules/honey.ts). */
const PARTIES = 12;
const GONE_HOURS = 2;
let services: TestServices;
let staffId: string;
beforeEach(async () => {
  services = await openTestServices();
  staffId = await aStaffId(services);
});
afterEach(() => services.close());

const as = (role: StaffRole, id: string = staffId) =>
  contextFor(services, {
    actor: { kind: "staff", staffId: id, officeId: role === "analyst" ? undefined : FRESNO, role },
    channel: "console",
    purpose: "reception",
    requestId: "test",
    language: "es",
  });
/** A day with so many people alone, each of whom booked by herself; the night before it is over. */
async function aDay(parties: number): Promise<Date> {
  const { wanted, startsAt } = await aSession(services, { opens: "14:00", counters: parties });
  for (const [i, contactId] of (await someContacts(services, parties)).entries())
    await book(citizen(services, contactId), { contactId, wanted, applicants: [anApplicant(i)] });
  services.clock.set(new Date(`${VISIT_DAY}T08:45:00Z`));
  return startsAt;
}
const PLANT = bookingTasks.find((one) => one.name === "booking.plant_honey")!;
const plant = () => PLANT.run(systemContext(services, "test"));
async function value<T>(outcome: Promise<{ ok: true; value: T } | { ok: false; refusal: unknown }>): Promise<T> {
  const done = await outcome;
  if (!done.ok) throw new Error(JSON.stringify(done.refusal));
  return done.value;
}
async function nobody(): Promise<BookingId> {
  const real = new Set((await value(listDay(as("clerk"), FRESNO, VISIT_DAY))).map((one) => one.bookingId));
  const list = await value(listToday(as("clerk"), FRESNO));
  return list.find((one) => !real.has(one.bookingId))!.bookingId;
}
async function alarms() {
  const dispatcher = startDispatcher(services, subscriptions, { automatic: false });
  await dispatcher.drain();
  await dispatcher.stop();
  const told = await value(getAgentAlarms(as("analyst", randomUUID())));
  return told.map((one) => [one.staffId, one.sign, one.count]);
}
/** What a value is made of, without what it says. */
const shape = (value: unknown): unknown =>
  Array.isArray(value)
    ? [...new Set(value.map((one) => JSON.stringify(shape(one))))]
    : value !== null && typeof value === "object" && !(value instanceof Date)
      ? Object.fromEntries(
          Object.entries(value)
            .map(([key, one]) => [key, shape(one)])
            .sort(),
        )
      : typeof value;

test("somebody who does not exist stands among the day's parties like any of them, and whoever opens her is told to the analyst at once", async () => {
  await aDay(PARTIES);
  await plant();
  await plant();
  const list = await value(listToday(as("clerk"), FRESNO));
  expect(list).toHaveLength(PARTIES + 1);
  expect(shape(list)).toHaveLength(1);
  const hers = await nobody();
  const other = list.find((one) => one.bookingId !== hers)!.bookingId;
  const own = await value(getFile(as("clerk"), FRESNO, other));
  expect(await alarms()).toEqual([]);

  const file = await value(getFile(as("clerk"), FRESNO, hers));
  expect(shape(file)).toEqual(shape({ ...own, checklist: file.checklist }));
  expect(file.people[0]).toMatchObject({ parents: [], child: false });
  expect(await alarms()).toEqual([[staffId, "honey", 1]]);
  expect(await value(findByFolio(as("clerk"), FRESNO, formatFolio(file.folio)))).toMatchObject({ bookingId: hers });
  expect(await alarms()).toEqual([[staffId, "honey", 2]]);
  const lines = await services.adminQuery<{ n: number }>(
    "select count(*)::int as n from audit.entries where action = 'file.read' group by subject order by 1",
  );
  expect(lines).toEqual([{ n: 1 }, { n: 1 }]);
});

test("she takes no place and is counted nowhere, stays in her office, and is gone before anybody would wait for her", async () => {
  const startsAt = await aDay(PARTIES);
  const counted = () =>
    services.adminQuery(
      `select (select count(*)::int from booking.bookings) as bookings, (select count(*)::int from booking.claims) as claims,
         (select count(*)::int from booking.appointments) as appointments, (select count(*)::int from schedules.places where state <> 'open') as places,
         (select count(*)::int from messaging.messages) as messages, (select count(*)::int from integrity.filings) as filings`,
    );
  const before = await counted();
  await plant();
  const hers = await nobody();
  expect(await value(listDay(as("clerk"), FRESNO, VISIT_DAY))).toHaveLength(PARTIES);
  const stranger = contextFor(services, {
    ...as("clerk"),
    actor: { kind: "staff", staffId, officeId: "sacramento", role: "clerk" },
  });
  expect(await getFile(stranger, "sacramento" as typeof FRESNO, hers)).toMatchObject({
    refusal: { code: "unknown_booking" },
  });
  expect(await counted()).toEqual(before);

  services.clock.set(new Date(startsAt.getTime() - GONE_HOURS * HOUR_MS));
  expect(await value(listToday(as("clerk"), FRESNO))).toHaveLength(PARTIES);
  expect(await getFile(as("clerk"), FRESNO, hers)).toMatchObject({ refusal: { code: "unknown_booking" } });
  expect(await alarms()).toEqual([]);
  services.clock.set(new Date(startsAt.getTime() + 24 * HOUR_MS));
  await plant();
  expect(await services.adminQuery("select from booking.honey")).toEqual([]);
});

test("among few there is nobody who does not exist", async () => {
  await aDay(PARTIES - 1);
  await plant();
  expect(await value(listToday(as("clerk"), FRESNO))).toHaveLength(PARTIES - 1);
});
