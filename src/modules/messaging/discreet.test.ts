import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { fakeSender, openMessaging, type Messaging } from "./messaging.fixtures.ts";

let messaging: Messaging;
beforeAll(async () => {
  messaging = await openMessaging();
});
afterAll(() => messaging.services.close());
beforeEach(() => messaging.reset());

/** What leaves when that happens to a booking, delicate or not. */
async function told(happened: string, delicate: boolean): Promise<string> {
  await messaging.reset();
  const { bookingId, event } = await messaging.aBooking({ fullMessage: true });
  await messaging.services.adminQuery("update booking.bookings set delicate = $2, state = $3 where id = $1", [
    bookingId,
    delicate,
    happened === "booking.cancelled" ? "cancelled" : "active",
  ]);
  await messaging.enqueue(event(happened));
  const email = fakeSender("email");
  await messaging.send(email);
  expect(email.sent).toHaveLength(1);
  const { subject, text, html } = email.sent[0]!;
  return `${subject} ${text} ${html}`;
}

test("whose situation is delicate is told that there is a notice, in the same words whatever happened", async () => {
  const confirmed = await told("booking.confirmed", true);
  expect(confirmed).toContain("Tiene un aviso");
  for (const secret of ["Itzel", "Canul", "diciembre", "cita ", "/c/", "Chicago"])
    expect(confirmed, secret).not.toContain(secret);
  expect(await told("booking.moved", true)).toBe(confirmed);
  expect(await told("booking.cancelled", true)).toBe(confirmed);
  // The others are told what they need.
  expect(await told("booking.confirmed", false)).toContain("diciembre");
});
