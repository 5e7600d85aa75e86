import { randomUUID } from "node:crypto";
import { signatureOf } from "#channels/common/signature.ts";
import { whatsappCarrier } from "#channels/whatsapp/cloud-api.ts";
import { registerWhatsapp, WHATSAPP_WEBHOOK } from "#channels/whatsapp/routes.ts";
import { converse } from "#modules/conversations/index.ts";
import { buildSnapshot } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import { createHttpServer } from "#platform/http/index.ts";
import { talkerOver, type Answer, type Driver } from "./driver.ts";
import { aGateway, aNumber } from "./gateway.ts";

const HOOK = { phoneId: "100200300", secret: "a secret of the test's own", verifyToken: "a token of the test's own" };

/** WhatsApp from the signed webhook to what the Cloud API is handed. */
export const whatsappDriver: Driver = {
  name: "WhatsApp",
  channel: "whatsapp",
  most: { one: 12, further: 3 },
  async open(services) {
    const gateway = await aGateway();
    const web = createHttpServer({ log: services.log, publicOrigin: services.publicOrigin });
    await registerWhatsapp(web, services, HOOK);
    const api = { url: `${gateway.url}/v23.0`, phoneId: HOOK.phoneId, token: "t", template: "continuar" };
    const carriers = [whatsappCarrier(api)];
    const picture = await buildSnapshot(services);
    const desk = { availability: () => picture, carriers };

    async function post(number: string, content: Readonly<Record<string, unknown>>): Promise<readonly Answer[]> {
      const before = gateway.taken(number).length;
      const timestamp = String(Math.floor(services.clock.now().getTime() / 1_000));
      const message = { id: `wamid.${randomUUID()}`, from: number.slice(1), timestamp, ...content };
      const value = { messaging_product: "whatsapp", metadata: { phone_number_id: HOOK.phoneId }, messages: [message] };
      const entry = [{ id: "1", changes: [{ field: "messages", value }] }];
      const payload = Buffer.from(JSON.stringify({ object: "whatsapp_business_account", entry }));
      const headers = { "content-type": "application/json", "x-hub-signature-256": signatureOf(HOOK.secret, payload) };
      const answered = await web.inject({ method: "POST", url: WHATSAPP_WEBHOOK, headers, payload });
      if (answered.statusCode !== 200) throw new Error(`the webhook said ${answered.statusCode}`);
      await converse(systemContext(services, "conversation"), desk);
      return gateway.taken(number).slice(before).map(shownOf);
    }

    return {
      talker() {
        const number = aNumber();
        let turn = "";
        const shown = (answers: readonly Answer[]): readonly Answer[] => {
          turn = answers.at(-1)?.choices[0]?.key.split(":")[0] ?? turn;
          return answers.map(({ text, choices }) => ({
            text,
            choices: choices.map(({ key, title }) => ({ key: key.split(":")[1]!, title })),
          }));
        };
        return talkerOver({
          send: async (body) => shown(await post(number, contentOf(body))),
          touch: async (key, title) => {
            const reply = { id: `${turn}:${key}`, title };
            return shown(
              await post(number, { type: "interactive", interactive: { type: "list_reply", list_reply: reply } }),
            );
          },
        });
      },
      close: () => gateway.close(),
    };
  },
};

/** What has no letters in the app is sent in its own way: `[audio]` is a voice note. */
function contentOf(text: string): Readonly<Record<string, unknown>> {
  const media = /^\[(\w+)\]$/.exec(text)?.[1];
  return media === undefined ? { type: "text", text: { body: text } } : { type: media, [media]: { id: "media-1" } };
}

interface Shown {
  readonly text?: { readonly body: string };
  readonly interactive?: {
    readonly body: { readonly text: string };
    readonly action: {
      readonly buttons?: readonly { readonly reply: { readonly id: string; readonly title: string } }[];
      readonly sections?: readonly { readonly rows: readonly Row[] }[];
    };
  };
}
interface Row {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
}

function shownOf(body: Shown): Answer {
  if (!body.interactive) return { text: body.text?.body ?? "", choices: [] };
  const { buttons, sections } = body.interactive.action;
  const rows: readonly Row[] = sections?.flatMap((one) => one.rows) ?? buttons?.map(({ reply }) => reply) ?? [];
  // What a row had to cut stands whole below it.
  const titleOf = ({ title, description }: Row) => (title.endsWith("…") ? (description ?? title) : title);
  return { text: body.interactive.body.text, choices: rows.map((row) => ({ key: row.id, title: titleOf(row) })) };
}
