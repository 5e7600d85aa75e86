import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import * as esbuild from "esbuild";
import { signatureOf } from "#channels/common/signature.ts";
import { registerWhatsapp, WHATSAPP_WEBHOOK } from "#channels/whatsapp/routes.ts";
import { mulberry32 } from "#kernel/mulberry32.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { sweepReminders } from "#modules/messaging/index.ts";
import { systemContext } from "#platform/context.ts";
import { createHttpServer } from "#platform/http/index.ts";
import { NOW, openMessaging } from "#modules/messaging/messaging.fixtures.ts";
import { TEST_ROLE_SECRET, TEST_ROOT_KEY } from "#tests/support/cluster.ts";
import type { SenderOptions } from "./sender-node.ts";

const BUNDLE = "node_modules/.cache/ventanilla-robustness/sender-node.js";
const HOOK = { phoneId: "100200300", secret: "a secret of the test's own", verifyToken: "a token of the test's own" };
const SILENCE_MS = 400;
/** Minutes of WhatsApp's outage, in the middle of what is sent. */
const AWAY = { from: 5, to: 15 } as const;
/** Minutes after which every wait that an outage makes is over. */
const LAST_MINUTE = 40;

/** How often each address was reached, on which channel. */
export interface Reached {
  readonly whatsapp: number;
  readonly sms: number;
  /** Addresses by how often they were reached. */
  readonly times: Readonly<Record<number, number>>;
  readonly kills: number;
}

/**
 * So many reminders, of which WhatsApp is away for ten minutes in the middle: it refuses, breaks off, is silent, or takes
 * one and loses the answer. The sending node is killed so many times, each right after a provider took something.
 * `tells: false` leaves out what WhatsApp tells of what it took.
 */
export async function outage(of: { reminders: number; kills: number; tells?: boolean }): Promise<Reached> {
  const { services, aBooking } = await openMessaging();
  const chance = mulberry32(11);
  const web = createHttpServer({ log: services.log, publicOrigin: services.publicOrigin });
  await registerWhatsapp(web, services, HOOK);
  const startsAt = new Date(NOW.getTime() + 7 * 24 * 60 * MINUTE_MS);
  for (let n = 0; n < of.reminders; n += 40)
    await Promise.all(
      Array.from({ length: Math.min(40, of.reminders - n) }, (_, i) =>
        aBooking({ kind: "whatsapp", address: `+1${5550000000 + n + i}`, startsAt }),
      ),
    );
  await sweepReminders(systemContext(services, "test"));

  let minute = 0;
  let requests = 0;
  let killAt = Infinity;
  let kills = 0;
  let child: ReturnType<typeof spawn> | undefined;
  const whatsapp: string[] = [];
  const sms = new Map<string, string>();
  const told: Promise<unknown>[] = [];
  const server = createServer(
    (request, response) =>
      void take(request).then((answer) => answer && response.writeHead(answer.status).end(answer.body)),
  );

  async function take(request: IncomingMessage): Promise<{ status: number; body: string } | undefined> {
    let text = "";
    for await (const part of request) text += String(part);
    const body = JSON.parse(text) as { to: string; biz_opaque_callback_data?: string };
    const isWhatsapp = request.url!.startsWith("/whatsapp");
    const away = isWhatsapp && minute >= AWAY.from && minute < AWAY.to;
    const roll = chance();
    if (away && roll < 0.4) return { status: 503, body: "{}" };
    if (away && roll < 0.6) return void request.socket.destroy();
    if (isWhatsapp) {
      whatsapp.push(body.to);
      if (of.tells !== false) told.push(tell(body.biz_opaque_callback_data!));
    } else sms.set(String(request.headers["idempotency-key"]), body.to.replace("+", ""));
    if (++requests >= killAt && kills < of.kills) {
      kills++;
      killAt = Infinity;
      child?.kill("SIGKILL");
    }
    // Taken, and the answer is lost on its way.
    if (away && roll < 0.8) return void request.socket.destroy();
    if (away) return undefined;
    return { status: 200, body: JSON.stringify({ messages: [{ id: `wamid.${requests}` }] }) };
  }

  /** The provider tells of what it took, as it does: once or twice, and signed. */
  async function tell(id: string): Promise<void> {
    const statuses = [{ id: "wamid.x", status: "sent", biz_opaque_callback_data: id }];
    const value = { messaging_product: "whatsapp", metadata: { phone_number_id: HOOK.phoneId }, statuses };
    const entry = [{ id: "1", changes: [{ field: "messages", value }] }];
    const payload = Buffer.from(JSON.stringify({ object: "whatsapp_business_account", entry }));
    const headers = { "content-type": "application/json", "x-hub-signature-256": signatureOf(HOOK.secret, payload) };
    for (let times = 0; times < 1 + Math.floor(chance() * 2); times++)
      await web.inject({ method: "POST", url: WHATSAPP_WEBHOOK, headers, payload });
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const providers = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await bundle();
  try {
    const left = () => services.adminQuery("select 1 from messaging.messages where state = 'queued' limit 1");
    for (minute = 0; minute < LAST_MINUTE && (await left()).length > 0; minute++) {
      const now = new Date(NOW.getTime() + minute * MINUTE_MS + 1_000);
      services.clock.set(now);
      // Each killed node has done its share; the last ones do what is left.
      killAt = requests + 1 + Math.floor((chance() * 2 * of.reminders) / Math.max(of.kills, 1));
      const options: SenderOptions = {
        url: services.url,
        roleSecret: TEST_ROLE_SECRET,
        rootKey: TEST_ROOT_KEY.toString("base64"),
        now: now.toISOString(),
        providers,
        silenceMs: SILENCE_MS,
      };
      child = spawn(process.execPath, [BUNDLE, JSON.stringify(options)], { stdio: ["ignore", "ignore", "inherit"] });
      await once(child, "exit");
      await Promise.all(told);
    }
    const reached = new Map<string, number>();
    for (const to of [...whatsapp, ...sms.values()]) reached.set(to, (reached.get(to) ?? 0) + 1);
    const times: Record<number, number> = {};
    for (const count of reached.values()) times[count] = (times[count] ?? 0) + 1;
    return { whatsapp: whatsapp.length, sms: sms.size, times, kills };
  } finally {
    child?.kill("SIGKILL");
    server.closeAllConnections();
    server.close();
    await services.close();
  }
}

async function bundle(): Promise<void> {
  await esbuild.build({
    entryPoints: ["tests/talking/sender-node.ts"],
    outfile: BUNDLE,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
}
