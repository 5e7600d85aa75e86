import type { BookingId, OfficeId } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { OutcomeInput } from "../types.ts";

/** Outcomes of a booking that stand. */
export function listStanding(tx: Tx, officeId: OfficeId, bookingId: BookingId): Promise<OutcomeInput[]> {
  return rows(
    tx,
    sql`select o.appointment_id as "appointmentId", o.service, o.code, o.reason
        from visits.visits v join visits.outcomes o on o.office_id = v.office_id and o.visit_id = v.id
        where v.office_id = ${officeId} and v.booking_id = ${bookingId} and o.undone_at is null`,
  );
}
