import type { AppointmentId, BookingId, LocalDate, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { OutcomeInput } from "../types.ts";

/** Sessions of one day at one place: what a tablet takes along. */
export interface Outing {
  readonly localDate: LocalDate;
  /** Null: the office itself. */
  readonly specialDayId: string | null;
  /** Where a special day takes place; null at the office. */
  readonly venue: string | null;
  readonly endsAt: Date;
  readonly parties: number;
}

export function listOutings(tx: Tx, officeId: OfficeId, from: LocalDate, to: LocalDate): Promise<Outing[]> {
  return rows(
    tx,
    sql`select to_char(s.local_date, 'YYYY-MM-DD') as "localDate", s.special_day_id as "specialDayId", max(v.name) as venue, max(s.ends_at) as "endsAt",
          count(distinct b.id)::int as parties
        from schedules.sessions s
        left join schedules.special_days d on d.office_id = s.office_id and d.id = s.special_day_id
        left join schedules.venues v on v.id = d.venue_id
        left join booking.appointments a on a.office_id = s.office_id and a.session_id = s.id and a.state = 'booked'
        left join booking.bookings b on b.office_id = a.office_id and b.id = a.booking_id and b.state = 'active'
        where s.office_id = ${officeId} and s.local_date between ${from} and ${to} and s.state = 'open'
        group by s.local_date, s.special_day_id having count(b.id) > 0 order by s.local_date, s.special_day_id nulls first`,
  );
}

/** Bookings of one outing, with what they come for and the version of their visit. */
export function listOutingParties(
  tx: Tx,
  officeId: OfficeId,
  localDate: LocalDate,
  specialDayId: string | null,
): Promise<{ bookingId: BookingId; version: number | null; services: ServiceSlug[] }[]> {
  return rows(
    tx,
    sql`select b.id as "bookingId", v.version, array_agg(distinct service) as services
        from booking.bookings b
        join booking.appointments a on a.office_id = b.office_id and a.booking_id = b.id
        join schedules.sessions s on s.office_id = a.office_id and s.id = a.session_id and s.special_day_id is not distinct from ${specialDayId}::uuid
        cross join lateral unnest(a.services) as service
        left join visits.visits v on v.office_id = b.office_id and v.booking_id = b.id
        where b.office_id = ${officeId} and b.local_date = ${localDate} and b.state in ('active', 'missed') group by b.id, v.version`,
  );
}

/** A list that a tablet took; those that came back are shown for a week. */
export interface LoanView {
  readonly id: string;
  readonly tablet: string;
  readonly localDate: LocalDate;
  readonly takenBy: string;
  readonly takenAt: Date;
  readonly expiresAt: Date;
  readonly parties: number;
  readonly mergedAt: Date | null;
  readonly lostAt: Date | null;
}

export function listLoans(tx: Tx, officeId: OfficeId, from: LocalDate): Promise<LoanView[]> {
  return rows(
    tx,
    sql`select l.id, t.name as tablet, to_char(l.local_date, 'YYYY-MM-DD') as "localDate", s.name as "takenBy", l.taken_at as "takenAt", l.expires_at as "expiresAt",
          l.merged_at as "mergedAt", l.lost_at as "lostAt",
          (select count(*)::int from visits.loaned d where d.office_id = l.office_id and d.loan_id = l.id) as parties
        from visits.loans l join visits.tablets t on t.office_id = l.office_id and t.id = l.tablet_id join people.staff s on s.id = l.taken_by
        where l.office_id = ${officeId} and (l.local_date >= ${from} or l.merged_at is null and l.lost_at is null) order by l.taken_at desc`,
  );
}

/** What a person has to decide; `settled`: nothing can be taken back any more, so that what the office has stands. */
export interface ConflictView {
  readonly id: string;
  readonly tablet: string;
  readonly localDate: LocalDate;
  readonly bookingId: BookingId;
  readonly appointmentId: AppointmentId | null;
  readonly code: string;
  readonly outcomes: readonly OutcomeInput[];
  readonly recorded: readonly OutcomeInput[];
  readonly settled: boolean;
}

export function listConflicts(tx: Tx, officeId: OfficeId): Promise<ConflictView[]> {
  return rows(
    tx,
    sql`select c.id, t.name as tablet, to_char(l.local_date, 'YYYY-MM-DD') as "localDate", c.booking_id as "bookingId", c.appointment_id as "appointmentId", c.code, c.outcomes,
          coalesce((select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('appointmentId', o.appointment_id, 'service', o.service, 'code', o.code, 'reason', o.reason)) order by o.service)
            from visits.outcomes o where o.office_id = c.office_id and o.appointment_id = c.appointment_id and o.undone_at is null), '[]') as recorded,
          coalesce((select v.settled_at is not null from visits.visits v where v.office_id = c.office_id and v.booking_id = c.booking_id), false) as settled
        from visits.merge_conflicts c join visits.loans l on l.office_id = c.office_id and l.id = c.loan_id join visits.tablets t on t.office_id = l.office_id and t.id = l.tablet_id
        where c.office_id = ${officeId} and c.resolved_at is null order by c.raised_at, c.id`,
  );
}
