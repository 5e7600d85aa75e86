import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signatureOf } from "#channels/common/signature.ts";
import { mulberry32 } from "#kernel/mulberry32.ts";
import { converse } from "#modules/conversations/index.ts";
import { buildSnapshot } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import { createHttpServer } from "#platform/http/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { whatsappCarrier } from "./cloud-api.ts";
import { registerWhatsapp, WHATSAPP_WEBHOOK } from "./routes.ts";

const HOOK = { phoneId: "100200300", secret: "a secret of the test's own", verifyToken: "a token of the test's own" };
const WEBHOOKS = 10_000;
/** Genuine messages of so many people; each is handed over about ten times, in any order. */
const MESSAGES = 500;
const PEOPLE = 100;
/** Far above what an acknowledgement takes, and far below what a provider waits: a machine under load fails nothing. */
const SLOWEST_MS = 2_000;

let services: TestServices;
beforeAll(async () => {
  services = await openTestServices({ now: new Date("2026-11-23T18:00:00Z") });
});
afterAll(() => services.close());

function webhook(n: number): Buffer {
  const from = `1559555${String(1000 + (n % PEOPLE)).padStart(4, "0")}`;
  const timestamp = String(1795456000 + n);
  const message = { id: `wamid.${n}`, from, timestamp, type: "text", text: { body: n % 3 === 0 ? "Hola" : "menú" } };
  const value = { messaging_product: "whatsapp", metadata: { phone_number_id: HOOK.phoneId }, messages: [message] };
  return Buffer.from(
    JSON.stringify({
      object: "whatsapp_business_account",
      entry: [{ id: "1", changes: [{ field: "messages", value }] }],
    }),
  );
}

/** The provider: away at times, throttling at times, and telling what it took. */
async function aProvider(chance: () => number) {
  const taken: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += String(part)));
    request.on("end", () => {
      const roll = chance();
      if (roll < 0.05) return void request.socket.destroy();
      response.setHeader("content-type", "application/json");
      if (roll < 0.15) return void response.writeHead(503).end("{}");
      if (roll < 0.2) return void response.writeHead(400).end(JSON.stringify({ error: { code: 130429 } }));
      taken.push((JSON.parse(body) as { to: string }).to);
      return void response.end(JSON.stringify({ messages: [{ id: `wamid.out.${taken.length}` }] }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v23.0`;
  return { taken, url, close: () => new Promise((resolve) => server.close(resolve)) };
}

test("of ten thousand webhooks, forged, replayed, reordered and doubled, each genuine message has one effect", async () => {
  const chance = mulberry32(7);
  const web = createHttpServer({ log: services.log, publicOrigin: services.publicOrigin });
  await registerWhatsapp(web, services, HOOK);
  const provider = await aProvider(chance);
  const snapshot = await buildSnapshot(services);
  const carriers = [whatsappCarrier({ url: provider.url, phoneId: HOOK.phoneId, token: "t", template: "x" })];
  const work = () => converse(systemContext(services, "conversation"), { availability: () => snapshot, carriers });

  const times: number[] = [];
  const seen = new Set<number>();
  const post = async (): Promise<void> => {
    const n = Math.floor(chance() * MESSAGES);
    const bytes = webhook(n);
    const right = signatureOf(HOOK.secret, bytes);
    const forged = chance() < 0.5;
    const kind = Math.floor(chance() * 4);
    // Forged: nobody's signature, another secret's, that of another message, or a message changed by one byte.
    const signature = !forged
      ? right
      : kind === 0
        ? undefined
        : kind === 1
          ? signatureOf("another secret", bytes)
          : kind === 2
            ? signatureOf(HOOK.secret, webhook(n + 1))
            : right;
    const payload = forged && kind === 3 ? Buffer.concat([bytes, Buffer.from(" ")]) : bytes;
    const headers = { "content-type": "application/json", ...(signature && { "x-hub-signature-256": signature }) };
    const began = performance.now();
    const answer = await web.inject({ method: "POST", url: WHATSAPP_WEBHOOK, headers, payload });
    times.push(performance.now() - began);
    expect(answer.statusCode).toBe(forged ? 401 : 200);
    if (!forged) seen.add(n);
  };
  for (let sent = 0; sent < WEBHOOKS; sent += 20) {
    await Promise.all(Array.from({ length: 20 }, post));
    if (sent % 2_000 === 0) await Promise.all([work(), work()]);
  }
  // The provider's outages are outlasted: each wait is over before the next try.
  for (let round = 0; round < 12; round++) {
    await Promise.all([work(), work()]);
    services.clock.set(new Date(services.clock.now().getTime() + 700_000));
  }

  const [counts] = await services.adminQuery<{ kept: number; done: number; said: number; sent: number }>(
    `select (select count(*)::int from conversations.inbox) as kept, (select count(*)::int from conversations.inbox where done_at is not null) as done,
       (select count(*)::int from conversations.replies) as said, (select count(*)::int from conversations.replies where state = 'sent') as sent`,
  );
  expect(counts).toEqual({ kept: seen.size, done: seen.size, said: seen.size, sent: seen.size });
  expect(provider.taken).toHaveLength(seen.size);
  const p99 = times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)]!;
  expect(p99).toBeLessThan(SLOWEST_MS);
  process.stdout.write(
    `acknowledged: p50 ${times[5_000]!.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms of ${times.length}\n`,
  );
  await provider.close();
  await web.close();
}, 180_000);

test("registration is answered only to who knows our token, and repeats nothing but digits", async () => {
  const web = createHttpServer({ log: services.log, publicOrigin: services.publicOrigin });
  await registerWhatsapp(web, services, HOOK);
  const ask = (token: string, challenge: string) => {
    const query = new URLSearchParams({
      "hub.mode": "subscribe",
      "hub.verify_token": token,
      "hub.challenge": challenge,
    });
    return web.inject(`${WHATSAPP_WEBHOOK}?${query.toString()}`);
  };
  expect((await ask(HOOK.verifyToken, "1158201444")).body).toBe("1158201444");
  expect((await ask("another", "1158201444")).statusCode).toBe(401);
  expect((await ask(HOOK.verifyToken, "<b>1</b>")).statusCode).toBe(401);
  await web.close();
});
