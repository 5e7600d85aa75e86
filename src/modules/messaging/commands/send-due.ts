import { setTimeout as wait } from "node:timers/promises";
import { transaction, type Context } from "#platform/context.ts";
import { faultFields } from "#platform/log.ts";
import { afterTry, SEND_TIMEOUT_MS } from "../rules/queue.ts";
import { claimMessages, leaveWhatsapp, recordTries, type ClaimedMessage, type TriedMessage } from "../store.ts";
import type { MessageSender, SendResult } from "../types.ts";
import { renderMessages } from "./render-messages.ts";
import type { Rendering } from "./rendering.ts";

/** Sent at once, and leased at once: a row that waited for its neighbours would outlive its lease. */
const AT_ONCE = 8;
/** A run ends after this long even when more is due, so that a slow provider does not hold up the timetable. */
const RUN_MS = 20_000;

/** Between two rounds, so that a backlog of messages never takes the machine from whoever is booking: about 200 a second and node. */
const PAUSE_MS = 40;

export interface SendCounts {
  readonly sent: number;
  readonly failed: number;
}

/**
 * Sends what is due. Each row is leased in a transaction of its own before it is sent and recorded in
 * another after: a crash between the two repeats that one message, with the same id, once its lease
 * is over. Everything else is sent once, over all nodes.
 */
export async function sendDueMessages(ctx: Context, senders: readonly MessageSender[]): Promise<SendCounts> {
  const counts = { sent: 0, failed: 0 };
  const began = performance.now();
  while (performance.now() - began < RUN_MS) {
    const round = { ...ctx, now: ctx.clock.now() };
    const claimed = await transaction(round, "worker", (tx) => claimMessages(tx, round.now, AT_ONCE));
    if (claimed.length === 0) break;
    const tried = await trySending(round, claimed, senders);
    await transaction(round, "worker", (tx) => recordTries(tx, tried, ctx.clock.now()));
    counts.sent += tried.filter((one) => one.state === "sent").length;
    counts.failed += tried.filter((one) => one.state === "failed").length;
    if (claimed.length < AT_ONCE) break;
    await wait(PAUSE_MS);
  }
  return counts;
}

async function trySending(
  ctx: Context,
  claimed: readonly ClaimedMessage[],
  senders: readonly MessageSender[],
): Promise<TriedMessage[]> {
  const renderings = await renderMessages(ctx, claimed);
  return Promise.all(
    claimed.map(async (one, i) => {
      const { id, attempts } = one;
      const outcome = await inTime(tryOne(ctx, renderings[i]!, senders, one)).catch((error: unknown): Attempt => {
        ctx.log.error("a message could not be put into words or sent and will be tried again", faultFields(error));
        return { result: { ok: false, retry: true, code: "fault" } };
      });
      if ("result" in outcome) {
        const after = afterTry(attempts, outcome.result);
        if (after.state === "failed") ctx.log.warn("a message was given up", { code: after.errorCode ?? "" });
        return { id, attempts, ...after, waitUntil: undefined, byWhatsapp: outcome.byWhatsapp };
      }
      if ("dropped" in outcome)
        return { id, attempts, state: "dropped", errorCode: outcome.dropped, waitUntil: undefined };
      return { id, attempts, state: "queued", errorCode: null, waitUntil: outcome.waitUntil };
    }),
  );
}

type Attempt =
  | { readonly result: SendResult; readonly byWhatsapp?: boolean }
  | Extract<Rendering, { dropped: string } | { waitUntil: Date }>;

async function tryOne(
  ctx: Context,
  rendering: Promise<Rendering>,
  senders: readonly MessageSender[],
  { id, errorCode }: ClaimedMessage,
): Promise<Attempt> {
  const rendered = await rendering;
  if (!("message" in rendered)) return rendered;
  const { message, channel } = rendered;
  const first = rendered.before && senders.find((one) => one.channel === rendered.before);
  const sender = senders.find((one) => one.channel === channel);
  if (first) {
    const canLeave = sender !== undefined && isTelephone(message.to);
    // An answer was lost a minute ago, and WhatsApp has told nothing since: it does not have it. Else it is asked, and one
    // whose answer is lost now waits its minute too: until then WhatsApp tells of it, and nobody gets it twice.
    if (!canLeave || errorCode === null || !MAY_BE_TAKEN.has(errorCode)) {
      const result = await first.send(message);
      if (result.ok || !canLeave || MAY_BE_TAKEN.has(result.code)) return { result, byWhatsapp: result.ok };
    }
    // Whom WhatsApp does not reach, or not now, the SMS does: nobody waits for one provider. Noted before, so that who
    // dies after it goes on with the SMS and its key instead of WhatsApp, which knows none.
    const left = await transaction(ctx, "worker", (tx) => leaveWhatsapp(tx, id));
    if (!left) return { result: { ok: true }, byWhatsapp: true };
  }
  if (!isTelephone(message.to) && channel === "sms") return { dropped: "no_sender" };
  return sender ? { result: await sender.send(message) } : { dropped: "no_sender" };
}

/** No answer came, and yet the other side may have it. */
const MAY_BE_TAKEN: ReadonlySet<string> = new Set(["http_timeout", "http_lost", "timeout"]);
const isTelephone = (to: string): boolean => to.startsWith("+");

/** The lease is longer than this: when it ends, whoever had it has stopped waiting. */
async function inTime(attempt: Promise<Attempt>): Promise<Attempt> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Attempt>((resolve) => {
    timer = setTimeout(() => resolve({ result: { ok: false, retry: true, code: "timeout" } }), SEND_TIMEOUT_MS);
  });
  return Promise.race([attempt, late]).finally(() => clearTimeout(timer));
}
