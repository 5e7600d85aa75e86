import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { staffToken } from "#channels/api/console/cookies.ts";
import { can, findStaffSession } from "#modules/people/index.ts";
import type { Services } from "#platform/context.ts";
import { problem } from "#platform/http/index.ts";
import { faultFields } from "#platform/log.ts";
import { playDraw } from "./play.ts";
import { refusalText, sentenceOf, type DemoRefusal, type DemoStep } from "./steps.ts";

/** `npm run demo:draw` asks here, and reads sentence by sentence. */
export const PLAY_URL = "/dev/reparto";
/** How the last one went, for the console and for the end of the command. */
export const PLAYED_URL = "/api/v1/console/dev/draw";

export interface Played {
  playing: boolean;
  readonly steps: DemoStep[];
  refusal: DemoRefusal | null;
  failed: boolean;
}

/** The demonstration as a page for the command and a button of the console; one is played at a time. */
export function registerPlay(web: FastifyInstance, services: Services): void {
  let last: Played = { playing: false, steps: [], refusal: null, failed: false };

  /** Plays to the end; whoever asks in between is refused. */
  async function play(told: (step: DemoStep) => void): Promise<DemoRefusal | undefined> {
    if (last.playing) return "plays_already";
    const mine: Played = (last = { playing: true, steps: [], refusal: null, failed: false });
    const stage = {
      wait: (ms: number) => wait(ms),
      told: (step: DemoStep) => {
        mine.steps.push(step);
        told(step);
      },
    };
    try {
      const refusal = await playDraw(services, stage);
      mine.refusal = refusal ?? null;
      return refusal;
    } catch (error) {
      mine.failed = true;
      services.log.warn("the demonstration of a draw broke off", faultFields(error));
      throw error;
    } finally {
      mine.playing = false;
    }
  }

  web.post(PLAY_URL, (_request, reply) => {
    const lines = new Readable({ read: () => undefined });
    const say = (text: string): void => void lines.push(`${text}\n`);
    void play((step) => say(sentenceOf(step, services.publicOrigin)))
      .then((refusal) => refusal && say(refusalText(refusal)))
      .catch(() => say("It broke off; the log says where."))
      .finally(() => lines.push(null));
    return reply.type("text/plain; charset=utf-8").header("cache-control", "no-store").send(lines);
  });

  web.get(PLAYED_URL, async (_request, reply) => reply.header("cache-control", "no-store").send(last));

  web.post(PLAYED_URL, async (request, reply) => {
    const token = staffToken(request, services.publicOrigin);
    const member = token === undefined ? undefined : await findStaffSession(services, token);
    if (!member) return problem(reply, 401, "not_signed_in", "Sign in first.");
    const actor = { kind: "staff", staffId: member.id, officeId: member.officeId, role: member.role } as const;
    if (!can(actor, "set_regime")) return problem(reply, 403, "not_allowed", "Your role does not include this.");
    if (!last.playing) void play(() => undefined).catch(() => undefined);
    return reply.code(202).header("cache-control", "no-store").send(last);
  });
}
