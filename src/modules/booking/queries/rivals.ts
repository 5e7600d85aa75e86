import type { BookingId } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { RivalClaim } from "../rules/outcomes.ts";

/**
 * Claims of other bookings on the same person and scope as was issued to the people of these bookings.
 * Two people of one name with two different CURPs are two people. Whoever already stands in a hall is
 * left to the clerk before her.
 */
export function listRivals(tx: Tx, bookingIds: readonly BookingId[]): Promise<RivalClaim[]> {
  return rows(
    tx,
    sql`with issued as (
          select c.key, c.scope, c.kind, c.curp_key, c.booking_id
          from booking.claims c
          join booking.appointments p on p.booking_id = c.booking_id and p.id = c.appointment_id and p.state = 'served'
          join visits.outcomes o on o.office_id = p.office_id and o.appointment_id = p.id and o.code = 'issued' and o.undone_at is null
          join offices.services s on s.slug = o.service and s.claim_scope = c.scope
          where c.booking_id = any(${bookingIds}::uuid[])),
        rivals as (
          select i.curp_key as own_curp, i.booking_id as own_booking, r.* from issued i join booking.claims r on r.key = i.key and r.scope = i.scope and r.standing = 'counting'
          union all
          select i.curp_key, i.booking_id, r.* from issued i join booking.claims r on r.key = i.key and r.scope = i.scope and r.standing = 'contested')
        select distinct r.booking_id as "bookingId", r.appointment_id as "appointmentId", r.scope
        from rivals r join booking.appointments p on p.booking_id = r.booking_id and p.id = r.appointment_id and p.state = 'booked'
        where r.booking_id <> r.own_booking and not (r.kind = 'name' and r.curp_key is not null and r.own_curp is not null and r.curp_key <> r.own_curp)
          and not exists (select from visits.visits v where v.office_id = p.office_id and v.booking_id = p.booking_id and v.state in ('waiting', 'called', 'serving'))`,
  );
}
