import { afterEach, beforeEach, expect, test } from "vitest";
import { requestPlaces } from "#modules/booking/index.ts";
import { systemContext } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, citizen } from "#tests/support/fixtures.ts";
import { at, drawnAt, freedPlaces, SOON } from "#tests/support/short-draws.ts";
import { enqueueForEvents } from "./commands/enqueue.ts";
import { sendDueMessages } from "./commands/send-due.ts";
import { aContact, fakeSender } from "./messaging.fixtures.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
  await freedPlaces(services, 1, []);
  const contactId = await aContact(services, "email", "persona@example.org");
  const filed = await requestPlaces(citizen(services, contactId), {
    ...SOON,
    contactId,
    applicants: [anApplicant(1)],
  });
  if (!filed.ok) throw new Error(filed.refusal.code);
  await drawnAt(services, "16:00");
});
afterEach(() => services.close());

/** What was announced of an offer, queued as the dispatcher would, and what then leaves. */
async function sent() {
  const events = await services.adminQuery<{ id: string; name: string; subject: string; at: Date; detail: object }>(
    "select id::text, name, subject_id as subject, created_at as at, detail from platform.outbox where name in ('allocation.offered', 'allocation.waiting')",
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

test("whoever is offered a place of tomorrow reads it at once, a quarter past eight in the morning, with her two hours", async () => {
  const [message, ...others] = await sent();
  expect([message!.kind, others]).toEqual(["request_offered", []]);
  expect(message!.text).toContain(
    "Conteste antes del: domingo 13 de diciembre de 2026, 10:15 a.m. PST (hora del Pacífico)",
  );
  expect(message!.text).toContain("Si no contesta antes, el lugar pasa a otra familia.");
});

test("a message that could not leave before those were over is not sent any more", async () => {
  services.clock.set(at("18:15"));
  expect(await sent()).toEqual([]);
  const rows = await services.adminQuery<{ state: string; error_code: string }>(
    "select state, error_code from messaging.messages where kind = 'request_offered'",
  );
  expect(rows).toEqual([{ state: "dropped", error_code: "outdated" }]);
});
