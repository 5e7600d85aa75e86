import type { StaffId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";

/** When this member opened files of late; nobody else counts for her until the transaction ends. */
export async function lockOpened(tx: Tx, staffId: StaffId): Promise<Date[]> {
  const [row] = await rows<{ openedAt: Date[] }>(
    tx,
    sql`insert into booking.opened_files (staff_id, opened_at) values (${staffId}, '{}')
        on conflict (staff_id) do update set staff_id = excluded.staff_id returning opened_at as "openedAt"`,
  );
  return row!.openedAt;
}

export async function saveOpened(tx: Tx, staffId: StaffId, openedAt: readonly Date[]): Promise<void> {
  await run(
    tx,
    sql`update booking.opened_files set opened_at = ${openedAt}::timestamptz[] where staff_id = ${staffId}`,
  );
}
