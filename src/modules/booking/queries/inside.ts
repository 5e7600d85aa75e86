import type { BookingId, OfficeId } from "#kernel/ids.ts";
import { oneRow, sql, type Tx } from "#platform/db/index.ts";

/** Of these bookings of one office how many are in its hall: they came, and are not done. */
export async function countInside(tx: Tx, officeId: OfficeId, ids: readonly BookingId[]): Promise<number> {
  const { inside } = await oneRow<{ inside: number }>(
    tx,
    sql`select count(*)::int as inside from visits.visits
        where office_id = ${officeId} and booking_id = any(${ids}::uuid[]) and state in ('waiting', 'called', 'serving')`,
  );
  return inside;
}
