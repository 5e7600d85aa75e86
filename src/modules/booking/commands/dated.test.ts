import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { expectConsistent } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, FRESNO, someContacts } from "#tests/support/fixtures.ts";
import { addDays } from "#kernel/time.ts";
import type { LocalDate, ServiceSlug } from "#kernel/ids.ts";
import { contextFor, type StaffRole } from "#platform/context.ts";
import { codes } from "../booking.fixtures.ts";
import { bookDated, listDatedTimes } from "./dated.ts";

let services: TestServices;
let day = "2026-12-03" as LocalDate;
let person = 0;
beforeAll(async () => void (services = await openTestServices()));
afterAll(() => services.close());
/** Each test has two days of its own after today, which is full. */
beforeEach(async () => {
  await services.adminQuery("delete from schedules.places where state in ('planned', 'open')");
  day = addDays(day, 40);
  services.clock.set(new Date(`${day}T18:00:00Z`));
});

const clerk = (role: StaffRole = "clerk") =>
  contextFor(services, {
    actor: { kind: "staff", staffId: randomUUID(), officeId: FRESNO, role },
    channel: "console",
    purpose: "reception",
    requestId: "test",
    language: "es",
  });
/** A day so many days ahead with places of one pool, three steps at one counter. */
async function aDay(ahead: number, pool: string): Promise<Date> {
  const { sessionId, startsAt } = await aSession(services, {
    localDate: addDays(day, ahead),
    steps: 3,
    counters: 1,
  });
  if (pool !== "open")
    await services.adminQuery("update schedules.places set state = 'planned', pool = $2 where session_id = $1", [
      sessionId,
      pool,
    ]);
  return startsAt;
}
const one = [{ services: ["matricula-consular" as ServiceSlug] }];
const poolsLeft = async () =>
  (
    await services.adminQuery<{ pool: string; state: string; count: number }>(
      "select pool, state, count(*)::int from schedules.places where state in ('planned', 'held', 'open') group by 1, 2 order by 1, 2",
    )
  ).map((row) => `${row.pool} ${row.state} ${row.count}`);

test("whoever cannot be served today is offered the office's own reserve of the next days, and leaves with a booking", async () => {
  await aDay(0, "open");
  await aDay(2, "urgent");
  const startsAt = await aDay(5, "assisted");
  expect(await listDatedTimes(clerk(), one)).toEqual([{ localDate: addDays(day, 5), startsAt }]);
  const [contactId] = await someContacts(services, 1);
  const outcome = await bookDated(clerk(), { contactId: contactId!, applicants: [anApplicant(++person)], startsAt });
  expect(outcome.ok).toBe(true);
  expect(
    await services.adminQuery("select state, starts_at from booking.bookings where contact_id = $1", [contactId]),
  ).toEqual([{ state: "active", starts_at: startsAt }]);
  await expectConsistent(services.adminQuery);
});

test("a date that is sent twice is booked once, and the desk is told which it is", async () => {
  const startsAt = await aDay(5, "assisted");
  const applicants = [anApplicant(++person)];
  const [first, again] = [
    await bookDated(clerk(), { applicants, startsAt }),
    await bookDated(clerk(), { applicants, startsAt }),
  ];
  expect(first.ok && first.value.bookingId).toBeTruthy();
  expect(again).toMatchObject({
    refusal: { code: "already_booked", bookingId: first.ok && first.value.bookingId, ordinal: 1 },
  });
  expect(await poolsLeft()).toEqual(["assisted planned 2"]);
});

test("without a reserve it is a place for urgent cases, and never one that was promised to a draw", async () => {
  await aDay(2, "draw");
  expect(await listDatedTimes(clerk(), one)).toEqual([]);
  const startsAt = await aDay(3, "urgent");
  expect(await listDatedTimes(clerk(), one)).toEqual([{ localDate: addDays(day, 3), startsAt }]);
});

test("two desks that give the last place at once give it once, and nothing stays kept for who was refused", async () => {
  const startsAt = await aDay(4, "assisted");
  await services.adminQuery("delete from schedules.places where starts_at > $1 and pool = 'assisted'", [startsAt]);
  const contacts = await someContacts(services, 6);
  const outcomes = await Promise.all(
    contacts.map((contactId) => bookDated(clerk(), { contactId, applicants: [anApplicant(++person)], startsAt })),
  );
  expect(codes(outcomes)).toEqual({ booked: 1, place_taken: 5 });
  expect(await poolsLeft()).toEqual([]);
  await expectConsistent(services.adminQuery);
});

test("a party that is refused for what it comes for leaves the reserve as it was", async () => {
  const startsAt = await aDay(4, "assisted");
  const [contactId] = await someContacts(services, 1);
  const applicants = [anApplicant(++person), anApplicant(person)];
  const outcome = await bookDated(clerk(), { contactId: contactId!, applicants, startsAt });
  expect(outcome).toMatchObject({ refusal: { code: "twice_in_party" } });
  expect(await poolsLeft()).toEqual(["assisted planned 3"]);
});

test("whoever books for nobody is offered nothing", async () => {
  const startsAt = await aDay(4, "assisted");
  expect(await listDatedTimes(clerk("door"), one)).toEqual([]);
  const [contactId] = await someContacts(services, 1);
  const outcome = await bookDated(clerk("door"), {
    contactId: contactId!,
    applicants: [anApplicant(++person)],
    startsAt,
  });
  expect(outcome).toMatchObject({ refusal: { code: "not_allowed" } });
});
