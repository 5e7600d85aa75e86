import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { BookingId } from "#kernel/ids.ts";
import { DAY_MS, localDateAt, MINUTE_MS } from "#kernel/time.ts";
import { forgetMessages } from "./commands/forget.ts";
import { linkToken, readLinkToken } from "./commands/link-token.ts";
import { sweepReminders } from "./commands/sweep-reminders.ts";
import { fakeSender, NOW, openMessaging, ZONE } from "./messaging.fixtures.ts";

const messaging = await openMessaging();
const { services, aBooking, enqueue, send, messages } = messaging;
afterAll(() => services.close());
beforeEach(() => messaging.reset());

describe("reminders", () => {
  const visitIn = (days: number) => new Date(NOW.getTime() + days * DAY_MS + 30 * MINUTE_MS);

  it("are written once, seven days and one day before", async () => {
    await aBooking({ startsAt: visitIn(7) });
    await aBooking({ startsAt: visitIn(1) });
    await aBooking({ startsAt: visitIn(3) });
    expect(await sweepReminders(messaging.context())).toEqual({ queued: 2 });
    services.clock.advance(MINUTE_MS);
    expect(await sweepReminders(messaging.context())).toEqual({ queued: 0 });
    const mail = fakeSender("email");
    await send(mail);
    expect(mail.sent.map((one) => [one.kind, one.text.split("\n")[0]]).sort()).toEqual([
      ["reminder_1", "Le recordamos su cita: es mañana."],
      ["reminder_7", "Le recordamos su cita: faltan 7 días."],
    ]);
    expect(mail.sent[0]!.text).toContain("No tiene que contestar: su cita sigue en pie.");
    const [{ states }] = (await services.adminQuery<{ states: string[] }>(
      "select array_agg(distinct state) as states from booking.bookings",
    )) as [{ states: string[] }];
    expect(states).toEqual(["active"]);
  });

  it("leave alone whoever cancelled, and whoever booked just now", async () => {
    const { bookingId } = await aBooking({ startsAt: visitIn(1) });
    await services.adminQuery("update booking.bookings set state = 'cancelled' where id = $1", [bookingId]);
    await aBooking({ startsAt: visitIn(1), changedAt: new Date(NOW.getTime() - 60 * MINUTE_MS) });
    expect(await sweepReminders(messaging.context())).toEqual({ queued: 0 });
  });

  it("wait for the morning when the night came first", async () => {
    await aBooking({ startsAt: visitIn(1) });
    await sweepReminders(messaging.context());
    services.clock.set(new Date("2026-12-02T06:00:00Z"));
    const mail = fakeSender("email");
    expect(await send(mail)).toEqual({ sent: 0, failed: 0 });
    expect(await messages()).toMatchObject([
      { state: "queued", attempts: 0, next_at: new Date("2026-12-02T17:00:00Z") },
    ]);
    services.clock.set(new Date("2026-12-02T17:00:00Z"));
    await send(mail);
    expect(mail.sent[0]!.text).toContain("Le recordamos su cita: es hoy.");
  });

  it("of a day from which the booking moved away are dropped, and the new day has its own", async () => {
    const { bookingId } = await aBooking({ startsAt: visitIn(1) });
    await sweepReminders(messaging.context());
    const later = visitIn(7);
    await services.adminQuery("update booking.bookings set starts_at = $2, local_date = $3 where id = $1", [
      bookingId,
      later,
      localDateAt(later, ZONE),
    ]);
    const mail = fakeSender("email");
    await send(mail);
    expect(mail.sent).toEqual([]);
    services.clock.set(new Date(NOW.getTime() + 6 * DAY_MS));
    await sweepReminders(messaging.context());
    await send(mail);
    expect(mail.sent.map((one) => one.kind)).toEqual(["reminder_1"]);
  });
});

describe("the rest", () => {
  it("reads no link that was not made here for that purpose", async () => {
    const id = randomUUID() as BookingId;
    const token = await linkToken(services, id);
    expect(token).toMatch(/^[\w-]{46}$/);
    expect(await readLinkToken(services, token)).toBe(id);
    const other = Buffer.from(randomUUID().replaceAll("-", ""), "hex").toString("base64url");
    const forSlip = token.slice(0, 22) + (await services.keyring.sign("slip", id));
    for (const wrong of [
      "",
      "x",
      token.slice(1),
      `${token}A`,
      other + token.slice(22),
      forSlip,
      token.slice(0, 45) + (token.endsWith("A") ? "B" : "A"),
    ]) {
      expect(await readLinkToken(services, wrong)).toBeUndefined();
    }
  });

  it("forgets what is long over and keeps what still waits", async () => {
    await enqueue((await aBooking()).event("booking.confirmed"));
    await send(fakeSender("email"));
    await enqueue((await aBooking()).event("booking.confirmed"));
    services.clock.advance(121 * DAY_MS);
    expect(await forgetMessages(messaging.context())).toEqual({ deleted: 1 });
    expect(await messages()).toMatchObject([{ state: "queued" }]);
  });

  it("keeps no word of a message in its tables", async () => {
    await enqueue((await aBooking({ fullMessage: true })).event("booking.confirmed"));
    const mail = fakeSender("email");
    mail.be("busy");
    await send(mail);
    const [row] = await services.adminQuery("select to_jsonb(m)::text as text from messaging.messages m");
    expect(JSON.stringify(row)).not.toMatch(/persona@|Itzel|Canul|pasaporte|Su cita/i);
  });
});
