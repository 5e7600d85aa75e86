import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { BookingId } from "#kernel/ids.ts";
import { correctName, getFile } from "#modules/booking/index.ts";
import { contextFor } from "#platform/context.ts";
import { FRESNO } from "#tests/support/fixtures.ts";
import { fakeSender, openMessaging, type Messaging } from "./messaging.fixtures.ts";

/** Ten in the morning at the office, three days before the visit. */
const ASKED_AT = new Date("2026-11-30T18:00:00Z");
const NEXT_MORNING = new Date("2026-12-01T17:00:00Z");
const DAY_OF_VISIT = new Date("2026-12-03T17:00:00Z");

let messaging: Messaging;
beforeAll(async () => {
  messaging = await openMessaging();
});
afterAll(() => messaging.services.close());
beforeEach(async () => {
  await messaging.reset();
  await messaging.services.adminQuery("delete from platform.outbox");
});

const clerk = () =>
  contextFor(messaging.services, {
    actor: { kind: "staff", staffId: randomUUID(), officeId: FRESNO, role: "clerk" },
    channel: "console",
    purpose: "reception",
    requestId: "test",
    language: "es",
  });
const open = (bookingId: BookingId) => getFile(clerk(), FRESNO, bookingId);
/** Hands on what booking announced, as the dispatcher does. */
async function deliver(): Promise<number> {
  const events = await messaging.services.adminQuery<{ id: string; subject_id: string; at: Date; detail: never }>(
    "select id, subject_id, created_at as at, detail from platform.outbox where name = 'booking.staff_acted' order by id",
  );
  for (const { id, subject_id: subjectId, at, detail } of events)
    await messaging.enqueue({ id, name: "booking.staff_acted", officeId: FRESNO, subjectId, at, detail });
  return events.length;
}

test("whoever's file staff open on another day than her visit's hears of it once, the next morning, without what", async () => {
  const email = fakeSender("email");
  messaging.services.clock.set(ASKED_AT);
  const { bookingId } = await messaging.aBooking();
  expect((await open(bookingId)).ok).toBe(true);
  await open(bookingId);
  expect(await deliver()).toBe(2);
  await messaging.send(email);
  expect(email.sent).toEqual([]);
  messaging.services.clock.set(NEXT_MORNING);
  await messaging.send(email);
  expect(email.sent).toHaveLength(1);
  const { text, subject } = email.sent[0]!;
  expect(text).toMatch(/\/c\/[\w-]{46}\n/);
  for (const told of ["Itzel", "Canul", "pasaporte", "diciembre", "ventanilla"])
    expect(`${text}${subject}`.toLowerCase()).not.toContain(told.toLowerCase());
});

test("a name that was put right is told whatever the day; a file opened on the day of the visit is what she came for", async () => {
  messaging.services.clock.set(DAY_OF_VISIT);
  const { bookingId } = await messaging.aBooking();
  await open(bookingId);
  expect(await deliver()).toBe(0);
  const names = { givenNames: "Itzél", firstSurname: "Canul", secondSurname: "" };
  expect((await correctName(clerk(), { bookingId, ordinal: 1, names })).ok).toBe(true);
  expect(await deliver()).toBe(1);
  expect((await messaging.messages()).map(({ kind }) => kind)).toEqual(["staff_acted"]);
});

test("of a delicate situation it is the notice that says nothing, and a paper card gets none", async () => {
  const email = fakeSender("email");
  messaging.services.clock.set(ASKED_AT);
  const delicate = await messaging.aBooking();
  await messaging.services.adminQuery("update booking.bookings set delicate = true where id = $1", [
    delicate.bookingId,
  ]);
  const card = await messaging.aBooking({ kind: "card" });
  await open(delicate.bookingId);
  await open(card.bookingId);
  await deliver();
  messaging.services.clock.set(NEXT_MORNING);
  await messaging.send(email);
  expect(email.sent.map(({ subject, text }) => [subject, text.includes("/c/")])).toEqual([["Tiene un aviso", false]]);
  expect((await messaging.messages()).map(({ error_code: code }) => code).sort()).toEqual(["card", null]);
});
