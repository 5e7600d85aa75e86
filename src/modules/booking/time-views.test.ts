import { afterEach, beforeEach, expect, test } from "vitest";
import { aSession, citizen, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { systemContext } from "#platform/context.ts";
import { bookingTasks, countTimeViews, viewTimes } from "./index.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
  await aSession(services);
});
afterEach(() => services.close());

const wanted = {
  officeId: "fresno" as OfficeId,
  localDate: VISIT_DAY,
  needs: [{ ordinal: 1, group: "documentacion" as const, minutes: 10 }],
};
const figures = (on: string) => countTimeViews(systemContext(services, "test"), on as LocalDate);

test("every look at exact times is counted for its contact and day, also when many come at once", async () => {
  const [one, other] = await someContacts(services, 2);
  const on = services.clock.now().toISOString().slice(0, 10);
  expect(await figures(on)).toEqual({ views: 0, contacts: 0, most: 0 });
  const offers = await Promise.all(Array.from({ length: 12 }, () => viewTimes(citizen(services, one!), one!, wanted)));
  expect(offers.every((times) => times.length > 0)).toBe(true);
  await viewTimes(citizen(services, other!), other!, wanted);
  expect(await figures(on)).toEqual({ views: 13, contacts: 2, most: 12 });
  services.clock.advance(24 * 3_600_000);
  await viewTimes(citizen(services, one!), one!, wanted);
  expect((await figures(on)).views).toBe(13);
});

test("who may not see exact times is not shown them", async () => {
  const [contactId] = await someContacts(services, 1);
  const visitor = { ...citizen(services, contactId!), actor: { kind: "visitor" as const, sessionId: "x" } };
  await expect(viewTimes(visitor as never, contactId!, wanted)).rejects.toThrow("verified contact");
});

test("the timetable erases the counts once seven days have passed, and not before", async () => {
  const [contactId] = await someContacts(services, 1);
  await viewTimes(citizen(services, contactId!), contactId!, wanted);
  const on = services.clock.now().toISOString().slice(0, 10);
  const task = bookingTasks.find((one) => one.name === "booking.erase_time_views")!;
  services.clock.advance(7 * 24 * 3_600_000);
  await task.run(systemContext(services, task.name));
  expect((await figures(on)).views).toBe(1);
  services.clock.advance(24 * 3_600_000);
  await task.run(systemContext(services, task.name));
  expect((await figures(on)).views).toBe(0);
});
