import type { ContactId, LocalDate } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Language, TalkChannel, TaskReason } from "../types.ts";

export interface ThreadRow {
  readonly id: string;
  readonly contactId: ContactId | null;
  readonly version: number;
  readonly sealed: Buffer;
  readonly stopped: boolean;
  /** An agent has it now. */
  readonly withAgent: boolean;
}

export interface SavedThread {
  readonly id: string;
  readonly who: Buffer;
  readonly contactId: ContactId | null;
  /** What was read; 0 of a new one. */
  readonly version: number;
  readonly sealed: Buffer;
  readonly stopped: boolean;
  readonly heardAt: Date;
  readonly channel: TalkChannel;
  readonly eraseAfter: Date;
}

/** Under any live version of the digest's key (role worker, as all here). */
export async function findThread(tx: Tx, who: readonly Buffer[], now: Date): Promise<ThreadRow | undefined> {
  const [row] = await rows<ThreadRow>(
    tx,
    sql`select id, contact_id as "contactId", version, sealed, stopped,
          exists (select from conversations.tasks k where k.thread_id = t.id and k.done_at is null and k.taken_until > ${now}) as "withAgent"
        from conversations.threads t where who = any(${who}::bytea[]) limit 1`,
  );
  return row;
}

/** Writes where it stands now; false when another did meanwhile, so that nothing is written over. */
export async function saveThread(tx: Tx, thread: SavedThread): Promise<boolean> {
  const { id, who, contactId, version, sealed, stopped, heardAt, channel, eraseAfter } = thread;
  const saved = await run(
    tx,
    version === 0
      ? sql`insert into conversations.threads (id, who, contact_id, sealed, stopped, heard_at, channel, erase_after)
            values (${id}, ${who}, ${contactId}, ${sealed}, ${stopped}, ${heardAt}, ${channel}, ${eraseAfter}) on conflict do nothing`
      : sql`update conversations.threads set who = ${who}, contact_id = ${contactId}, version = version + 1, sealed = ${sealed}, stopped = ${stopped},
              heard_at = ${heardAt}, channel = ${channel}, erase_after = ${eraseAfter} where id = ${id} and version = ${version}`,
  );
  return saved === 1;
}

export async function insertTask(
  tx: Tx,
  task: {
    readonly id: string;
    readonly threadId: string;
    readonly inboxId: string;
    readonly reason: TaskReason;
    readonly step: string;
    readonly language: Language;
    readonly channel: TalkChannel;
    readonly sealed: Buffer;
    readonly createdAt: Date;
    readonly eraseAfter: LocalDate;
  },
): Promise<void> {
  const { id, threadId, inboxId, reason, step, language, channel, sealed, createdAt, eraseAfter } = task;
  await run(
    tx,
    sql`insert into conversations.tasks (id, thread_id, inbox_id, reason, step, language, channel, sealed, created_at, erase_after)
        values (${id}, ${threadId}, ${inboxId}, ${reason}, ${step}, ${language}, ${channel}, ${sealed}, ${createdAt}, ${eraseAfter}::date)
        on conflict (inbox_id) do nothing`,
  );
}

/** What nobody goes on with, and calls for a person that are long over. Returns how many conversations were erased. */
export async function eraseThreads(tx: Tx, now: Date): Promise<number> {
  await run(tx, sql`delete from conversations.tasks where erase_after < ${now}::date`);
  return run(tx, sql`delete from conversations.threads where erase_after < ${now} and not stopped`);
}
