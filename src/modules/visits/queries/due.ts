import type { AppointmentId, BookingId, LocalDate, OfficeId, VisitId } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";

/** Visits that were done before that instant and hold claims and counters still. Of a party of which somebody may come back with a paper, or of which a tablet may bring something, nothing is settled yet. */
export function listToSettle(tx: Tx, doneBefore: Date, most: number): Promise<{ officeId: OfficeId; id: VisitId }[]> {
  return rows(
    tx,
    sql`select office_id as "officeId", id from visits.visits
        where settled_at is null and state = 'done' and done_at <= ${doneBefore} and booking_id is not null
          and not exists (select from booking.bookings b where b.office_id = visits.office_id and b.id = visits.booking_id and b.state = 'active')
          and not exists (select from visits.loaned l where l.office_id = visits.office_id and l.booking_id = visits.booking_id and l.held_until > ${doneBefore}) order by done_at limit ${most}`,
  );
}

/** Bookings of days that are over at their office and that are open still; `served`: people to whom something was issued before they had to come back for the rest; `came` when the party stood in the hall, had a right to return (while that is good, it is open), or had been told not to come because its place was cut: none of them was missed. A suspended special day has no day on which anybody could be missed. */
export function listPastOpen(
  tx: Tx,
  days: ReadonlyMap<OfficeId, LocalDate>,
  now: Date,
  most: number,
): Promise<{ officeId: OfficeId; bookingId: BookingId; came: boolean; served: AppointmentId[] }[]> {
  return rows(
    tx,
    sql`select b.office_id as "officeId", b.id as "bookingId", coalesce(v.state in ('waiting', 'called', 'serving', 'done'), false) or r.booking_id is not null
            or exists (select from schedules.places p where p.office_id = b.office_id and p.holder = b.id and p.state = 'booked' and p.cut_id is not null) as came,
          array(select distinct o.appointment_id from visits.outcomes o where o.office_id = v.office_id and o.visit_id = v.id and o.code = 'issued' and o.undone_at is null) as served
        from unnest(${[...days.keys()]}::text[], ${[...days.values()]}::date[]) as t (office_id, today)
        join booking.bookings b on b.office_id = t.office_id and b.local_date < t.today and b.state = 'active'
        left join visits.visits v on v.office_id = b.office_id and v.booking_id = b.id
        left join visits.return_rights r on r.office_id = b.office_id and r.booking_id = b.id and r.local_date = b.local_date and r.undone_at is null
        where (r.booking_id is null or r.valid_until < t.today)
          and not exists (select from booking.appointments a join schedules.sessions s on s.office_id = a.office_id and s.id = a.session_id
                          join schedules.special_days d on d.office_id = s.office_id and d.id = s.special_day_id and d.state = 'suspended'
                          where a.office_id = b.office_id and a.booking_id = b.id and a.state = 'booked')
          and not exists (select from visits.loaned l where l.office_id = b.office_id and l.booking_id = b.id and l.held_until > ${now})
        order by b.id limit ${most}`,
  );
}

/** Visits of days that are over and that nobody settled: parties that were marked as not come. Of whoever may come back, or moved to another day, nothing is settled yet. */
export function listPastUnsettled(
  tx: Tx,
  days: ReadonlyMap<OfficeId, LocalDate>,
  now: Date,
  most: number,
): Promise<{ officeId: OfficeId; id: VisitId; bookingId: BookingId }[]> {
  return rows(
    tx,
    sql`select v.office_id as "officeId", v.id, v.booking_id as "bookingId"
        from unnest(${[...days.keys()]}::text[], ${[...days.values()]}::date[]) as t (office_id, today)
        join visits.visits v on v.office_id = t.office_id and v.local_date < t.today and v.settled_at is null and v.booking_id is not null
        where not exists (select from booking.bookings b where b.office_id = v.office_id and b.id = v.booking_id and b.state = 'active')
          and not exists (select from visits.loaned l where l.office_id = v.office_id and l.booking_id = v.booking_id and l.held_until > ${now})
        order by v.id limit ${most}`,
  );
}
