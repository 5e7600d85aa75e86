import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Talk } from "#app/application.ts";
import { signatureOf } from "#channels/common/signature.ts";
import { whatsappCarrier } from "#channels/whatsapp/cloud-api.ts";
import { WHATSAPP_WEBHOOK } from "#channels/whatsapp/routes.ts";
import type { Clock } from "#platform/clock.ts";
import { newId } from "#platform/random.ts";
import { DEV_URLS } from "./pages/frame.tsx";
import { chatPage } from "./pages/whatsapp-page.tsx";

const SIMULATOR_URL = DEV_URLS.whatsapp;
const API = `${SIMULATOR_URL}/v23.0`;
const HOOK = { phoneId: "100200300", secret: "only for this computer", verifyToken: "only for this computer" };
/** A fictional person of the demonstration. */
const FIRST_NUMBER = "+15595550100";
const MOST_KEPT = 200;
/** An answer is there within this time, or the page shows it when it is loaded again. */
const ANSWER_MS = 3_000;

/** What the app shows of one message. */
export interface Bubble {
  readonly from: "person" | "consulate";
  readonly text: string;
  readonly at: Date;
  readonly choices: readonly {
    readonly id: string;
    readonly title: string;
    readonly description?: string | undefined;
  }[];
}

const sent = z.object({
  to: z.string(),
  type: z.string(),
  text: z.object({ body: z.string() }).optional(),
  template: z.object({ name: z.string() }).optional(),
  interactive: z
    .object({
      body: z.object({ text: z.string() }),
      action: z.object({
        buttons: z.array(z.object({ reply: z.object({ id: z.string(), title: z.string() }) })).optional(),
        sections: z
          .array(
            z.object({
              rows: z.array(z.object({ id: z.string(), title: z.string(), description: z.string().optional() })),
            }),
          )
          .optional(),
      }),
    })
    .optional(),
});
const form = z.object({
  de: z.string().regex(/^\+\d{8,15}$/),
  texto: z.string().max(4_096).optional(),
  id: z.string().max(200).optional(),
  voz: z.string().max(1).optional(),
});

/** A telephone with the app, for developers: it speaks the provider's protocol to the real adapter, with signatures. */
export function openWhatsapp(origin: string, clock: Clock) {
  const chats = new Map<string, Bubble[]>();
  const keep = (number: string, bubble: Bubble): void => {
    const chat = [...(chats.get(number) ?? []), bubble].slice(-MOST_KEPT);
    chats.set(number, chat);
  };
  const carrier = whatsappCarrier({
    url: `${origin}${API}`,
    phoneId: HOOK.phoneId,
    token: "demo",
    template: "continuar",
  });
  const talk: Talk = { carriers: [carrier], whatsapp: HOOK };

  function register(web: FastifyInstance, css: string): void {
    // The provider's side: what our adapter sends arrives here.
    web.post(`${API}/:phone/messages`, (request, reply) => {
      const message = sent.parse(request.body);
      const { action } = message.interactive ?? {};
      const rows =
        action?.sections?.flatMap((one) => one.rows) ?? action?.buttons?.map(({ reply: button }) => button) ?? [];
      const text =
        message.interactive?.body.text ?? message.text?.body ?? `[${message.template?.name ?? message.type}]`;
      keep(`+${message.to}`, { from: "consulate", text, at: clock.now(), choices: rows });
      return reply.send({ messages: [{ id: `wamid.${newId<string>()}` }] });
    });

    // A voice note is where the provider says that it is, and is one tone.
    web.get(`${API}/:media`, (request, reply) => {
      const { media } = request.params as { media: string };
      return reply.send({ url: `${origin}${API}/archivo/${media}`, mime_type: "audio/wav" });
    });
    web.get(`${API}/archivo/:media`, (_request, reply) => reply.type("audio/wav").send(aTone()));

    web.get(SIMULATOR_URL, (request, reply) => {
      const number = form.shape.de.safeParse((request.query as Record<string, unknown>)["de"]).data ?? FIRST_NUMBER;
      const html = chatPage({ css, number, chat: chats.get(number) ?? [] });
      return reply.type("text/html; charset=utf-8").header("cache-control", "no-store").send(html);
    });

    // The person's side: what she writes goes to our webhook, signed as the provider signs.
    web.post(SIMULATOR_URL, async (request, reply) => {
      const { de, texto, id, voz } = form.parse(request.body);
      const title = chats
        .get(de)
        ?.flatMap(({ choices }) => choices)
        .find((one) => one.id === id)?.title;
      keep(de, { from: "person", text: voz ? "🎤" : (title ?? texto ?? ""), at: clock.now(), choices: [] });
      const content = voz
        ? { type: "audio", audio: { id: newId<string>() } }
        : id === undefined
          ? { type: "text", text: { body: texto ?? "" } }
          : { type: "interactive", interactive: { type: "list_reply", list_reply: { id, title } } };
      const before = chats.get(de)!.length;
      await web.inject({ method: "POST", url: WHATSAPP_WEBHOOK, ...signed(de, content, clock.now()) });
      for (let waited = 0; waited < ANSWER_MS && chats.get(de)!.length === before; waited += 50) await wait(50);
      return reply.redirect(`${SIMULATOR_URL}?${new URLSearchParams({ de }).toString()}#fin`, 303);
    });
  }
  return { talk, register };
}

/** Samples a second, seconds and pitch of the tone. */
const [RATE, SECONDS, HERTZ] = [8_000, 1, 440];

/** A second of sound (RIFF WAVE, one channel of eight bits). */
function aTone(): Buffer {
  const length = RATE * SECONDS;
  const wav = Buffer.alloc(44 + length);
  wav.write("RIFF", 0, "latin1");
  wav.writeUInt32LE(36 + length, 4);
  wav.write("WAVEfmt ", 8, "latin1");
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write("data", 36, "latin1");
  wav.writeUInt32LE(length, 40);
  for (let i = 0; i < length; i++) wav[44 + i] = 128 + Math.round(60 * Math.sin((2 * Math.PI * HERTZ * i) / RATE));
  return wav;
}

function signed(number: string, content: Readonly<Record<string, unknown>>, now: Date) {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const message = { id: `wamid.${newId<string>()}`, from: number.slice(1), timestamp, ...content };
  const value = { messaging_product: "whatsapp", metadata: { phone_number_id: HOOK.phoneId }, messages: [message] };
  const entry = [{ id: "1", changes: [{ field: "messages", value }] }];
  const payload = Buffer.from(JSON.stringify({ object: "whatsapp_business_account", entry }));
  const headers = { "content-type": "application/json", "x-hub-signature-256": signatureOf(HOOK.secret, payload) };
  return { payload, headers };
}
