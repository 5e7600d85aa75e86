import type { ContactId, LocalDate } from "#kernel/ids.ts";
import { run, sql, type Tx } from "#platform/db/index.ts";

/** Counts one more view of the contact on that day. */
export async function countTimeView(
  tx: Tx,
  view: { readonly contactId: ContactId; readonly on: LocalDate; readonly eraseAfter: LocalDate },
): Promise<void> {
  await run(
    tx,
    sql`insert into booking.time_views as v (viewed_on, contact_id, views, erase_after) values (${view.on}, ${view.contactId}, 1, ${view.eraseAfter})
        on conflict (viewed_on, contact_id) do update set views = v.views + 1`,
  );
}

/** Returns how many rows went. */
export function deleteTimeViewsBefore(tx: Tx, today: LocalDate): Promise<number> {
  return run(tx, sql`delete from booking.time_views where erase_after < ${today}`);
}
