import type { ContactId } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";

/** Whether a contact ever came with its people: the reader sees her own bookings only. */
export async function wasServed(tx: Tx, contactId: ContactId): Promise<boolean> {
  const found = await rows(
    tx,
    sql`select 1 from booking.bookings where contact_id = ${contactId} and state = 'completed' limit 1`,
  );
  return found.length > 0;
}
