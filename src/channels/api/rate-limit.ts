import type { FastifyReply } from "fastify";
import { CODE_QUOTAS } from "#modules/people/index.ts";
import { problem } from "#platform/http/index.ts";

/** What may be asked for, as the IETF draft on RateLimit header fields writes it: quota and window in seconds. */
const [WINDOW, DAY] = CODE_QUOTAS.map(({ quota, seconds }) => `q=${quota};w=${seconds}`);
const CODE_POLICY = `"codes";${WINDOW}, "codes-a-day";${DAY}`;

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
