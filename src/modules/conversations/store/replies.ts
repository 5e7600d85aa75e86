import type { StaffId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { DeliveryState, TalkChannel } from "../types.ts";

export interface NewReply {
  readonly id: string;
  readonly threadId: string;
  readonly inboxId: string;
  readonly number: number;
  readonly channel: TalkChannel;
  readonly sealed: Buffer;
  readonly createdAt: Date;
  /** Whose own words they are. */
  readonly staffId?: StaffId;
}

export interface ClaimedReply {
  readonly id: string;
  readonly channel: TalkChannel;
  readonly sealed: Buffer;
  readonly attempts: number;
  readonly heardAt: Date;
}

/**
 * Once for each message and number, however often that message is worked on (roles worker and console). Into a call nothing is
 * sent later: what is answered there is said in the response to the same request. Two answers of a conversation never have one
 * instant: they leave in the order in which they were made.
 */
export async function insertReplies(tx: Tx, replies: readonly NewReply[]): Promise<void> {
  for (const { id, threadId, inboxId, number, channel, sealed, createdAt, staffId = null } of replies)
    await run(
      tx,
      sql`insert into conversations.replies (id, thread_id, inbox_id, number, channel, sealed, next_try_at, created_at, staff_id, state, sent_at)
          values (${id}, ${threadId}, ${inboxId}, ${number}, ${channel}, ${sealed}, ${createdAt},
            greatest(${createdAt}::timestamptz, (select max(created_at) + interval '1 microsecond' from conversations.replies where thread_id = ${threadId})), ${staffId},
            ${channel === "phone" ? "sent" : "queued"}, ${channel === "phone" ? createdAt : null}) on conflict (inbox_id, number) do nothing`,
    );
}

/** Leases the earliest waiting answer of each conversation: what is said stays in its order. */
export function claimReplies(tx: Tx, now: Date, until: Date, most: number): Promise<ClaimedReply[]> {
  return rows(
    tx,
    sql`update conversations.replies r set next_try_at = ${until}, attempts = r.attempts + 1
        from (select d.id, t.heard_at from conversations.replies d join conversations.threads t on t.id = d.thread_id
              where d.state = 'queued' and d.channel <> 'phone' and d.next_try_at <= ${now}
                and not exists (select from conversations.replies e where e.thread_id = d.thread_id and e.state = 'queued' and (e.created_at, e.number) < (d.created_at, d.number))
              order by d.created_at for update of d skip locked limit ${most}) due
        where r.id = due.id
        returning r.id, r.channel, r.sealed, r.attempts, due.heard_at as "heardAt"`,
  );
}

/** The answer to one message of a call, as often as it is asked for (role worker). */
export async function findReply(
  tx: Tx,
  channel: TalkChannel,
  messageDigest: Buffer,
): Promise<{ readonly id: string; readonly sealed: Buffer } | undefined> {
  const [row] = await rows<{ id: string; sealed: Buffer }>(
    tx,
    sql`select r.id, r.sealed from conversations.inbox i join conversations.replies r on r.inbox_id = i.id and r.number = 1
        where i.channel = ${channel} and i.message_digest = ${messageDigest}`,
  );
  return row;
}

export interface TriedReply {
  readonly id: string;
  readonly state: "sent" | "queued" | "failed";
  readonly code: string | null;
  readonly refDigest: Buffer | null;
  readonly nextTryAt: Date;
}

export async function recordReply(tx: Tx, tried: TriedReply, now: Date): Promise<void> {
  const { id, state, code, refDigest, nextTryAt } = tried;
  await run(
    tx,
    sql`update conversations.replies set state = ${state}, error_code = ${code}, ref_digest = coalesce(${refDigest}::bytea, ref_digest), next_try_at = ${nextTryAt},
          sent_at = case when ${state} = 'sent' then ${now}::timestamptz end where id = ${id} and state = 'queued'`,
  );
}

/** What the provider tells of something sent. States come in any order and more than once: they only go forward. */
export async function recordDelivery(tx: Tx, refDigest: Buffer, state: DeliveryState): Promise<void> {
  const before = { delivered: ["sent"], read: ["sent", "delivered"], failed: ["sent"] }[state];
  await run(
    tx,
    sql`update conversations.replies set state = ${state} where ref_digest = ${refDigest} and state = any(${before}::text[])`,
  );
}

export function deleteRepliesBefore(tx: Tx, before: Date): Promise<number> {
  return run(tx, sql`delete from conversations.replies where created_at < ${before}`);
}
