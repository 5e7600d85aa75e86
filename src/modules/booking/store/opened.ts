import { run, sql, type Tx } from "#platform/db/index.ts";

/** Rows of one statement, so that a sweep never holds many locks at once. */
export const ERASED_AT_ONCE = 2_000;

/** Again is the same as once. */
export async function insertOpened(tx: Tx, sessionId: string, subjectIds: readonly string[], now: Date): Promise<void> {
  await run(
    tx,
    sql`insert into booking.opened (session_id, subject_id, opened_at)
        select ${sessionId}::uuid, id, ${now}::timestamptz from unnest(${subjectIds}::uuid[]) as t (id) on conflict do nothing`,
  );
}

/** Returns how many went. */
export function deleteOpenedBefore(tx: Tx, before: Date): Promise<number> {
  return run(
    tx,
    sql`delete from booking.opened where ctid = any(array(select ctid from booking.opened where opened_at < ${before} limit ${ERASED_AT_ONCE}))`,
  );
}
