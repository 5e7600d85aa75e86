import type { AppointmentId, BookingId, ContactId, LocalDate, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";

/** What the cashier must know of a party; nothing in it names anybody. */
export interface PartyAtCashier {
  /** Somebody received it today. */
  readonly received: boolean;
  readonly appointments: readonly {
    readonly id: AppointmentId;
    readonly ordinal: number;
    readonly services: readonly ServiceSlug[];
  }[];
  /** Services of which an outcome stands that says that a paper was missing. */
  readonly missing: readonly {
    readonly appointmentId: AppointmentId;
    readonly service: ServiceSlug;
    readonly at: string;
  }[];
  /** Last day of its right to return. */
  readonly returnUntil: LocalDate | null;
}

/** Undefined of a booking that this office has not, or has no more. */
export async function findParty(
  tx: Tx,
  officeId: OfficeId,
  bookingId: BookingId,
  today: LocalDate,
): Promise<PartyAtCashier | undefined> {
  const [party] = await rows<PartyAtCashier>(
    tx,
    sql`select exists (select from visits.visits v where v.office_id = b.office_id and v.booking_id = b.id and v.local_date = ${today} and v.arrived_at is not null) as received,
          coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'ordinal', a.ordinal, 'services', a.services) order by a.ordinal, a.starts_at) from booking.appointments a
            where a.office_id = b.office_id and a.booking_id = b.id and a.state not in ('cancelled', 'lapsed')), '[]') as appointments,
          coalesce((select jsonb_agg(jsonb_build_object('appointmentId', o.appointment_id, 'service', o.service, 'at', o.recorded_at))
            from booking.appointments a join visits.outcomes o on o.office_id = a.office_id and o.appointment_id = a.id and o.undone_at is null and o.code = 'missing_document'
            where a.office_id = b.office_id and a.booking_id = b.id), '[]') as missing,
          (select to_char(r.valid_until, 'YYYY-MM-DD') from visits.return_rights r where r.office_id = b.office_id and r.booking_id = b.id and r.undone_at is null) as "returnUntil"
        from booking.bookings b where b.office_id = ${officeId} and b.id = ${bookingId} and b.state not in ('cancelled', 'lapsed')`,
  );
  return party;
}

/** Whose each document is: number of the person in her booking. */
export async function ordinalsOf(
  tx: Tx,
  officeId: OfficeId,
  ids: readonly AppointmentId[],
): Promise<Map<AppointmentId, number>> {
  const found = await rows<{ id: AppointmentId; ordinal: number }>(
    tx,
    sql`select id, ordinal from booking.appointments where office_id = ${officeId} and id = any(${ids}::uuid[])`,
  );
  return new Map(found.map((one) => [one.id, one.ordinal]));
}

/** Days on which an office does not open, the first not counted. */
export async function closedDays(tx: Tx, officeId: OfficeId, after: LocalDate, to: LocalDate): Promise<Set<LocalDate>> {
  const days = await rows<{ day: LocalDate }>(
    tx,
    sql`select to_char(local_date, 'YYYY-MM-DD') as day from schedules.closures where office_id = ${officeId} and local_date > ${after} and local_date <= ${to}`,
  );
  return new Set(days.map((one) => one.day));
}

/** Who is told of papers of these bookings. */
export function listContacts(
  tx: Tx,
  officeId: OfficeId,
  bookingIds: readonly BookingId[],
): Promise<{ bookingId: BookingId; contactId: ContactId }[]> {
  return rows(
    tx,
    sql`select id as "bookingId", contact_id as "contactId" from booking.bookings where office_id = ${officeId} and id = any(${bookingIds}::uuid[])`,
  );
}
