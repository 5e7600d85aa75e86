import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import { fakeSender, openMessaging, type Messaging } from "./messaging.fixtures.ts";

/** 10:30 at the office. */
const STARTS_AT = new Date("2026-12-03T18:30:00Z");
const NEWS_AT = new Date("2026-12-03T20:00:00Z");

let messaging: Messaging;
beforeAll(async () => {
  messaging = await openMessaging();
});
afterAll(() => messaging.services.close());
beforeEach(async () => {
  await messaging.reset();
  await messaging.services.adminQuery("truncate visits.return_rights, visits.expected_hours");
  messaging.services.clock.set(new Date(STARTS_AT.getTime() - 2 * HOUR_MS));
});

const right = (bookingId: string, newsAt: Date | null, backAt: Date | null) =>
  messaging.services.adminQuery(
    `insert into visits.return_rights (office_id, booking_id, local_date, valid_until, given_at, told_news_at, told_back_at) values ('fresno', $1, '2026-12-03', '2026-12-24', now(), $2, $3)
     on conflict (office_id, booking_id) do update set told_news_at = excluded.told_news_at, told_back_at = excluded.told_back_at`,
    [bookingId, newsAt, backAt],
  );
const hour = (bookingId: string, expectedAt: Date) =>
  messaging.services.adminQuery(
    `insert into visits.expected_hours (office_id, booking_id, local_date, expected_at, told_for) values ('fresno', $1, '2026-12-03', $2, $2)
     on conflict (office_id, booking_id) do update set expected_at = excluded.expected_at`,
    [bookingId, expectedAt],
  );
/** What leaves now, by its first sentence, and why the rest did not. */
async function leaves(): Promise<string[]> {
  const email = fakeSender("email");
  await messaging.send(email);
  messaging.services.clock.advance(MINUTE_MS);
  return email.sent.map(({ text }) => text.split("\n")[0]!);
}
const dropped = async () => (await messaging.messages()).flatMap((one) => one.error_code ?? []);

test("whoever was told to stay at home is told that it may come, also after its own hour", async () => {
  const { bookingId, event } = await messaging.aBooking({ startsAt: STARTS_AT });
  await right(bookingId, NEWS_AT, null);
  await messaging.enqueue(event("visits.suspended"));
  expect(await leaves()).toEqual(["No salga de casa todavía: por ahora no podemos atenderle."]);
  messaging.services.clock.set(new Date(STARTS_AT.getTime() + 3 * HOUR_MS));
  await right(bookingId, null, messaging.services.clock.now());
  await messaging.enqueue(event("visits.resumed"));
  expect(await leaves()).toEqual(["Ya podemos atenderle: puede venir hoy."]);
  expect(await leaves()).toEqual([]);
});

test("nothing is put right that nobody was told: a slip of the hand within the minute sends no message", async () => {
  const { bookingId, event } = await messaging.aBooking({ startsAt: STARTS_AT });
  await right(bookingId, NEWS_AT, null);
  await messaging.enqueue(event("visits.suspended"));
  await right(bookingId, null, messaging.services.clock.now());
  expect(await leaves()).toEqual([]);
  await messaging.enqueue(event("visits.resumed"));
  expect([await leaves(), await dropped()]).toEqual([[], ["outdated", "outdated"]]);
});

test("of two new hours the last one is told, and the own hour again only to who was told another", async () => {
  const { bookingId, event } = await messaging.aBooking({ startsAt: STARTS_AT });
  await hour(bookingId, new Date(STARTS_AT.getTime() + HOUR_MS));
  await messaging.enqueue(event("visits.hour_changed"));
  await hour(bookingId, new Date(STARTS_AT.getTime() + 2 * HOUR_MS));
  await messaging.enqueue(event("visits.hour_changed"));
  expect(await leaves()).toEqual(["Hoy le atendemos a otra hora."]);
  await hour(bookingId, STARTS_AT);
  await messaging.enqueue(event("visits.hour_changed"));
  expect(await leaves()).toEqual(["Venga a su hora de antes: ya podemos atenderle entonces."]);

  const other = await messaging.aBooking({ startsAt: STARTS_AT });
  await hour(other.bookingId, STARTS_AT);
  await messaging.enqueue(other.event("visits.hour_changed"));
  expect(await leaves()).toEqual([]);
});

test("nobody is told what is not so: in the hall, on another day, or once the hour has come", async () => {
  const inside = await messaging.aBooking({ startsAt: STARTS_AT });
  await right(inside.bookingId, NEWS_AT, null);
  await messaging.services.adminQuery(
    "insert into visits.visits (office_id, id, booking_id, local_date, state, arrived_at) values ('fresno', gen_random_uuid(), $1, '2026-12-03', 'waiting', now())",
    [inside.bookingId],
  );
  await messaging.enqueue(inside.event("visits.suspended"));
  const tomorrow = await messaging.aBooking({ startsAt: new Date(STARTS_AT.getTime() + 24 * HOUR_MS) });
  await right(tomorrow.bookingId, NEWS_AT, null);
  await messaging.enqueue(tomorrow.event("visits.suspended"));
  const now = await messaging.aBooking({ startsAt: STARTS_AT });
  await hour(now.bookingId, messaging.services.clock.now());
  await messaging.enqueue(now.event("visits.hour_changed"));
  expect([await leaves(), (await dropped()).sort()]).toEqual([[], ["outdated", "outdated", "too_late"]]);
});
