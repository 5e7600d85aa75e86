import { afterAll, beforeAll, expect, test } from "vitest";
import type { BookingId, ContactId } from "#kernel/ids.ts";
import { eraseOwnBooking, hideBooking } from "#modules/booking/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aSession, citizen } from "#tests/support/fixtures.ts";
import { openLine, type Line, type Phone } from "./conversations.fixtures.ts";

let services: TestServices;
let line: Line;
beforeAll(async () => {
  services = await openTestServices({ now: new Date("2026-11-23T18:00:00Z") });
  await aSession(services, { steps: 16, counters: 4 });
  line = await openLine(services);
});
afterAll(() => services.close());

const STEPS = ["Hola", "1", "Fresno", "1", "1", "Rosa, Inventada, Luna", "17/05/1990 Oaxaca mujer", "1", "1", "1", "1"];
const DAY = /3 de diciembre|Fresno/;

/** Somebody who booked by WhatsApp, and before whose eyes the appointment stands at this moment. */
async function inFront(): Promise<{ phone: Phone; bookingId: BookingId; contactId: ContactId }> {
  const phone = line.phone();
  for (const step of STEPS) await phone.say(step);
  const [booking] = await services.adminQuery<{ bookingId: BookingId; contactId: ContactId }>(
    'select id as "bookingId", contact_id as "contactId" from booking.bookings order by created_at desc, id desc limit 1',
  );
  services.clock.advance(1_000);
  await phone.say("menú");
  await phone.pick("own");
  expect((await phone.say("17/05/1990")).text).toMatch(DAY);
  return { phone, ...booking! };
}

test("a dialogue that stands before an appointment tells it no more once it was hidden or erased elsewhere; else it goes on: the control", async () => {
  const stays = await inFront();
  expect((await stays.phone.say("no entiendo")).text).toMatch(DAY);

  const hidden = await inFront();
  await hideBooking(citizen(services, hidden.contactId), hidden);
  const said = await hidden.phone.say("no entiendo");
  expect([said.text, ...said.choices.map((one) => one.title)].join(" ")).not.toMatch(DAY);
  // Nor by the birth date, nor by going back.
  await hidden.phone.say("atrás");
  expect(hidden.phone.last().text).not.toMatch(DAY);

  const erased = await inFront();
  expect((await eraseOwnBooking(citizen(services, erased.contactId), erased)).ok).toBe(true);
  expect((await erased.phone.say("no entiendo")).text).not.toMatch(DAY);
});
