import type { BookingId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";

/** Bookings of a day of which somebody came, or nobody. Who cancelled or lapsed gave the place back in time. */
export async function listEnded(
  tx: Tx,
  offices: readonly OfficeId[],
  day: LocalDate,
): Promise<{ bookingId: BookingId; people: number; came: boolean }[]> {
  return rows(
    tx,
    sql`select id as "bookingId", people, state = 'completed' as came from booking.bookings
        where office_id = any(${offices}::text[]) and local_date = ${day} and state in ('completed', 'missed')`,
  );
}
