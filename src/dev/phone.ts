import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { VOICE_WEBHOOK } from "#channels/voice/routes.ts";
import { callSignature } from "#channels/voice/signature.ts";
import { newId } from "#platform/random.ts";
import { DEV_URLS } from "./pages/frame.tsx";
import { phonePage } from "./pages/phone-page.tsx";

/** For this computer only. */
export const PHONE_SECRET = "only for this computer";
/** A fictional person of the demonstration. */
const FIRST_NUMBER = "+15595550100";
const MOST_KEPT = 60;

/** What a caller heard, or said. */
export interface Heard {
  readonly from: "person" | "consulate";
  readonly text: string;
  readonly language: "es" | "en";
}
interface Call {
  readonly id: string;
  /** Where the next thing that she says or keys goes. */
  readonly action: string;
  readonly heard: readonly Heard[];
}

const form = z.object({
  de: z.string().regex(/^\+\d{8,15}$/),
  tecla: z.string().max(12).optional(),
  voz: z.string().max(1_600).optional(),
  colgar: z.string().max(1).optional(),
});

/** A telephone for developers: it says the TwiML that it gets and takes digits and words, over the provider's protocol with its signature. */
export function openPhone(publicOrigin: string) {
  const calls = new Map<string, Call>();

  function register(web: FastifyInstance, css: string): void {
    async function turn(number: string, call: Call, said: Readonly<Record<string, string>>): Promise<void> {
      const params = { CallSid: call.id, From: number, ...said };
      const answered = await web.inject({
        method: "POST",
        url: call.action.slice(publicOrigin.length),
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          "x-twilio-signature": callSignature(PHONE_SECRET, call.action, params),
        },
        payload: new URLSearchParams(params).toString(),
      });
      const own = Object.values(said).map((text): Heard => ({ from: "person", text, language: "es" }));
      const heard = [...call.heard, ...own, ...saidIn(answered.body)].slice(-MOST_KEPT);
      calls.set(number, { ...call, action: actionIn(answered.body) ?? call.action, heard });
    }

    web.get(DEV_URLS.phone, (request, reply) => {
      const number = form.shape.de.safeParse((request.query as Record<string, unknown>)["de"]).data ?? FIRST_NUMBER;
      const html = phonePage({ css, number, heard: calls.get(number)?.heard });
      return reply.type("text/html; charset=utf-8").header("cache-control", "no-store").send(html);
    });

    web.post(DEV_URLS.phone, async (request, reply) => {
      const { de, tecla, voz, colgar } = form.parse(request.body);
      const call = calls.get(de);
      if (colgar) calls.delete(de);
      else if (!call)
        await turn(de, { id: `CA${newId<string>()}`, action: publicOrigin + VOICE_WEBHOOK, heard: [] }, {});
      else if (tecla) await turn(de, call, { Digits: tecla });
      else if (voz) await turn(de, call, { SpeechResult: voz });
      return reply.redirect(`${DEV_URLS.phone}?${new URLSearchParams({ de }).toString()}#fin`, 303);
    });
  }
  return { register };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const plain = (xml: string): string => xml.replace(/&(\w+);/g, (_, name: string) => ENTITIES[name] ?? "");

function actionIn(twiml: string): string | undefined {
  const found = /<Gather[^>]* action="([^"]+)"/.exec(twiml)?.[1];
  return found === undefined ? undefined : plain(found);
}

/** What is said before the silence after which it is said again, and who is called. */
function saidIn(twiml: string): Heard[] {
  const end = twiml.indexOf("</Gather>");
  const once = end < 0 ? twiml : twiml.slice(0, end);
  return [...once.matchAll(/<Say language="(\w\w)[^"]*">([^<]*)<\/Say>|<Dial>([^<]*)<\/Dial>/g)].map(
    ([, language, said, dialled]) => ({
      from: "consulate",
      text: dialled === undefined ? plain(said!) : `📞 ${plain(dialled)}`,
      language: language === "en" ? "en" : "es",
    }),
  );
}
