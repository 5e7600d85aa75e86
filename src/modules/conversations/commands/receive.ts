import { createHash } from "node:crypto";
import { addDays, localDateAt } from "#kernel/time.ts";
import { parseAddress } from "#modules/people/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { monthKey } from "#platform/keyring/index.ts";
import { newId } from "#platform/random.ts";
import { INBOX_DAYS, LEASE_MS, STALE_MS } from "../rules/times.ts";
import { insertInbox, insertTurn, type ClaimedInbox, type NewInbox } from "../store/inbox.ts";
import { recordDelivery } from "../store/replies.ts";
import { findThread, type ThreadRow } from "../store/threads.ts";
import type { Delivery, Incoming } from "../types.ts";

/** What identifies a writer: two spellings of one number are one writer, and a user id is one too. */
export function keyOf(address: string): string {
  return parseAddress("whatsapp", address)?.key ?? `unknown:${address}`;
}

/**
 * Under which key a message is found again. Calls have a place of their own: their number is what the caller says, and the chats
 * of that number are told to nobody who only claims it.
 */
export function keyOfMessage({ channel, address }: Pick<Incoming, "channel" | "address">): string {
  return channel === "phone" ? `phone:${keyOf(address)}` : keyOf(address);
}

export const digestOfId = (id: string): Buffer => createHash("sha256").update(id).digest();

/**
 * Keeps what a provider handed over, in one insert, before it is told that we have it. What it hands over again, late
 * or out of order is kept once; what is so old that it may have been forgotten is left out. Returns how many were new.
 */
export async function receiveMessages(ctx: Context, given: readonly Incoming[]): Promise<number> {
  const incoming = given.filter(({ saidAt }) => ctx.now.getTime() - saidAt.getTime() < STALE_MS);
  if (incoming.length < given.length)
    ctx.log.warn("messages older than what we remember were left out", { count: given.length - incoming.length });
  if (incoming.length === 0) return 0;
  const kept = await sealedOf(ctx, incoming);
  return transaction(ctx, "citizen_writer", (tx) =>
    insertInbox(
      tx,
      kept.map((one) => one.row),
    ),
  );
}

/** A turn of a call that is ours to work on, with the conversation that it goes on with. */
export interface ReceivedTurn {
  readonly claimed: ClaimedInbox;
  readonly incoming: Incoming;
  /** Under every live version of the key. */
  readonly who: readonly Buffer[];
  readonly thread: ThreadRow | undefined;
}

/** The same for one turn of a call: kept, leased and its conversation read in one transaction. Undefined where it was kept before. */
export async function receiveTurn(ctx: Context, incoming: Incoming): Promise<ReceivedTurn | undefined> {
  const [kept] = await sealedOf(ctx, [incoming]);
  const { row, who } = kept!;
  const until = new Date(ctx.clock.now().getTime() + LEASE_MS);
  const { isNew, thread } = await transaction(ctx, "worker", async (tx) => {
    const [isNew, thread] = await Promise.all([insertTurn(tx, row, until), findThread(tx, who, ctx.clock.now())]);
    return { isNew, thread };
  });
  const { id, channel, saidAt, sealed } = row;
  return isNew ? { claimed: { id, channel, saidAt, sealed, attempts: 1 }, incoming, who, thread } : undefined;
}

/** Rows of what was handed over, sealed, with every digest of its writer. */
async function sealedOf(
  ctx: Context,
  incoming: readonly Incoming[],
): Promise<{ readonly row: NewInbox; readonly who: readonly Buffer[] }[]> {
  const ids = incoming.map(() => newId<string>());
  const under = monthKey(addDays(localDateAt(ctx.now, "UTC"), INBOX_DAYS + 1).slice(0, 7));
  const [who, sealed] = await Promise.all([
    ctx.keyring.digest("contact", incoming.map(keyOfMessage)),
    ctx.keyring.seal(
      incoming.map((one, i) => ({ under, field: "conversations.said", row: ids[i]!, plain: JSON.stringify(one) })),
    ),
  ]);
  return incoming.map(({ channel, messageId, saidAt }, i) => ({
    row: {
      id: ids[i]!,
      channel,
      messageDigest: digestOfId(messageId),
      who: who[i]![0]!.digest,
      // A clock of theirs that runs ahead keeps nobody's later messages waiting.
      saidAt: saidAt > ctx.now ? ctx.now : saidAt,
      receivedAt: ctx.now,
      sealed: sealed[i]!,
    },
    who: who[i]!.map(({ digest }) => digest),
  }));
}

/** What became of what we sent: told in any order and more than once, it only goes forward. */
export async function receiveDeliveries(ctx: Context, deliveries: readonly Delivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  await transaction(ctx, "citizen_writer", async (tx) => {
    for (const { ref, state } of deliveries) await recordDelivery(tx, digestOfId(ref), state);
  });
}
