import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { RequestId } from "#modules/allocation/index.ts";
import { aDrawWorld, ANY_MORNING, goOn, HOURS } from "#tests/support/draw-world.ts";
import { book, decline, requestPlaces, withdraw } from "#modules/booking/index.ts";
import { systemContext } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen } from "#tests/support/fixtures.ts";
import { enqueueForEvents } from "./commands/enqueue.ts";
import { readLinkToken, readRequestToken } from "./commands/link-token.ts";
import { sendDueMessages } from "./commands/send-due.ts";
import { aContact, fakeSender } from "./messaging.fixtures.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
  await aDrawWorld(services);
});
afterEach(() => services.close());

let people = 0;
async function aRequest(autoConfirm: boolean, person = ++people) {
  const address = `persona${++people}@example.org`;
  const contactId = await aContact(services, "email", address);
  const asked = { contactId, applicants: [anApplicant(person)], wish: ANY_MORNING, autoConfirm };
  const filed = await requestPlaces(citizen(services, contactId), asked);
  if (!filed.ok) throw new Error(filed.refusal.code);
  return { contactId, address, person, id: filed.value.requestId };
}

/** What was announced since, queued as the dispatcher would, and what then leaves, newest kind last. */
async function sent(): Promise<{ kind: string; to: string; text: string }[]> {
  const events = await services.adminQuery<{ id: string; name: string; subject: string; at: Date; detail: object }>(
    "select id::text, name, subject_id as subject, created_at as at, detail from platform.outbox where name like 'allocation.%' order by id",
  );
  await services.database.transaction("worker", {}, (tx) =>
    enqueueForEvents(
      tx,
      events.map(({ subject, ...event }) => ({ ...event, subjectId: subject, detail: event.detail as never })),
    ),
  );
  const mail = fakeSender("email");
  await sendDueMessages(systemContext(services, "test"), [mail.sender]);
  return mail.sent;
}
const stored = () =>
  services.adminQuery<{ kind: string; state: string; error_code: string | null }>(
    "select kind, state, error_code from messaging.messages order by kind",
  );

describe("whoever asked for a place", () => {
  test("is told once that the request came, with a link that is a request's and no booking's", async () => {
    const { id } = await aRequest(true);
    const [message, ...others] = await sent();
    expect(others).toEqual([]);
    expect(message!.text).toContain("Resultado: domingo 29 de noviembre de 2026, 6:30 p.m. PST");
    expect(message!.text).not.toMatch(/Ficticia|[Mm]atrícula/);
    const token = /\/s\/(\S+)/.exec(message!.text)![1]!;
    expect(await readRequestToken(services, token)).toBe(id);
    expect(await readLinkToken(services, token)).toBeUndefined();
    expect(await sent()).toEqual([]);
  });

  test("and was given one is asked, and told nothing more once she said no or withdrew", async () => {
    const [asked, gone] = [await aRequest(false), await aRequest(false)];
    await sent();
    await goOn(services, HOURS.lock);
    await goOn(services, HOURS.round);
    const state = async (id: RequestId) =>
      (await services.adminQuery<{ state: string }>("select state from allocation.requests where id = $1", [id]))[0];
    expect(await state(gone.id)).toEqual({ state: "offered" });
    await decline(citizen(services, gone.contactId), gone.id, gone.contactId);
    await withdraw(citizen(services, gone.contactId), gone.id, gone.contactId);
    const messages = await sent();
    expect(messages.map(({ kind }) => kind)).toEqual(["request_offered"]);
    expect(messages[0]!.text).toContain("Conteste antes del: miércoles 2 de diciembre de 2026, 6:00 p.m. PST");
    expect(await state(asked.id)).toEqual({ state: "offered" });
    expect(await stored()).toContainEqual({ kind: "request_offered", state: "dropped", error_code: "outdated" });
  });

  test("and wanted no question hears of the booking alone", async () => {
    await aRequest(true);
    await sent();
    await goOn(services, HOURS.lock);
    await goOn(services, HOURS.round);
    expect(await sent()).toEqual([]);
    expect(await stored()).toContainEqual({ kind: "request_offered", state: "dropped", error_code: "outdated" });
  });

  test("and got none is told when the next result comes, after each draw", async () => {
    // Nine ask for eight places.
    for (let i = 0; i < 9; i++) await aRequest(true);
    await sent();
    await goOn(services, HOURS.lock);
    await goOn(services, HOURS.round);
    const [message, ...others] = await sent();
    expect(others).toEqual([]);
    expect(message!.text).toContain("Esta vez no le tocó lugar.");
    expect(message!.text).toContain("Resultado siguiente: miércoles 2 de diciembre de 2026");
    await goOn(services, HOURS.answers);
    await goOn(services, new Date(HOURS.answers.getTime() + 6 * MINUTE_MS));
    await goOn(services, HOURS.secondRound);
    expect((await sent()).map(({ kind }) => kind)).toEqual(["request_waiting"]);
  });

  test("hears of the result once, whichever it is; where another leaf of the person is live, no word of that", async () => {
    // Two contacts for one person, and room for everybody.
    const same = [await aRequest(false, 901), await aRequest(false, 901)];
    const others = [await aRequest(false), await aRequest(false), await aRequest(false)];
    await sent();
    await goOn(services, HOURS.lock);
    await goOn(services, HOURS.round);
    const messages = await sent();
    expect(new Set(messages.map(({ to }) => to)).size).toBe(same.length + others.length);
    expect(messages.map(({ kind }) => kind).sort()).toEqual([
      "request_identity",
      ...Array.from({ length: 4 }, () => "request_offered"),
    ]);
    const [identity] = messages.filter(({ kind }) => kind === "request_identity");
    expect(identity!.text).toContain("Hay algo que ver en su solicitud.");
    expect(identity!.text).toContain("Resultado siguiente: miércoles 2 de diciembre de 2026");
    expect(identity!.text).not.toMatch(/otr[ao]s? (persona|contacto|solicitud)|le tocó|identificación|Ficticia/i);
    expect(await sent()).toEqual([]);
  });

  test("and cannot be booked on it, having an appointment meanwhile, is told that she stands, asked or not", async () => {
    const busy = [await aRequest(true), await aRequest(false)];
    await sent();
    const { wanted } = await aSession(services, { localDate: "2026-12-10" as LocalDate });
    for (const { contactId, person } of busy) {
      const booked = await book(citizen(services, contactId), { contactId, applicants: [anApplicant(person)], wanted });
      expect(booked).toMatchObject({ ok: true });
    }
    await goOn(services, HOURS.lock);
    await goOn(services, HOURS.round);
    expect((await sent()).map(({ kind, to }) => [kind, to]).sort()).toEqual([
      ["request_offered", busy[1]!.address],
      ["request_waiting", busy[0]!.address],
    ]);
    await goOn(services, HOURS.answers);
    services.clock.set(new Date("2026-12-03T18:00:00Z"));
    const [message, ...others] = await sent();
    expect([message!.kind, message!.to, others]).toEqual(["request_waiting", busy[1]!.address, []]);
    expect(message!.text).toContain("Su solicitud sigue en pie");
  });

  test("by night is not woken for a result", async () => {
    for (let i = 0; i < 9; i++) await aRequest(true);
    await sent();
    await goOn(services, HOURS.lock);
    // Half past ten at night in Fresno.
    await goOn(services, new Date("2026-11-30T06:30:00Z"));
    expect(await sent()).toEqual([]);
    services.clock.set(new Date("2026-11-30T17:00:00Z"));
    expect((await sent()).map(({ kind }) => kind)).toEqual(["request_waiting"]);
  });
});

test("a request that nobody knows any more is told to nobody", async () => {
  const contactId = await aContact(services, "email", "nadie@example.org");
  const event = {
    id: "1",
    name: "allocation.waiting",
    subjectId: randomUUID(),
    at: services.clock.now(),
    detail: { contactId },
  };
  await services.database.transaction("worker", {}, (tx) => enqueueForEvents(tx, [event]));
  expect(await sent()).toEqual([]);
  expect(await stored()).toEqual([{ kind: "request_waiting", state: "dropped", error_code: "erased" }]);
});
