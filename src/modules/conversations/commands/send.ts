import { transaction, type Context } from "#platform/context.ts";
import { LEASE_MS, MOST_TRIES, nextTry, WINDOW_MS } from "../rules/times.ts";
import { claimReplies, recordReply, type ClaimedReply, type TriedReply } from "../store/replies.ts";
import type { Carrier, CarryResult, KeptReply } from "../types.ts";
import { digestOfId } from "./receive.ts";

/** Conversations that are answered at once; within the provider's 80 messages a second for one number. */
const AT_ONCE = 16;
const RUN_MS = 20_000;

/** Sends the answers that wait, each conversation's in their order, and tries again with longer and longer pauses. Returns how many left. */
export async function sendReplies(ctx: Context, carriers: readonly Carrier[]): Promise<number> {
  let sent = 0;
  const began = performance.now();
  while (performance.now() - began < RUN_MS) {
    const now = ctx.clock.now();
    const until = new Date(now.getTime() + LEASE_MS);
    const claimed = await transaction(ctx, "worker", (tx) => claimReplies(tx, now, until, AT_ONCE));
    if (claimed.length === 0) break;
    const plains = await ctx.keyring.open(
      claimed.map(({ id, sealed }) => ({ field: "conversations.reply", row: id, sealed })),
    );
    const tried = await Promise.all(claimed.map((one, i) => trySending(one, plains[i], carriers, now)));
    await transaction(ctx, "worker", async (tx) => {
      for (const one of tried) await recordReply(tx, one, ctx.clock.now());
    });
    sent += tried.filter(({ state }) => state === "sent").length;
  }
  return sent;
}

async function trySending(
  { id, channel, attempts, heardAt }: ClaimedReply,
  plain: string | undefined,
  carriers: readonly Carrier[],
  now: Date,
): Promise<TriedReply> {
  const over = { id, refDigest: null, nextTryAt: now };
  const carrier = carriers.find((one) => one.channel === channel);
  if (plain === undefined) return { ...over, state: "failed", code: "erased" };
  if (!carrier) return { ...over, state: "failed", code: "no_carrier" };
  const { to, prompt } = JSON.parse(plain) as KeptReply;
  const inWindow = now.getTime() - heardAt.getTime() < WINDOW_MS;
  const result = await carrier
    .carry({ id, to, prompt, inWindow })
    .catch((): CarryResult => ({ ok: false, retry: true, code: "fault" }));
  if (result.ok) return { ...over, state: "sent", code: null, refDigest: result.ref ? digestOfId(result.ref) : null };
  const again = result.retry && attempts < MOST_TRIES;
  return { ...over, state: again ? "queued" : "failed", code: result.code, nextTryAt: nextTry(attempts, now) };
}
