import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { signatureOf } from "#channels/common/signature.ts";
import { DAY_MS, HOUR_MS } from "#kernel/time.ts";
import { conversationTasks } from "#modules/conversations/index.ts";
import { systemContext } from "#platform/context.ts";
import { createHttpServer } from "#platform/http/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { registerWhatsapp, WHATSAPP_WEBHOOK } from "./routes.ts";

const HOOK = { phoneId: "100200300", secret: "a secret of the test's own", verifyToken: "a token of the test's own" };
/** Days for which a message is known again. */
const INBOX_DAYS = 2;
const OTHER = "another secret";

let services: TestServices;
let web: ReturnType<typeof createHttpServer>;
beforeAll(async () => {
  services = await openTestServices({ now: new Date("2026-11-23T18:00:00Z") });
  web = createHttpServer({ log: services.log, publicOrigin: services.publicOrigin });
  await registerWhatsapp(web, services, HOOK);
});
beforeEach(() => services.adminQuery("truncate conversations.inbox"));
afterAll(() => services.close());

/** When it was said, unless told otherwise: seconds of Unix time. */
const SAID = 1_795_456_000;
function webhook(n: number, timestamp = SAID): Buffer {
  const message = {
    id: `wamid.${n}`,
    from: "15595550140",
    timestamp: String(timestamp),
    type: "text",
    text: { body: "Hola" },
  };
  const value = { messaging_product: "whatsapp", metadata: { phone_number_id: HOOK.phoneId }, messages: [message] };
  const entry = [{ id: "1", changes: [{ field: "messages", value }] }];
  return Buffer.from(JSON.stringify({ object: "whatsapp_business_account", entry }));
}

async function post(payload: Buffer, secret: string): Promise<number> {
  const headers = { "content-type": "application/json", "x-hub-signature-256": signatureOf(secret, payload) };
  return (await web.inject({ method: "POST", url: WHATSAPP_WEBHOOK, headers, payload })).statusCode;
}
const kept = async () => (await services.adminQuery("select 1 from conversations.inbox")).length;

/** Signed by nobody whom we know, five times; how many were kept. */
async function forged(secret: string): Promise<number> {
  for (let n = 0; n < 5; n++) await post(webhook(n), secret);
  return kept();
}

/** The same five times at once and one after the other; how many were kept. */
async function repeated(): Promise<number> {
  await Promise.all([1, 2, 3].map(() => post(webhook(1), HOOK.secret)));
  for (let n = 0; n < 2; n++) await post(webhook(1), HOOK.secret);
  return kept();
}

test("what another secret signed is not kept", async () => expect(await forged(OTHER)).toBe(0));

test("nothing but the signature keeps it out: where everything that comes is signed, all of it is kept", async () => {
  expect(await forged(HOOK.secret)).toBe(5);
});

test("what comes again is kept once", async () => expect(await repeated()).toBe(1));

test("nothing but the digest of its id keeps it single: where no two digests are alike, all of it is kept", async () => {
  await services.adminQuery(
    `create function conversations.blur() returns trigger language plpgsql as
       $$ begin new.message_digest := sha256(gen_random_uuid()::text::bytea); return new; end $$`,
  );
  await services.adminQuery(
    "create trigger blur before insert on conversations.inbox for each row execute function conversations.blur()",
  );
  expect(await repeated()).toBe(5);
  await services.adminQuery("drop trigger blur on conversations.inbox");
});

test("a copy that comes once we have forgotten the message is not taken in; nothing but its age keeps it out", async () => {
  const now = services.clock.now();
  expect(await post(webhook(1), HOOK.secret)).toBe(200);
  services.clock.set(new Date(now.getTime() + INBOX_DAYS * DAY_MS + HOUR_MS));
  const erase = conversationTasks({ availability: () => undefined!, carriers: [] }).find((one) =>
    one.name.endsWith("erase"),
  )!;
  await erase.run(systemContext(services, "test"));
  expect(await kept()).toBe(0);
  expect(await post(webhook(1), HOOK.secret)).toBe(200);
  expect(await kept()).toBe(0);
  await post(webhook(1, SAID + (INBOX_DAYS * DAY_MS) / 1_000), HOOK.secret);
  expect(await kept()).toBe(1);
  services.clock.set(now);
});

test("a signed body that is none is acknowledged, so that it does not come for days, and kept nowhere", async () => {
  const deep = `{"object":"whatsapp_business_account","entry":${"[".repeat(2_000)}`;
  for (const text of ["", "{", "[]", "null", '"x"', "\u0000", deep])
    expect(await post(Buffer.from(text), HOOK.secret), text.slice(0, 20)).toBe(200);
  expect(await kept()).toBe(0);
});

test("a state of a message that is none of ours, or not an id, changes nothing and is acknowledged", async () => {
  for (const id of ["x", "00000000-0000-4000-8000-000000000000", "'; drop table messaging.messages; --"]) {
    const statuses = [{ id: "wamid.1", status: "failed", biz_opaque_callback_data: id }];
    const value = { metadata: { phone_number_id: HOOK.phoneId }, statuses };
    const entry = [{ changes: [{ field: "messages", value }] }];
    const payload = Buffer.from(JSON.stringify({ object: "whatsapp_business_account", entry }));
    expect(await post(payload, HOOK.secret)).toBe(200);
  }
  expect(await services.adminQuery("select 1 from messaging.messages")).toEqual([]);
});
