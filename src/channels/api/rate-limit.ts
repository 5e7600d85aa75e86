import type { FastifyReply } from "fastify";
import { CODE_WINDOW_MINUTES, CODES_PER_DAY, CODES_PER_WINDOW } from "#modules/people/index.ts";
import { problem } from "#platform/http/index.ts";

const MINUTE_S = 60;
const DAY_S = 24 * 60 * MINUTE_S;
/** What may be asked for, as the IETF draft on RateLimit header fields writes it: quota and window in seconds. */
const CODE_POLICY = `"codes";q=${CODES_PER_WINDOW};w=${CODE_WINDOW_MINUTES * MINUTE_S}, "codes-a-day";q=${CODES_PER_DAY};w=${DAY_S}`;

/** Tells how many codes are left and in how many seconds there are more. */
export function tellCodesLeft(reply: FastifyReply, { left, moreAt }: { left: number; moreAt: Date }, now: Date): void {
  reply.header("ratelimit-policy", CODE_POLICY).header("ratelimit", `"codes";r=${left};t=${secondsTo(moreAt, now)}`);
}

/** Too many of something: from when on it is answered again. */
export function tooMany(reply: FastifyReply, code: string, detail: string, until: Date, now: Date): FastifyReply {
  return problem(reply.header("retry-after", secondsTo(until, now)), 429, code, detail);
}

function secondsTo(until: Date, now: Date): number {
  return Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1_000));
}
