import type {
  AppointmentId,
  BookingId,
  ContactId,
  LocalDate,
  OfficeId,
  ServiceGroup,
  ServiceSlug,
  SessionId,
  VisitId,
} from "#kernel/ids.ts";
import type { AppointmentState } from "#modules/booking/index.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { SuspensionReason } from "../rules/suspension.ts";
import type { OutcomeInput, Station, VisitState } from "../types.ts";

/** A service that stands still today. */
export interface Suspension {
  readonly id: string;
  readonly service: ServiceSlug;
  /** On whose account; null: all of the service. */
  readonly station: Station | null;
  readonly reason: SuspensionReason;
  readonly newsAt: Date;
  readonly startedAt: Date;
}

/** The right to return of a party, and what it was told. */
export interface ReturnRight {
  readonly localDate: LocalDate;
  readonly validUntil: LocalDate;
  readonly toldNewsAt: Date | null;
  readonly toldBackAt: Date | null;
  readonly printedAt: Date | null;
}

export interface AppointmentToday {
  readonly id: AppointmentId;
  readonly sessionId: SessionId;
  readonly ordinal: number;
  readonly services: readonly ServiceSlug[];
  /** Milliseconds UTC. */
  readonly startsAt: number;
  readonly minutes: number;
  readonly state: AppointmentState;
  /** Services of which an outcome stands. */
  readonly recorded: readonly ServiceSlug[];
}

/** A party that is still to be attended to today; nothing in it names anybody. */
export interface PartyToday {
  readonly bookingId: BookingId;
  readonly contactId: ContactId;
  readonly localDate: LocalDate;
  readonly startsAt: Date;
  /** Its hour was cut: it is asked for another one, and comes at this one only where it says so. */
  readonly displaced: boolean;
  readonly visit: VisitState | null;
  readonly station: Station | null;
  readonly route: readonly Station[] | null;
  readonly calledAt: Date | null;
  readonly servedAt: Date | null;
  readonly expectedAt: Date | null;
  readonly toldFor: Date | null;
  readonly right: ReturnRight | null;
  readonly appointments: readonly AppointmentToday[];
}

/** A session of today with the counters at which nobody works. */
export interface SessionToday {
  readonly id: SessionId;
  readonly serviceGroup: ServiceGroup;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly counters: number;
  readonly absent: readonly number[];
}

/** Suspensions of that day that stand, the oldest first. */
export function listSuspensions(tx: Tx, officeId: OfficeId, localDate: LocalDate): Promise<Suspension[]> {
  return rows(
    tx,
    sql`select id, service, station, reason, news_at as "newsAt", started_at as "startedAt" from visits.suspensions
        where office_id = ${officeId} and local_date = ${localDate} and ended_at is null order by started_at, service`,
  );
}

/** Offices at which something stands still on the day that it is there. */
export function listSuspendedOffices(
  tx: Tx,
  days: ReadonlyMap<OfficeId, LocalDate>,
): Promise<{ officeId: OfficeId }[]> {
  return rows(
    tx,
    sql`select distinct s.office_id as "officeId" from visits.suspensions s
        join unnest(${[...days.keys()]}::text[], ${[...days.values()]}::date[]) as t (office_id, today) on t.office_id = s.office_id and t.today = s.local_date
        where s.ended_at is null order by 1`,
  );
}

/** Open bookings of that day, and those that came back on it; of one booking, when it is named. */
export async function listParties(
  tx: Tx,
  officeId: OfficeId,
  localDate: LocalDate,
  bookingId?: BookingId,
): Promise<PartyToday[]> {
  const found = await rows<Omit<PartyToday, "right"> & ReturnRight & { given: boolean; rightDate: LocalDate }>(
    tx,
    sql`select b.id as "bookingId", b.contact_id as "contactId", to_char(b.local_date, 'YYYY-MM-DD') as "localDate", b.starts_at as "startsAt",
          exists (select from schedules.places c where c.holder = b.id and c.state = 'booked' and c.cut_id is not null) as displaced,
          v.state as visit, v.station, v.route, v.called_at as "calledAt", v.served_at as "servedAt", e.expected_at as "expectedAt", e.told_for as "toldFor",
          r.booking_id is not null as given, to_char(r.local_date, 'YYYY-MM-DD') as "rightDate", to_char(r.valid_until, 'YYYY-MM-DD') as "validUntil",
          r.told_news_at as "toldNewsAt", r.told_back_at as "toldBackAt", r.printed_at as "printedAt",
          (select jsonb_agg(jsonb_build_object('id', p.id, 'sessionId', p.session_id, 'ordinal', p.ordinal, 'services', p.services, 'startsAt', extract(epoch from p.starts_at) * 1000,
             'minutes', p.steps * s.step_minutes, 'state', p.state, 'recorded', coalesce((select jsonb_agg(o.service) from visits.outcomes o
               where o.office_id = p.office_id and o.appointment_id = p.id and o.undone_at is null), '[]')) order by p.starts_at, p.ordinal)
           from booking.appointments p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id
           where p.office_id = b.office_id and p.booking_id = b.id) as appointments
        from (select id from booking.bookings where office_id = ${officeId} and local_date = ${localDate}
              union select booking_id from visits.visits where office_id = ${officeId} and local_date = ${localDate}) of_day
        join booking.bookings b on b.office_id = ${officeId} and b.id = of_day.id and b.state = 'active'
        left join visits.visits v on v.office_id = b.office_id and v.booking_id = b.id
        left join visits.expected_hours e on e.office_id = b.office_id and e.booking_id = b.id and e.local_date = ${localDate}
        left join visits.return_rights r on r.office_id = b.office_id and r.booking_id = b.id and r.local_date = b.local_date and r.undone_at is null
        where ${bookingId ?? null}::uuid is null or b.id = ${bookingId ?? null}::uuid
        order by b.starts_at, b.id`,
  );
  return found.map(({ given, rightDate, validUntil, toldNewsAt, toldBackAt, printedAt, ...party }) => ({
    ...party,
    appointments: party.appointments ?? [],
    right: given ? { localDate: rightDate, validUntil, toldNewsAt, toldBackAt, printedAt } : null,
  }));
}

/** The open sessions of a day, with who is not there. */
export function listSessions(tx: Tx, officeId: OfficeId, localDate: LocalDate): Promise<SessionToday[]> {
  return rows(
    tx,
    sql`select s.id, s.service_group as "serviceGroup", s.starts_at as "startsAt", s.ends_at as "endsAt", s.counters,
          array(select a.counter from visits.absences a where a.office_id = s.office_id and a.session_id = s.id and a.until is null order by 1) as absent
        from schedules.sessions s where s.office_id = ${officeId} and s.local_date = ${localDate} and s.state = 'open'
        order by s.starts_at, s.service_group, s.id`,
  );
}

/** Days on which an office does not open, the first not counted. */
export async function listClosedDays(
  tx: Tx,
  officeId: OfficeId,
  after: LocalDate,
  to: LocalDate,
): Promise<Set<LocalDate>> {
  const days = await rows<{ day: LocalDate }>(
    tx,
    sql`select to_char(local_date, 'YYYY-MM-DD') as day from schedules.closures where office_id = ${officeId} and local_date > ${after} and local_date <= ${to}`,
  );
  return new Set(days.map((one) => one.day));
}

/** A right to return that is not taken back, whether or not it is still good. Who moved to another day has it no more. */
export async function findRight(
  tx: Tx,
  officeId: OfficeId,
  bookingId: BookingId,
): Promise<{ localDate: LocalDate; validUntil: LocalDate } | undefined> {
  const [right] = await rows<{ localDate: LocalDate; validUntil: LocalDate }>(
    tx,
    sql`select to_char(r.local_date, 'YYYY-MM-DD') as "localDate", to_char(r.valid_until, 'YYYY-MM-DD') as "validUntil"
        from visits.return_rights r join booking.bookings b on b.office_id = r.office_id and b.id = r.booking_id and b.local_date = r.local_date
        where r.office_id = ${officeId} and r.booking_id = ${bookingId} and r.undone_at is null`,
  );
  return right;
}

/** Rights and hours of the bookings of a day's list, by booking. */
export function listOwnHours(
  tx: Tx,
  officeId: OfficeId,
  localDate: LocalDate,
): Promise<{ bookingId: BookingId; expectedAt: Date | null; returnUntil: LocalDate | null }[]> {
  return rows(
    tx,
    sql`select coalesce(e.booking_id, r.booking_id) as "bookingId", e.expected_at as "expectedAt", to_char(r.valid_until, 'YYYY-MM-DD') as "returnUntil"
        from (select * from visits.expected_hours where office_id = ${officeId} and local_date = ${localDate}) e
        full join (select r.booking_id, r.valid_until from visits.return_rights r
          join booking.bookings b on b.office_id = r.office_id and b.id = r.booking_id and b.local_date = r.local_date
          where r.office_id = ${officeId} and r.undone_at is null and r.valid_until >= ${localDate}) r on r.booking_id = e.booking_id`,
  );
}

/** Outcomes of a visit that stand, by appointment: of a party that came back for the rest. */
export async function listRecorded(
  tx: Tx,
  officeId: OfficeId,
  visitId: VisitId,
): Promise<Pick<OutcomeInput, "appointmentId" | "service" | "code">[]> {
  return rows(
    tx,
    sql`select appointment_id as "appointmentId", service, code from visits.outcomes
        where office_id = ${officeId} and visit_id = ${visitId} and undone_at is null`,
  );
}
