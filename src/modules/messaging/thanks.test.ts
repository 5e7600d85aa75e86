import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { getNetwork } from "#modules/offices/index.ts";
import { fakeSender, openMessaging, type Messaging } from "./messaging.fixtures.ts";
import { isOneSms } from "./rules/sms.ts";
import { renderThanks } from "./rules/thanks.ts";

/** 11 in the morning at the office, an hour after she came. */
const SERVED_AT = new Date("2026-12-03T19:00:00Z");
const AT_NINE_NEXT_DAY = new Date("2026-12-04T17:00:00Z");

let messaging: Messaging;
beforeAll(async () => {
  messaging = await openMessaging();
});
afterAll(() => messaging.services.close());
beforeEach(() => messaging.reset());

/** Somebody who was served, and whose thanks are queued. */
async function served(kind: string, address?: string) {
  const { bookingId, event } = await messaging.aBooking({ kind, ...(address === undefined ? {} : { address }) });
  await messaging.services.adminQuery("update booking.bookings set state = 'completed' where id = $1", [bookingId]);
  messaging.services.clock.set(SERVED_AT);
  await messaging.enqueue(event("visits.served"));
  return { bookingId, event };
}
const stateOf = async () => (await messaging.messages()).map(({ state, error_code: code }) => code ?? state);

test("whoever was served is thanked once, on the next morning, in words that tell nothing of the visit", async () => {
  const email = fakeSender("email");
  const { event } = await served("email");
  await messaging.send(email);
  expect([email.sent, await stateOf()]).toEqual([[], ["queued"]]);
  await messaging.enqueue(event("visits.served"));
  messaging.services.clock.set(AT_NINE_NEXT_DAY);
  await messaging.send(email);
  expect(email.sent).toHaveLength(1);
  const { text, html, subject } = email.sent[0]!;
  expect(subject).toBe("Gracias por su visita");
  expect(text).toMatch(/\/e\/[\w-]{46}\n/);
  for (const told of ["Itzel", "Canul", "pasaporte", "diciembre", "folio"])
    expect(`${text}${html}${subject}`.toLowerCase()).not.toContain(told.toLowerCase());
});

test("a telephone that is only called, a paper card and a visit of weeks ago are asked nothing", async () => {
  await served("voice", "+15595550100");
  await served("card");
  await served("email");
  messaging.services.clock.set(new Date("2026-12-20T17:00:00Z"));
  await messaging.send(fakeSender("email"), fakeSender("voice"));
  expect((await stateOf()).sort()).toEqual(["card", "no_link", "too_late"]);
});

test("a booking that stands again says nothing: the outcome was taken back", async () => {
  const { bookingId } = await served("email");
  await messaging.services.adminQuery("update booking.bookings set state = 'active' where id = $1", [bookingId]);
  messaging.services.clock.set(AT_NINE_NEXT_DAY);
  await messaging.send(fakeSender("email"));
  expect(await stateOf()).toEqual(["outdated"]);
});

test("thanks are one text message for every office, at an address of 34 characters", async () => {
  const { offices } = await getNetwork(messaging.services);
  const origin = "https://citas.example.org".padEnd(34, "x");
  const link = `${origin}/e/${"a".repeat(46)}`;
  const texts = offices.flatMap(({ shortName }) =>
    (["es", "en"] as const).map(
      (language) => renderThanks("sms", { language, city: shortName[language], link, origin }).text,
    ),
  );
  expect(texts.filter((text) => !isOneSms(text))).toEqual([]);
});
