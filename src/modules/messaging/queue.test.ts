import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { DAY_MS, MINUTE_MS } from "#kernel/time.ts";
import { codeDigits, openSession, requestCode } from "#modules/people/index.ts";
import { systemContext } from "#platform/context.ts";
import type { TestServices } from "#tests/support/database.ts";
import { readLinkToken } from "./commands/link-token.ts";
import { sendDueMessages } from "./commands/send-due.ts";
import { fakeSender, FOLIO, openMessaging } from "./messaging.fixtures.ts";
import type { Happening, RenderedMessage } from "./types.ts";

const messaging = await openMessaging();
const { services, aBooking, enqueue, send, messages } = messaging;
afterAll(() => services.close());
beforeEach(() => messaging.reset());

describe("a message", () => {
  it("says day, hour, city and the end of the folio, with a link that we know again", async () => {
    const { event, bookingId } = await aBooking();
    await enqueue(event("booking.confirmed"));
    const mail = fakeSender("email");
    expect(await send(mail)).toEqual({ sent: 1, failed: 0 });
    const [message] = mail.sent;
    expect(message).toMatchObject({
      to: "persona@example.org",
      subject: "Su cita del 3 de diciembre",
      kind: "confirmed",
      language: "es",
      headers: { "Auto-Submitted": "auto-generated" },
    });
    expect(message!.text).toContain("Hora: 10:30 a.m. PST");
    expect(message!.text).toContain("Ciudad: Fresno");
    expect(message!.text).toContain(FOLIO.slice(-4));
    expect(message!.text).not.toMatch(/Itzel|Canul|[Pp]asaporte/);
    const token = /http:\/\/localhost:8080\/c\/(\S+)/.exec(message!.text)![1]!;
    expect(await readLinkToken(services, token)).toBe(bookingId);
    expect(await messages()).toMatchObject([{ state: "sent", attempts: 1, error_code: null }]);
  });

  it("names people and papers when the person asked for that", async () => {
    const { event } = await aBooking({ fullMessage: true });
    await enqueue(event("booking.confirmed"));
    const mail = fakeSender("email");
    await send(mail);
    expect(mail.sent[0]!.text).toMatch(/Itzel Canul: Pasaporte/i);
  });

  it("is queued once however often its event is delivered", async () => {
    const { event } = await aBooking();
    const confirmed = event("booking.confirmed");
    const moved = event("booking.moved");
    for (const one of [confirmed, confirmed, { ...confirmed, id: "999999" }, moved, moved, event("booking.moved")])
      await enqueue(one);
    expect((await messages()).map((one) => one.kind)).toEqual(["confirmed", "moved", "moved"]);
  });

  it("goes to nobody who has a paper card, or whose address is erased", async () => {
    const card = await aBooking({ kind: "card" });
    const erased = await aBooking();
    await services.adminQuery("update people.contacts set sealed = null where id = $1", [erased.contactId]);
    await enqueue(card.event("booking.confirmed"));
    await enqueue(erased.event("booking.confirmed"));
    expect(await send(fakeSender("email"), fakeSender("sms"))).toEqual({ sent: 0, failed: 0 });
    expect((await messages()).map((one) => [one.state, one.error_code]).sort()).toEqual([
      ["dropped", "card"],
      ["dropped", "no_address"],
    ]);
  });

  it("is dropped when what it would say is no longer so", async () => {
    const { event, bookingId } = await aBooking();
    await enqueue(event("booking.confirmed"));
    await services.adminQuery("update booking.bookings set state = 'cancelled' where id = $1", [bookingId]);
    await enqueue(event("booking.cancelled"));
    const mail = fakeSender("email");
    await send(mail);
    expect(mail.sent.map((one) => one.kind)).toEqual(["cancelled"]);
    expect((await messages()).find((one) => one.kind === "confirmed")).toMatchObject({
      state: "dropped",
      error_code: "outdated",
    });
  });

  it("of a place that the office closed tells not to come, in place of the reminder too, to come once it is there again, and nothing once there is another", async () => {
    const { event, bookingId } = await aBooking();
    const sessionId = randomUUID();
    await services.adminQuery(
      `with session as (
         insert into schedules.sessions (office_id, id, service_group, kind, local_date, starts_at, ends_at, counters, step_minutes)
         values ('fresno', $2, 'documentacion', 'regular', '2026-12-03', '2026-12-03T18:30Z', '2026-12-03T19:00Z', 1, 30) returning id),
       cut as (
         insert into schedules.cuts (id, office_id, local_date, reason, places, made_at)
         values (gen_random_uuid(), 'fresno', '2026-12-03', 'storm', 1, now()) returning id)
       insert into schedules.places (office_id, session_id, starts_at, counter, band, state, holder, cut_id)
       select 'fresno', session.id, '2026-12-03T18:30Z', 1, 'morning', 'booked', $1, cut.id from session, cut`,
      [bookingId, sessionId],
    );
    await enqueue(event("booking.displaced"));
    const mail = fakeSender("email");
    await send(mail);
    expect(mail.sent[0]).toMatchObject({ kind: "displaced", subject: "Su cita del 3 de diciembre" });
    expect(mail.sent[0]!.text).toContain("No venga a esta hora: no podremos atenderle. Su cita no se pierde.");
    await enqueue(event("booking.confirmed"));
    await send(mail);
    expect(mail.sent.map((one) => one.kind)).toEqual(["displaced", "displaced"]);
    // Given back and cut again meanwhile: the cut's own message says what is so.
    await enqueue(event("booking.restored"));
    expect(await send(mail)).toEqual({ sent: 0, failed: 0 });
    await services.adminQuery("update schedules.places set state = 'withdrawn', holder = null where session_id = $1", [
      sessionId,
    ]);
    await enqueue(event("booking.displaced"));
    expect(await send(mail)).toEqual({ sent: 0, failed: 0 });
    // Each time that her own hour is there again she is told.
    await enqueue(event("booking.restored"));
    await enqueue(event("booking.restored"));
    expect(await send(mail)).toEqual({ sent: 2, failed: 0 });
    expect(mail.sent.slice(2).map((one) => one.text.split("\n")[0])).toEqual([
      "Venga a su hora de antes: ya podemos atenderle.",
      "Venga a su hora de antes: ya podemos atenderle.",
    ]);
  });

  it("of a lapse waits for the next morning, gives no reason, and names nobody", async () => {
    const { event, bookingId } = await aBooking({ fullMessage: true });
    await services.adminQuery("update booking.bookings set state = 'lapsed' where id = $1", [bookingId]);
    // 10:00 in Fresno, two days before the visit; a minute ago somebody was served.
    await enqueue(event("booking.lapsed"));
    const mail = fakeSender("email");
    for (const now of ["2026-12-01T18:01:00Z", "2026-12-02T03:30:00Z", "2026-12-02T16:59:00Z"]) {
      services.clock.set(new Date(now));
      expect(await send(mail)).toEqual({ sent: 0, failed: 0 });
    }
    services.clock.set(new Date("2026-12-02T17:00:00Z"));
    expect(await send(mail)).toEqual({ sent: 1, failed: 0 });
    expect(mail.sent[0]).toMatchObject({ kind: "lapsed", subject: "Su cita del 3 de diciembre" });
    expect(mail.sent[0]!.text).toContain("Su cita ya no está vigente.");
    expect(mail.sent[0]!.text).not.toMatch(/Itzel|Canul|[Pp]asaporte/);
  });

  it("of a lapse of a part tells that the appointment changed, and nothing once it was cancelled", async () => {
    const part = await aBooking();
    const gone = await aBooking();
    await services.adminQuery("update booking.bookings set state = 'cancelled' where id = $1", [gone.bookingId]);
    await enqueue(part.event("booking.lapsed"));
    await enqueue(gone.event("booking.lapsed"));
    services.clock.set(new Date("2026-12-02T17:00:00Z"));
    const mail = fakeSender("email");
    await send(mail);
    expect(mail.sent.map((one) => one.text.split("\n")[0])).toEqual(["Su cita cambió. Estos son los datos nuevos."]);
  });

  it("goes by the channel of the contact", async () => {
    const [sms, call] = [
      await aBooking({ kind: "sms", address: "+12135550100" }),
      await aBooking({ kind: "voice", address: "+12135550101" }),
    ];
    await enqueue(sms.event("booking.confirmed"));
    await enqueue(call.event("booking.confirmed"));
    const [text, voice] = [fakeSender("sms"), fakeSender("voice")];
    await send(text, voice);
    expect(text.sent.map((one) => one.to)).toEqual(["+12135550100"]);
    expect(voice.sent.map((one) => one.to)).toEqual(["+12135550101"]);
    expect(voice.sent[0]!.text).toContain("a las 10:30 de la mañana");
  });
});

describe("a code", () => {
  let attempt = 0;

  async function requested(): Promise<{ codeId: string; event: Happening }> {
    const { session } = await openSession(messaging.context(), { channel: "web", language: "es" });
    const outcome = await requestCode(messaging.context(), {
      sessionId: session.id,
      kind: "sms",
      address: `+1213555${String(1000 + ++attempt).slice(-4)}`,
      language: "es",
    });
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    const [row] = await services.adminQuery<Happening & { subject_id: string }>(
      "select id::text, name, subject_id, detail from platform.outbox where subject_id = $1",
      [outcome.value.codeId],
    );
    return {
      codeId: outcome.value.codeId,
      event: {
        id: row!.id,
        name: row!.name,
        subjectId: row!.subject_id,
        at: services.clock.now(),
        detail: row!.detail!,
      },
    };
  }

  it("goes out with its digits, before anything else", async () => {
    for (let i = 0; i < 10; i++)
      await enqueue((await aBooking({ kind: "sms", address: "+12135550100" })).event("booking.confirmed"));
    const { codeId, event } = await requested();
    await enqueue(event);
    const sms = fakeSender("sms");
    await send(sms);
    expect(sms.sent.slice(0, 8).find((one) => one.kind === "code")!.text).toContain(
      `Su codigo es ${await codeDigits(services, codeId)}. Vale 10 minutos.`,
    );
    expect(sms.sent).toHaveLength(11);
  });

  it("is not sent any more once it has expired", async () => {
    const { event } = await requested();
    await enqueue(event);
    services.clock.advance(11 * MINUTE_MS);
    const sms = fakeSender("sms");
    await send(sms);
    expect(sms.sent).toEqual([]);
    expect(await messages()).toMatchObject([{ state: "dropped", error_code: "expired" }]);
  });
});

describe("a bad day", () => {
  it("waits longer after each failure and gives up at last", async () => {
    await enqueue((await aBooking({ startsAt: new Date("2026-12-30T18:30:00Z") })).event("booking.confirmed"));
    const mail = fakeSender("email");
    mail.be("busy");
    const waits: number[] = [];
    for (let i = 0; i < 50; i++) {
      const [row] = await messages();
      if (row!.state !== "queued") break;
      waits.push(row!.next_at.getTime() - services.clock.now().getTime());
      services.clock.set(row!.next_at);
      await send(mail);
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(await messages()).toMatchObject([{ state: "failed", error_code: "fake_busy", attempts: waits.length }]);
  });

  it("gives up at once on an address that is refused", async () => {
    await enqueue((await aBooking()).event("booking.confirmed"));
    const mail = fakeSender("email");
    mail.be("refuses_address");
    expect(await send(mail)).toEqual({ sent: 0, failed: 1 });
    expect(await messages()).toMatchObject([{ state: "failed", error_code: "fake_refused", attempts: 1 }]);
  });

  it("of one message is not the bad day of the others", async () => {
    for (const address of ["a@example.org", "b@example.org", "c@example.org"])
      await enqueue((await aBooking({ address })).event("booking.confirmed"));
    const mail = fakeSender("email", async ({ to }) => {
      if (to.startsWith("b")) throw new Error("a sender must not do this");
    });
    expect(await send(mail)).toEqual({ sent: 2, failed: 0 });
    expect((await messages()).filter((one) => one.state === "queued")).toMatchObject([
      { error_code: "fault", attempts: 1 },
    ]);
  });
});

describe("a crash", () => {
  /** A node that gets nothing done any more from the moment `isDead` says so. */
  function mortal(isDead: () => boolean): TestServices {
    const transaction = ((...args) =>
      isDead()
        ? Promise.reject(new Error("the node died"))
        : services.database.transaction(...args)) as typeof services.database.transaction;
    return { ...services, database: { ...services.database, transaction } };
  }

  it("between claiming and sending loses nothing and sends nothing before the lease is over", async () => {
    await enqueue((await aBooking()).event("booking.confirmed"));
    const mail = fakeSender("email");
    let transactions = 0;
    const node = mortal(() => transactions++ > 0);
    await expect(sendDueMessages(systemContext(node, "messaging.test"), [mail.sender])).rejects.toThrow(
      "the node died",
    );
    expect(mail.sent).toEqual([]);
    expect(await messages()).toMatchObject([{ state: "queued", attempts: 1 }]);
    expect(await send(mail)).toEqual({ sent: 0, failed: 0 });
    services.clock.advance(MINUTE_MS);
    expect(await send(mail)).toEqual({ sent: 1, failed: 0 });
  });

  it("between sending and recording repeats that one message once, with the same id", async () => {
    await enqueue((await aBooking()).event("booking.confirmed"));
    const mail = fakeSender("email");
    const node = mortal(() => mail.sent.length > 0);
    await expect(sendDueMessages(systemContext(node, "messaging.test"), [mail.sender])).rejects.toThrow(
      "the node died",
    );
    expect(mail.sent).toHaveLength(1);
    expect(await send(mail)).toEqual({ sent: 0, failed: 0 });
    services.clock.advance(MINUTE_MS);
    expect(await send(mail)).toEqual({ sent: 1, failed: 0 });
    services.clock.advance(DAY_MS);
    expect(await send(mail)).toEqual({ sent: 0, failed: 0 });
    expect(mail.sent.map((one) => one.id)).toEqual([mail.sent[0]!.id, mail.sent[0]!.id]);
  });

  it("of nobody: two workers at once send each message once", async () => {
    for (let i = 0; i < 40; i++)
      await enqueue((await aBooking({ address: `p${i}@example.org` })).event("booking.confirmed"));
    const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
    const [one, two] = [fakeSender("email", pause), fakeSender("email", pause)];
    await Promise.all([send(one), send(two)]);
    const sent: RenderedMessage[] = [...one.sent, ...two.sent];
    expect(sent).toHaveLength(40);
    expect(new Set(sent.map((message) => message.to)).size).toBe(40);
    expect(Math.min(one.sent.length, two.sent.length)).toBeGreaterThan(0);
  });
});
