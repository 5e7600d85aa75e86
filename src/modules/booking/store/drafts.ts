import { run, sql, type Tx } from "#platform/db/index.ts";

export interface DraftRow {
  readonly sessionId: string;
  readonly sealed: Buffer;
  readonly updatedAt: Date;
  readonly eraseAfter: Date;
}

/** Reads nothing, not even as `excluded.sealed`: the role of this path may not. */
export async function saveDraft(tx: Tx, draft: DraftRow): Promise<void> {
  await run(
    tx,
    sql`insert into booking.drafts (session_id, sealed, updated_at, erase_after) values (${draft.sessionId}, ${draft.sealed}, ${draft.updatedAt}, ${draft.eraseAfter})
        on conflict (session_id) do update set sealed = ${draft.sealed}, updated_at = ${draft.updatedAt}, erase_after = ${draft.eraseAfter}`,
  );
}

export async function deleteDraft(tx: Tx, sessionId: string): Promise<void> {
  await run(tx, sql`delete from booking.drafts where session_id = ${sessionId}`);
}

/** Returns how many went: a figure without persons. */
export function deleteDraftsBefore(tx: Tx, now: Date): Promise<number> {
  return run(tx, sql`delete from booking.drafts where erase_after <= ${now}`);
}
