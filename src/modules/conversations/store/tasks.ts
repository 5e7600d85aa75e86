import type { ContactId, StaffId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { TaskOutcome } from "../rules/tasks.ts";
import type { Language, TalkChannel, TaskId, TaskReason } from "../types.ts";

export interface TaskRow {
  readonly id: TaskId;
  readonly reason: TaskReason;
  readonly step: string;
  readonly language: Language;
  readonly channel: TalkChannel;
  readonly createdAt: Date;
  readonly takenBy: StaffId | null;
  readonly takenUntil: Date | null;
}

/** A task with where its conversation stands; without a thread once three days of silence erased that. */
export interface OpenTaskRow extends TaskRow {
  readonly sealed: Buffer;
  readonly threadId: string | null;
  readonly who: Buffer | null;
  readonly contactId: ContactId | null;
  readonly heardAt: Date | null;
  readonly stopped: boolean | null;
}

/** What waits for a person, each conversation once by its earliest call: urgent first, then whoever has waited longest (role console). */
export function listOpenTasks(tx: Tx, most: number): Promise<TaskRow[]> {
  return rows(
    tx,
    sql`select id, reason, step, language, channel, created_at as "createdAt", taken_by as "takenBy", taken_until as "takenUntil"
        from (select distinct on (coalesce(thread_id, id)) * from conversations.tasks where done_at is null
              order by coalesce(thread_id, id), reason <> 'emergency', created_at, id) one
        order by reason <> 'emergency', created_at, id limit ${most}`,
  );
}

/** Makes it hers with all that waits of the same conversation, while nobody else has any of it; false otherwise. Of two at once one gets it. */
export async function takeIfFree(tx: Tx, id: TaskId, by: StaffId, now: Date, until: Date): Promise<boolean> {
  const waiting = await rows<{ id: TaskId; free: boolean }>(
    tx,
    sql`select id, taken_by is null or taken_by = ${by} or taken_until <= ${now} as free from conversations.tasks
        where done_at is null and (id = ${id} or thread_id = (select thread_id from conversations.tasks where id = ${id})) order by id for update`,
  );
  if (!waiting.some((one) => one.id === id) || !waiting.every(({ free }) => free)) return false;
  await run(
    tx,
    sql`update conversations.tasks set taken_by = ${by}, taken_until = ${until} where id = any(${waiting.map((one) => one.id)}::uuid[])`,
  );
  return true;
}

/** Locks an open one. */
export async function lockTask(tx: Tx, id: TaskId): Promise<OpenTaskRow | undefined> {
  const [row] = await rows<OpenTaskRow>(
    tx,
    sql`select k.id, k.reason, k.step, k.language, k.channel, k.created_at as "createdAt", k.taken_by as "takenBy", k.taken_until as "takenUntil", k.sealed,
          t.id as "threadId", t.who, t.contact_id as "contactId", t.heard_at as "heardAt", t.stopped
        from conversations.tasks k left join conversations.threads t on t.id = k.thread_id where k.id = ${id} and k.done_at is null for update of k`,
  );
  return row;
}

export async function giveBack(tx: Tx, task: Pick<OpenTaskRow, "id" | "threadId">): Promise<void> {
  await run(
    tx,
    sql`update conversations.tasks set taken_by = null, taken_until = null where done_at is null and (id = ${task.id} or thread_id = ${task.threadId})`,
  );
}

/** Closes it with the others of the same conversation: whoever was answered was answered once. */
export async function closeTasks(
  tx: Tx,
  task: Pick<OpenTaskRow, "id" | "threadId">,
  by: StaffId,
  outcome: TaskOutcome,
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`update conversations.tasks set done_at = ${now}, outcome = ${outcome}, taken_by = ${by}, taken_until = ${now}
        where done_at is null and (id = ${task.id} or thread_id = ${task.threadId})`,
  );
}

export interface KeptLine {
  readonly id: string;
  readonly at: Date;
  readonly sealed: Buffer;
  readonly staffId: StaffId | null;
}

/** One thing that she said, of that conversation only. */
export async function findSaid(tx: Tx, who: Buffer, id: string): Promise<Pick<KeptLine, "id" | "sealed"> | undefined> {
  const [row] = await rows<Pick<KeptLine, "id" | "sealed">>(
    tx,
    sql`select id, sealed from conversations.inbox where id = ${id} and who = ${who}`,
  );
  return row;
}

/** What she said and what was said back, the latest first; `who` under any key under which it came in. */
export async function listLines(
  tx: Tx,
  threadId: string,
  who: Buffer,
  most: number,
): Promise<{ readonly said: KeptLine[]; readonly replies: KeptLine[] }> {
  return {
    said: await rows(
      tx,
      sql`select id, said_at as at, sealed, null::uuid as "staffId" from conversations.inbox where who = ${who} order by said_at desc, id limit ${most}`,
    ),
    replies: await rows(
      tx,
      sql`select id, created_at as at, sealed, staff_id as "staffId" from conversations.replies where thread_id = ${threadId} order by created_at desc, number desc limit ${most}`,
    ),
  };
}
