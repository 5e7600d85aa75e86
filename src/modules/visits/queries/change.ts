import type { BookingId, OfficeId } from "#kernel/ids.ts";
import type { BookingState } from "#modules/booking/index.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { PartyChange, Visit } from "../types.ts";

/** How the party stands in this transaction, for everybody who has it on a list. */
export async function readChange(
  tx: Tx,
  officeId: OfficeId,
  bookingId: BookingId,
  visit: Visit,
): Promise<PartyChange | undefined> {
  const [found] = await rows<{ state: BookingState; appointments: PartyChange["appointments"] }>(
    tx,
    sql`select b.state, coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'state', p.state, 'outcomes',
            coalesce((select jsonb_agg(jsonb_build_object('service', o.service, 'code', o.code, 'reason', o.reason)) from visits.outcomes o
                      where o.office_id = p.office_id and o.appointment_id = p.id and o.undone_at is null), '[]')))
          from booking.appointments p where p.office_id = b.office_id and p.booking_id = b.id), '[]') as appointments
        from booking.bookings b where b.office_id = ${officeId} and b.id = ${bookingId}`,
  );
  const { officeId: _office, localDate: _day, ...rest } = visit;
  return found && { visit: rest, ...found };
}
