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
import { aStaffId } from "../../visits/visits.fixtures.ts";

let services: TestServices;
let day = "2026-12-03" as LocalDate;
let person = 0;
beforeAll(async () => {
  services = await openTestServices();
  me = await aStaffId(services);
});
afterAll(() => services.close());
/** Each test has two days of its own after today, which is full. */
beforeEach(async () => {
  await services.adminQuery("delete from schedules.places where state in ('planned', 'open')");
  day = addDays(day, 40);
  services.clock.set(new Date(`${day}T18:00:00Z`));
});

let me: string;
const clerk = (role: StaffRole = "clerk") =>
  contextFor(services, {
    actor: { kind: "staff", staffId: me, officeId: FRESNO, role },
    channel: "console",
    purpose: "reception",
    requestId: "test",
    language: "es",
  });
/** Somebody was shown to be at the desk: by her code, or without a contact by a colleague. */
async function aPresence(contactId?: string): Promise<string> {
  const id = randomUUID();
  const second = contactId === undefined ? await aStaffId(services) : null;
  await services.adminQuery(
    `insert into people.presences (id, office_id, staff_id, shown, contact_id, second_id, shown_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7::timestamptz + interval '15 minutes')`,
    [id, FRESNO, me, second ? "second" : "code", contactId ?? null, second, services.clock.now()],
  );
  return id;
}
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
  const outcome = await bookDated(clerk(), {
    presence: await aPresence(contactId),
    applicants: [anApplicant(++person)],
    startsAt,
  });
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
    await bookDated(clerk(), { presence: await aPresence(), applicants, startsAt }),
    await bookDated(clerk(), { presence: await aPresence(), applicants, startsAt }),
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
    contacts.map(async (contactId) =>
      bookDated(clerk(), { presence: await aPresence(contactId), applicants: [anApplicant(++person)], startsAt }),
    ),
  );
  expect(codes(outcomes)).toEqual({ booked: 1, place_taken: 5 });
  expect(await poolsLeft()).toEqual([]);
  await expectConsistent(services.adminQuery);
});

test("a party that is refused for what it comes for leaves the reserve as it was", async () => {
  const startsAt = await aDay(4, "assisted");
  const [contactId] = await someContacts(services, 1);
  const applicants = [anApplicant(++person), anApplicant(person)];
  const outcome = await bookDated(clerk(), { presence: await aPresence(contactId), applicants, startsAt });
  expect(outcome).toMatchObject({ refusal: { code: "twice_in_party" } });
  expect(await poolsLeft()).toEqual(["assisted planned 3"]);
});

test("whoever books for nobody is offered nothing", async () => {
  const startsAt = await aDay(4, "assisted");
  expect(await listDatedTimes(clerk("door"), one)).toEqual([]);
  const [contactId] = await someContacts(services, 1);
  const outcome = await bookDated(clerk("door"), {
    presence: await aPresence(contactId),
    applicants: [anApplicant(++person)],
    startsAt,
  });
  expect(outcome).toMatchObject({ refusal: { code: "not_allowed" } });
});

test("a desk alone books nobody a date: what was shown serves once, in time, and whoever it was shown to", async () => {
  const startsAt = await aDay(4, "assisted");
  const [contactId] = await someContacts(services, 1);
  const book = (presence: string, ctx = clerk()) =>
    bookDated(ctx, { presence, applicants: [anApplicant(++person)], startsAt });
  const needed = { refusal: { code: "presence_needed" } };
  expect(await book(randomUUID())).toMatchObject(needed);

  const shown = await aPresence(contactId);
  const colleague = clerk();
  const other = { ...colleague, actor: { ...colleague.actor, staffId: await aStaffId(services) } } as typeof colleague;
  expect(await book(shown, other)).toMatchObject(needed);
  services.clock.advance(15 * 60_000);
  expect(await book(shown)).toMatchObject(needed);

  const again = await aPresence(contactId);
  // An hour that is gone uses nothing up: she still stands there.
  const gone = await bookDated(clerk(), { presence: again, applicants: [anApplicant(person)], startsAt: new Date(0) });
  expect(gone).toMatchObject({ refusal: { code: "place_taken" } });
  const outcomes = await Promise.all([book(again), book(again), book(again)]);
  expect(codes(outcomes)).toEqual({ booked: 1, presence_needed: 2 });
});

/** Four desks write down one person in the same second, each with a contact and an hour of its own: no place is in the way. */
async function oneAtFourDesks(limits: object = {}) {
  const { sessionId, startsAt } = await aSession(services, { localDate: addDays(day, 4), steps: 4, counters: 1 });
  await services.adminQuery("update schedules.places set state = 'planned', pool = 'assisted' where session_id = $1", [
    sessionId,
  ]);
  const contacts = await someContacts(services, 4);
  const presences = await Promise.all(contacts.map((one) => aPresence(one)));
  const applicants = [anApplicant(++person)];
  const hour = (desk: number) => new Date(startsAt.getTime() + desk * 15 * 60_000);
  return Promise.all(
    presences.map((presence, desk) =>
      bookDated({ ...clerk(), ...limits }, { presence, applicants, startsAt: hour(desk) }),
    ),
  );
}

test("four desks in the same second give one person one date, and the others are told which; nothing stays kept", async () => {
  const outcomes = await oneAtFourDesks();
  expect(codes(outcomes)).toEqual({ booked: 1, already_booked: 3 });
  expect(await poolsLeft()).toEqual(["assisted planned 3"]);
  await expectConsistent(services.adminQuery);
});

test("four desks give four people the same hour at once, each at a counter of her own", async () => {
  const { sessionId, startsAt } = await aSession(services, { localDate: addDays(day, 4), steps: 1, counters: 4 });
  await services.adminQuery("update schedules.places set state = 'planned', pool = 'assisted' where session_id = $1", [
    sessionId,
  ]);
  const contacts = await someContacts(services, 4);
  const presences = await Promise.all(contacts.map((one) => aPresence(one)));
  const outcomes = await Promise.all(
    presences.map((presence) => bookDated(clerk(), { presence, applicants: [anApplicant(++person)], startsAt })),
  );
  expect(codes(outcomes)).toEqual({ booked: 4 });
  expect(await poolsLeft()).toEqual([]);
  await expectConsistent(services.adminQuery);
});

test("negative control: desks that keep no person to themselves give her several dates", async () => {
  const outcomes = await oneAtFourDesks({ unlimited: true });
  expect(outcomes.filter((one) => one.ok).length).toBeGreaterThan(1);
});
