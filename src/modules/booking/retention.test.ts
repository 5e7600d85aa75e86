import { afterEach, beforeEach, expect, test } from "vitest";
import { anApplicant, aSession, citizen, someContacts } from "#tests/support/fixtures.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { systemContext } from "#platform/context.ts";
import { book, bookingTasks } from "./index.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

const rowsLeft = async () =>
  (
    await services.adminQuery(`select (select count(*) from booking.bookings)::int as bookings, (select count(*) from booking.appointments)::int as appointments,
    (select count(*) from booking.applicants)::int as applicants, (select count(*) from booking.claims)::int as claims`)
  )[0];

test("the timetable erases a booking with all that hangs on it once 30 days have passed since its visit, and not before", async () => {
  const { wanted } = await aSession(services);
  const [contactId] = await someContacts(services, 1);
  await book(citizen(services, contactId!), {
    contactId: contactId!,
    wanted,
    applicants: [anApplicant(1), anApplicant(2)],
  });
  const runTasks = async (): Promise<void> => {
    for (const task of bookingTasks) await task.run(systemContext(services, task.name));
  };
  // The visit is on 3 December; 2 January is its thirtieth day after.
  services.clock.set(new Date("2027-01-02T23:59:00Z"));
  await runTasks();
  expect(await rowsLeft()).toEqual({ bookings: 1, appointments: 2, applicants: 2, claims: 2 });
  services.clock.set(new Date("2027-01-03T00:01:00Z"));
  await runTasks();
  expect(await rowsLeft()).toEqual({ bookings: 0, appointments: 0, applicants: 0, claims: 0 });
});
