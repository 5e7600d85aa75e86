import { afterEach, beforeEach, expect, test } from "vitest";
import { randomUUID } from "node:crypto";
import { anApplicant, aSession, citizen, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { contextFor, systemContext } from "#platform/context.ts";
import { LIMITS } from "#platform/limits/index.ts";
import { bookingTasks, countTimeViews, hold, viewTimes } from "./index.ts";

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
  expect(offers.every((times) => times.ok && times.value.length > 0)).toBe(true);
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

test("whoever watches exact hours without end is told when to look again", async () => {
  const [contactId] = await someContacts(services, 1);
  const look = () => viewTimes(citizen(services, contactId!), contactId!, wanted);
  for (let i = 0; i < LIMITS.times.burst; i++) await look();
  expect(await look()).toEqual({ ok: false, refusal: { code: "too_often", retryAfter: LIMITS.times.everySeconds } });
});

test("a contact that holds without end waits, and a desk that does so for families never does", async () => {
  const { wanted: hour } = await aSession(services, { opens: "12:00", steps: 2, counters: 2 });
  const { burst } = LIMITS.reserve;
  const [contactId] = await someContacts(services, 1);
  const again = (ctx: ReturnType<typeof citizen>) =>
    hold(ctx, { contactId: contactId!, wanted: hour, applicants: [anApplicant(1)] });
  const codes: (string | undefined)[] = [];
  for (let i = 0; i <= burst; i++) {
    const told = await again(citizen(services, contactId!));
    codes.push(told.ok ? undefined : told.refusal.code);
  }
  expect(codes).toEqual([...Array.from({ length: burst }, () => undefined), "too_often"]);
  const desk = contextFor(services, {
    actor: { kind: "staff", staffId: randomUUID(), officeId: hour.officeId, role: "clerk" },
    channel: "counter",
    purpose: "reception",
    requestId: "test",
    language: "es",
  });
  expect((await again(desk)).ok).toBe(true);
});
