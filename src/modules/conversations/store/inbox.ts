import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { TalkChannel } from "../types.ts";

export interface NewInbox {
  readonly id: string;
  readonly channel: TalkChannel;
  readonly messageDigest: Buffer;
  readonly who: Buffer;
  readonly saidAt: Date;
  readonly receivedAt: Date;
  readonly sealed: Buffer;
}

export interface ClaimedInbox {
  readonly id: string;
  readonly channel: TalkChannel;
  readonly saidAt: Date;
  readonly sealed: Buffer;
  /** With the try that begins now. */
  readonly attempts: number;
}

/** Writes in one statement what a provider handed over; what was written before is not written again. Returns how many were new. */
export function insertInbox(tx: Tx, messages: readonly NewInbox[]): Promise<number> {
  return run(
    tx,
    sql`insert into conversations.inbox (id, channel, message_digest, who, said_at, received_at, sealed)
        select * from unnest(${messages.map((one) => one.id)}::uuid[], ${messages.map((one) => one.channel)}::text[], ${messages.map((one) => one.messageDigest)}::bytea[],
          ${messages.map((one) => one.who)}::bytea[], ${messages.map((one) => one.saidAt)}::timestamptz[], ${messages.map((one) => one.receivedAt)}::timestamptz[], ${messages.map((one) => one.sealed)}::bytea[])
        on conflict (channel, message_digest) do nothing`,
  );
}

/** Writes one turn of a call that is worked on from this instant (role worker); false when it was written before. */
export async function insertTurn(tx: Tx, turn: NewInbox, until: Date): Promise<boolean> {
  const { id, channel, messageDigest, who, saidAt, receivedAt, sealed } = turn;
  const inserted = await run(
    tx,
    sql`insert into conversations.inbox (id, channel, message_digest, who, said_at, received_at, sealed, lease_until, attempts)
        values (${id}, ${channel}, ${messageDigest}, ${who}, ${saidAt}, ${receivedAt}, ${sealed}, ${until}, 1)
        on conflict (channel, message_digest) do nothing`,
  );
  return inserted === 1;
}

/** Leases the earliest message of each address that has none under way (role worker): one person's messages are worked on one by one. */
export function claimInbox(tx: Tx, now: Date, until: Date, most: number): Promise<ClaimedInbox[]> {
  return rows(
    tx,
    sql`update conversations.inbox i set lease_until = ${until}, attempts = i.attempts + 1
        from (select id from conversations.inbox d
              where done_at is null and (lease_until is null or lease_until <= ${now})
                and not exists (select from conversations.inbox e where e.who = d.who and e.done_at is null and (e.said_at, e.id) < (d.said_at, d.id))
              order by said_at for update skip locked limit ${most}) due
        where i.id = due.id
        returning i.id, i.channel, i.said_at as "saidAt", i.sealed, i.attempts`,
  );
}

/** Marks it done; false when somebody else did meanwhile. */
export async function finishInbox(tx: Tx, id: string, now: Date): Promise<boolean> {
  return (
    (await run(tx, sql`update conversations.inbox set done_at = ${now} where id = ${id} and done_at is null`)) === 1
  );
}

/** Leases one message of a call at once, whatever else waits; undefined where it is done or in somebody's hands. */
export async function claimOne(
  tx: Tx,
  channel: TalkChannel,
  messageDigest: Buffer,
  now: Date,
  until: Date,
): Promise<ClaimedInbox | undefined> {
  const [row] = await rows<ClaimedInbox>(
    tx,
    sql`update conversations.inbox set lease_until = ${until}, attempts = attempts + 1
        where channel = ${channel} and message_digest = ${messageDigest} and done_at is null and (lease_until is null or lease_until <= ${now})
        returning id, channel, said_at as "saidAt", sealed, attempts`,
  );
  return row;
}

/** The next try of one that failed is when its lease ends. */
export async function delayInbox(tx: Tx, id: string, until: Date): Promise<void> {
  await run(tx, sql`update conversations.inbox set lease_until = ${until} where id = ${id} and done_at is null`);
}

export function deleteInboxBefore(tx: Tx, before: Date): Promise<number> {
  return run(tx, sql`delete from conversations.inbox where received_at < ${before}`);
}
