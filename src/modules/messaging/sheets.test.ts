import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { DAY_MS, MINUTE_MS } from "#kernel/time.ts";
import { getSheet, recordPermission, undoPermission, type Parent } from "#modules/booking/index.ts";
import { contextFor } from "#platform/context.ts";
import { sweepReminders } from "./commands/sweep-reminders.ts";
import { fakeSender, NOW, openMessaging } from "./messaging.fixtures.ts";

const messaging = await openMessaging();
const { services, aBooking, enqueue, send, messages } = messaging;
afterAll(() => services.close());
beforeEach(() => messaging.reset());

const ABSENT: Parent = {
  part: "signs_elsewhere",
  sheetTo: { kind: "email", address: "padre.ausente@example.org" },
};
const PARENTS: readonly Parent[] = [{ part: "comes" }, ABSENT];
const clerk = () =>
  contextFor(services, {
    actor: { kind: "staff", staffId: randomUUID(), officeId: "fresno", role: "clerk" },
    channel: "console",
    purpose: "reception",
    requestId: "r",
    language: "es",
  });

describe("an absent parent's sheet", () => {
  it("goes to that parent's own address beside the family's message, and names no child, office, day or folio", async () => {
    const { event } = await aBooking({ parents: PARENTS });
    await enqueue(event("booking.confirmed"));
    const mail = fakeSender("email");
    expect(await send(mail)).toEqual({ sent: 2, failed: 0 });
    expect(mail.sent.map((one) => [one.kind, one.to]).sort()).toEqual([
      ["confirmed", "persona@example.org"],
      ["permission_sheet", "padre.ausente@example.org"],
    ]);
    const { text, html, subject } = mail.sent.find((one) => one.kind === "permission_sheet")!;
    expect(subject).toBe("Un permiso para firmar");
    // The visit is on 3 December 2026.
    expect(text).toContain("Firme desde el: 4 de septiembre de 2026");
    expect(text).toContain("oficina de pasaportes");
    expect(`${subject} ${text} ${html}`).not.toMatch(/Itzel|Canul|Fresno|diciembre|10:30|folio/i);
    const token = /http:\/\/localhost:8080\/h\/(\S+)/.exec(text)![1]!;
    expect(await getSheet(messaging.context(), token, "2026-12-01" as LocalDate)).toMatchObject({ initials: "I. C." });
  });

  it("goes by SMS too, once for a day however often it is announced, and anew when the day changes", async () => {
    const sms: Parent = { ...ABSENT, sheetTo: { kind: "sms", address: "+15592341877" } };
    const { event, bookingId } = await aBooking({ parents: [sms] });
    for (const name of ["booking.confirmed", "booking.confirmed", "booking.moved"]) await enqueue(event(name));
    const phone = fakeSender("sms");
    await send(phone, fakeSender("email"));
    expect(phone.sent.map((one) => one.to)).toEqual(["+15592341877"]);
    await services.adminQuery("update booking.bookings set local_date = '2026-12-10' where id = $1", [bookingId]);
    const moved = event("booking.moved");
    await enqueue({ ...moved, detail: { ...moved.detail, localDate: "2026-12-10" } });
    await send(phone, fakeSender("email"));
    expect(phone.sent.length).toBe(2);
    expect(phone.sent[1]!.text).toContain("11 de septiembre de 2026");
  });

  it("stops after three, however often the booking moves", async () => {
    const { event, bookingId } = await aBooking({ parents: PARENTS });
    const mail = fakeSender("email");
    for (const localDate of ["2026-12-03", "2026-12-10", "2026-12-11", "2026-12-12"]) {
      await services.adminQuery("update booking.bookings set local_date = $2 where id = $1", [bookingId, localDate]);
      const moved = event("booking.moved");
      await enqueue({ ...moved, detail: { ...moved.detail, localDate } });
      await send(mail);
    }
    expect(mail.sent.filter((one) => one.kind === "permission_sheet").length).toBe(3);
    expect((await messages()).flatMap((one) => one.error_code ?? [])).toEqual(["enough"]);
  });

  it("waits for the morning, and is not sent when the permission came, the day changed or the booking ended meanwhile", async () => {
    services.clock.set(new Date("2026-12-02T06:00:00Z"));
    const [came, changed, ended] = [
      await aBooking({ parents: PARENTS }),
      await aBooking({ parents: PARENTS }),
      await aBooking({ parents: PARENTS }),
    ];
    for (const one of [came, changed, ended]) await enqueue(one.event("booking.confirmed"));
    const mail = fakeSender("email");
    expect(await send(mail)).toEqual({ sent: 3, failed: 0 });
    const waiting = (await messages()).filter((one) => one.kind === "permission_sheet");
    expect(waiting.map((one) => [one.state, one.attempts, one.next_at.toISOString()])).toEqual(
      Array(3).fill(["queued", 0, "2026-12-02T17:00:00.000Z"]),
    );
    services.clock.set(new Date("2026-12-02T17:00:00Z"));
    const signedOn = "2026-12-01" as LocalDate;
    await recordPermission(clerk(), { bookingId: came.bookingId, ordinal: 1, parent: 2, signedOn });
    await services.adminQuery("update booking.bookings set local_date = '2026-12-10' where id = $1", [
      changed.bookingId,
    ]);
    await services.adminQuery("update booking.bookings set state = 'cancelled' where id = $1", [ended.bookingId]);
    expect(await send(mail)).toEqual({ sent: 0, failed: 0 });
    const dropped = (await messages()).filter((one) => one.kind === "permission_sheet");
    expect(dropped.map((one) => [one.state, one.error_code])).toEqual(Array(3).fill(["dropped", "outdated"]));
  });

  it("is nobody's when the family hands it over itself", async () => {
    const { event } = await aBooking({ parents: [{ part: "signs_elsewhere" }] });
    await enqueue(event("booking.confirmed"));
    expect((await messages()).map((one) => one.kind)).toEqual(["confirmed"]);
  });

  it("leaves no address in the table of messages", async () => {
    await enqueue((await aBooking({ parents: PARENTS })).event("booking.confirmed"));
    const [{ text }] = (await services.adminQuery<{ text: string }>(
      "select string_agg(to_jsonb(m)::text, ' ') as text from messaging.messages m",
    )) as [{ text: string }];
    expect(text).toContain("permission_sheet");
    expect(text).not.toMatch(/ausente|@|Itzel/);
  });
});

describe("the warning five days ahead", () => {
  const inDays = (days: number) => new Date(NOW.getTime() + days * DAY_MS + 30 * MINUTE_MS);
  const sweep = () => sweepReminders(messaging.context());

  it("is written once, for families whose permission has not come", async () => {
    await aBooking({ startsAt: inDays(5), parents: PARENTS });
    const came = await aBooking({ startsAt: inDays(5), parents: PARENTS });
    const signedOn = "2026-12-01" as LocalDate;
    const which = { bookingId: came.bookingId, ordinal: 1, parent: 2 };
    expect(await recordPermission(clerk(), { ...which, signedOn })).toMatchObject({ ok: true });
    await aBooking({ startsAt: inDays(5) });
    await aBooking({ startsAt: inDays(4), parents: PARENTS });
    const cancelled = await aBooking({ startsAt: inDays(5), parents: PARENTS });
    await services.adminQuery("update booking.bookings set state = 'cancelled' where id = $1", [cancelled.bookingId]);
    expect(await sweep()).toEqual({ queued: 1 });
    services.clock.advance(MINUTE_MS);
    expect(await sweep()).toEqual({ queued: 0 });
    const mail = fakeSender("email");
    await send(mail);
    expect(mail.sent.map((one) => [one.kind, one.to, one.text.split("\n")[0]])).toEqual([
      ["permission_5", "persona@example.org", "Falta un papel firmado para su cita."],
    ]);
  });

  it("is not sent when the permission came between the sweep and the sending, and is when it was a mistake", async () => {
    const booking = await aBooking({ startsAt: inDays(5), parents: PARENTS });
    await sweep();
    const which = { bookingId: booking.bookingId, ordinal: 1, parent: 2 };
    await recordPermission(clerk(), { ...which, signedOn: "2026-12-01" as LocalDate });
    const mail = fakeSender("email");
    await send(mail);
    expect([mail.sent, (await messages()).map((one) => one.error_code)]).toEqual([[], ["outdated"]]);
    const other = await aBooking({ startsAt: inDays(5), parents: PARENTS });
    await services.adminQuery("truncate messaging.messages, messaging.reminder_days");
    await recordPermission(clerk(), { ...which, bookingId: other.bookingId, signedOn: "2026-12-01" as LocalDate });
    await undoPermission(clerk(), { ...which, bookingId: other.bookingId });
    expect(await sweep()).toEqual({ queued: 1 });
  });
});
