import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { fakeSender, openMessaging, type Messaging } from "./messaging.fixtures.ts";
import { renderReady } from "./rules/ready.ts";
import { isOneSms } from "./rules/sms.ts";

/** 11 in the morning at the office, on the day of the visit. */
const ON_THE_DAY = new Date("2026-12-03T19:00:00Z");
const AT_NINE_NEXT_DAY = new Date("2026-12-04T17:00:00Z");
/** Noon of a later day, on which papers come out of production. */
const LATER = new Date("2026-12-09T20:00:00Z");

let messaging: Messaging;
beforeAll(async () => {
  messaging = await openMessaging();
});
afterAll(() => messaging.services.close());
beforeEach(async () => {
  await messaging.reset();
  await messaging.services.adminQuery("truncate issuing.documents cascade");
});

const paper = async (bookingId: string, state: string) => {
  const id = randomUUID();
  await messaging.services.adminQuery(
    `insert into issuing.documents (office_id, id, booking_id, appointment_id, service, local_date, folio_tail, state, due_cents, changed_at)
     values ('fresno', $1, $2, gen_random_uuid(), 'pasaporte-adulto', '2026-12-03', 'ABCD', $3, 0, now())`,
    [id, bookingId, state],
  );
  return (next: string) =>
    messaging.services.adminQuery("update issuing.documents set state = $2 where id = $1", [id, next]);
};
async function leaves() {
  const email = fakeSender("email");
  await messaging.send(email);
  return email.sent;
}
const stateOf = async () => (await messaging.messages()).map(({ state, error_code: code }) => code ?? state);

test("what comes out of production on a later day is told once, for all that waits, and tells nothing of it", async () => {
  const { bookingId, event } = await messaging.aBooking();
  messaging.services.clock.set(LATER);
  await paper(bookingId, "ready");
  await messaging.enqueue(event("issuing.ready"));
  await paper(bookingId, "ready");
  await messaging.enqueue(event("issuing.ready"));
  expect(await leaves()).toEqual([]);
  messaging.services.clock.advance(3 * MINUTE_MS);
  const [told, ...more] = await leaves();
  expect(more).toEqual([]);
  expect(told!.text).toContain("Sus documentos están listos.");
  for (const secret of ["Itzel", "Canul", "pasaporte"])
    expect(`${told!.text}${told!.html}${told!.subject}`.toLowerCase()).not.toContain(secret.toLowerCase());
  expect((await stateOf()).sort()).toEqual(["outdated", "sent"]);
});

test("on the day of the visit nobody hears that she stands at the counter: who leaves without her paper is told next morning", async () => {
  const [fetched, left] = [await messaging.aBooking(), await messaging.aBooking({ address: "otra@example.org" })];
  messaging.services.clock.set(ON_THE_DAY);
  const mark = await paper(fetched.bookingId, "ready");
  await paper(left.bookingId, "ready");
  for (const { event } of [fetched, left]) await messaging.enqueue(event("issuing.ready"));
  messaging.services.clock.advance(10 * MINUTE_MS);
  expect(await leaves()).toEqual([]);
  await mark("delivered");
  messaging.services.clock.set(AT_NINE_NEXT_DAY);
  expect((await leaves()).map(({ to }) => to)).toEqual(["otra@example.org"]);
});

test("a slip that is taken back is told to nobody; a delicate booking is told only that there is a notice", async () => {
  const [slip, delicate] = [await messaging.aBooking(), await messaging.aBooking({ address: "otra@example.org" })];
  await messaging.services.adminQuery("update booking.bookings set delicate = true where id = $1", [
    delicate.bookingId,
  ]);
  messaging.services.clock.set(LATER);
  const mark = await paper(slip.bookingId, "ready");
  await paper(delicate.bookingId, "ready");
  for (const { event } of [slip, delicate]) await messaging.enqueue(event("issuing.ready"));
  await mark("in_production");
  messaging.services.clock.advance(3 * MINUTE_MS);
  const told = await leaves();
  expect(told.map(({ to }) => to)).toEqual(["otra@example.org"]);
  expect(told[0]!.text).toContain("Tiene un aviso.");
  expect(told[0]!.text).not.toMatch(/document|Fresno/);
});

test.each(["es", "en"] as const)("one SMS holds it everywhere, in %s", (language) => {
  const link = `https://citas.example.org/c/${"x".repeat(46)}`;
  for (const city of ["Fresno", "San Bernardino", "Nuevo Laredo y sus alrededores"]) {
    const { text } = renderReady("sms", { language, many: true, city, folioTail: "AB12", link, origin: "o" });
    expect(isOneSms(text)).toBe(true);
  }
});
