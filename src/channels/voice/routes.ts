import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { HOUR_MS } from "#kernel/time.ts";
import { answerTo, hearCall, type Talking } from "#modules/conversations/index.ts";
import { parseAddress } from "#modules/people/index.ts";
import { systemContext, type Services } from "#platform/context.ts";
import { faultFields } from "#platform/log.ts";
import { heardOf, languageOf } from "./heard.ts";
import { isCallSigned } from "./signature.ts";
import { renderCall, renderFault, renderGreeting, renderWait } from "./twiml.ts";

export const VOICE_WEBHOOK = "/ganchos/voz";
const BODY_LIMIT_BYTES = 16 * 1024;
/** Letters of what a recogniser understood. */
const MOST_LETTERS = 1_600;

const call = z.object({
  CallSid: z.string().min(1).max(64),
  From: z.string().max(40).optional(),
  Digits: z.string().max(40).optional(),
  SpeechResult: z.string().optional(),
});
/** Times that a caller hears that it goes on, eight seconds each, before she is told that we failed. */
const MOST_WAITS = 3;
/** No call lasts longer (Twilio, four hours): a signed turn that is older is a copy, and what it says is not heard. */
const FRESH_MS = 4 * HOUR_MS;
/** How often this call was answered: each answer is one event, whose repetition is known by it. */
const query = z.object({
  turno: z.coerce.number().int().min(0).max(1_000).default(0),
  /** How often the answer to what was heard is asked for again. */
  otra: z.coerce.number().int().min(0).max(MOST_WAITS).default(0),
  /** When the question of this turn was asked: seconds of Unix time of ours, which the provider signs with the address. */
  t: z.coerce.number().int().min(0).max(99_999_999_999).default(0),
  /** The language that was chosen. */
  l: z.enum(["es", "en"]).default("es"),
});

/** Answers calls as TwiML, each turn in the answer to its own request, signed over the address and every parameter. */
export async function registerVoice(
  web: FastifyInstance,
  services: Services,
  { secret, talking }: { readonly secret: string; readonly talking: Talking },
): Promise<void> {
  await web.register(async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", { parseAs: "string", bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) =>
      done(null, body),
    );

    app.post(VOICE_WEBHOOK, { bodyLimit: BODY_LIMIT_BYTES }, async (request, reply) => {
      const params = Object.fromEntries(new URLSearchParams(typeof request.body === "string" ? request.body : ""));
      const url = `${services.publicOrigin}${request.url}`;
      if (!isCallSigned(secret, url, params, request.headers["x-twilio-signature"])) return reply.code(401).send("");
      const read = call.safeParse(params);
      const turn = query.safeParse(request.query);
      if (!read.success || !turn.success) return twiml(reply, renderGreeting(actionOf(1, "es")));
      const { CallSid: id, From: from = "", Digits: digits, SpeechResult: speech } = read.data;
      const { turno, otra, t, l } = turn.data;
      // The first turn of a call only says hello; each other one answers a question of ours, which has its time.
      const age = services.clock.now().getTime() - t * 1_000;
      if (!(Math.abs(age) <= FRESH_MS)) return twiml(reply, renderGreeting(actionOf(1, "es")));
      try {
        return twiml(reply, await answer({ id, from, digits, speech, turno, otra, language: l }));
      } catch (error) {
        // Whoever listens is told in words; what she said is kept.
        services.log.error("a turn of a call failed", faultFields(error));
        return twiml(reply, renderFault(l));
      }
    });
  });

  async function answer(heard: Turn): Promise<string> {
    const { id, from, digits, speech, turno, otra, language } = heard;
    // Asked for again it is kept already under this turn: what is said now is not read.
    const said = heardOf(digits, speech?.slice(0, MOST_LETTERS)) ?? (otra > 0 ? NOTHING : undefined);
    const ctx = systemContext(services, "conversation");
    const channel = "phone";
    if (!said) {
      // Silence: the question that is open is said again.
      const open = turno > 1 ? await answerTo(ctx, { channel, messageId: `${id}:${turno - 1}` }) : undefined;
      return open ? renderCall(open, actionOf(turno, open.language)) : renderGreeting(actionOf(1, "es"));
    }
    const prompt = await hearCall(ctx, talking, {
      channel,
      messageId: `${id}:${turno}`,
      // Whoever hides her number is served; only what asks for a code goes to a person.
      call: id,
      address: parseAddress("sms", from)?.address ?? `call:${id}`,
      saidAt: services.clock.now(),
      ...(turno <= 1 ? languageOf(said) : { said }),
    });
    if (prompt) return renderCall(prompt, actionOf(turno + 1, prompt.language));
    return otra < MOST_WAITS
      ? renderWait(language, `${actionOf(turno, language)}&otra=${otra + 1}`)
      : renderFault(language);
  }

  function actionOf(turn: number, language: "es" | "en"): string {
    const asked = Math.floor(services.clock.now().getTime() / 1_000);
    return `${services.publicOrigin}${VOICE_WEBHOOK}?turno=${turn}&l=${language}&t=${asked}`;
  }
}

/** One request of a call. */
interface Turn {
  readonly id: string;
  readonly from: string;
  readonly digits: string | undefined;
  readonly speech: string | undefined;
  readonly turno: number;
  readonly otra: number;
  readonly language: "es" | "en";
}
const NOTHING = { kind: "text", text: "" } as const;

function twiml(reply: FastifyReply, xml: string): FastifyReply {
  return reply.type("text/xml; charset=utf-8").header("cache-control", "no-store").send(xml);
}
