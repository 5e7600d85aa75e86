import { setTimeout as wait } from "node:timers/promises";
import { transaction, type Context } from "#platform/context.ts";
import { findReply } from "../store/replies.ts";
import type { Incoming, KeptReply, Prompt } from "../types.ts";
import type { Desk } from "./perform.ts";
import { digestOfId, receiveTurn } from "./receive.ts";
import { workOnReceived, workOnTurn } from "./work.ts";

/** Milliseconds that a caller waits in silence; then she is told that it goes on. Providers give up after fifteen seconds. */
const MOST_WAIT_MS = 8_000;
const LOOK_MS = 100;

/**
 * Hears what a caller said or keyed and answers in the same breath. It is kept before it is worked on, like every message: the
 * same again, after a lost line, is answered by the same words and done once. Undefined while another node is at it.
 */
export async function hearCall(ctx: Context, desk: Desk, incoming: Incoming): Promise<Prompt | undefined> {
  const received = await receiveTurn(ctx, incoming);
  const said = received && (await workOnReceived(ctx, desk, received));
  if (said) return said;
  const until = performance.now() + MOST_WAIT_MS;
  do {
    await workOnTurn(ctx, desk, incoming);
    const answered = await answerTo(ctx, incoming);
    if (answered) return answered;
    await wait(LOOK_MS);
  } while (performance.now() < until);
  return undefined;
}

/** What was answered to a message of a call, as often as it is asked for; undefined where nothing was yet. */
export async function answerTo(
  ctx: Context,
  { channel, messageId }: Pick<Incoming, "channel" | "messageId">,
): Promise<Prompt | undefined> {
  const found = await transaction(ctx, "worker", (tx) => findReply(tx, channel, digestOfId(messageId)));
  if (!found) return undefined;
  const [plain] = await ctx.keyring.open([{ field: "conversations.reply", row: found.id, sealed: found.sealed }]);
  return plain === undefined ? undefined : (JSON.parse(plain) as KeptReply).prompt;
}
