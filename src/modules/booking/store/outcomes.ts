import type { AppointmentId, BookingId, ContactId, LocalDate, OfficeId, ServiceSlug, SessionId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { AppointmentState, BookingState } from "../types.ts";

export interface BookingAtCounter {
  readonly id: BookingId;
  readonly officeId: OfficeId;
  readonly contactId: ContactId;
  readonly localDate: LocalDate;
  readonly people: number;
  readonly state: BookingState;
  /** `walk_in`: it was made at the door. */
  readonly channel: string;
}

export interface AppointmentAtCounter {
  readonly id: AppointmentId;
  readonly officeId: OfficeId;
  readonly bookingId: BookingId;
  readonly sessionId: SessionId;
  readonly ordinal: number;
  readonly services: readonly ServiceSlug[];
  readonly startsAt: Date;
  readonly counter: number;
  readonly steps: number;
  readonly state: AppointmentState;
}

/** Locks bookings in the order of their ids. Row level security leaves the console those of its office. */
export function lockBookings(tx: Tx, ids: readonly BookingId[]): Promise<BookingAtCounter[]> {
  return rows(
    tx,
    sql`select id, office_id as "officeId", contact_id as "contactId", to_char(local_date, 'YYYY-MM-DD') as "localDate", people, state, channel
        from booking.bookings where id = any(${ids}::uuid[]) order by id for update`,
  );
}

/** The same for one of an office, by its key. */
export async function lockBookingOf(tx: Tx, officeId: OfficeId, id: BookingId): Promise<BookingAtCounter | undefined> {
  const [booking] = await rows<BookingAtCounter>(
    tx,
    sql`select id, office_id as "officeId", contact_id as "contactId", to_char(local_date, 'YYYY-MM-DD') as "localDate", people, state, channel
        from booking.bookings where office_id = ${officeId} and id = ${id} for update`,
  );
  return booking;
}

export function listAppointmentsOf(tx: Tx, bookingIds: readonly BookingId[]): Promise<AppointmentAtCounter[]> {
  return rows(
    tx,
    sql`select id, office_id as "officeId", booking_id as "bookingId", session_id as "sessionId", ordinal, services, starts_at as "startsAt", counter, steps, state
        from booking.appointments where booking_id = any(${bookingIds}::uuid[]) order by starts_at, ordinal`,
  );
}

export function setAppointmentStates(
  tx: Tx,
  changes: readonly { officeId: OfficeId; id: AppointmentId; state: AppointmentState }[],
): Promise<number> {
  return run(
    tx,
    sql`update booking.appointments p set state = t.state
        from unnest(${changes.map((one) => one.officeId)}::text[], ${changes.map((one) => one.id)}::uuid[], ${changes.map((one) => one.state)}::text[]) as t (office_id, id, state)
        where p.office_id = t.office_id and p.id = t.id`,
  );
}

export function setBookingStates(
  tx: Tx,
  changes: readonly { officeId: OfficeId; id: BookingId; state: BookingState }[],
  now: Date,
): Promise<number> {
  return run(
    tx,
    sql`update booking.bookings b set state = t.state, changed_at = ${now}
        from unnest(${changes.map((one) => one.officeId)}::text[], ${changes.map((one) => one.id)}::uuid[], ${changes.map((one) => one.state)}::text[]) as t (office_id, id, state)
        where b.office_id = t.office_id and b.id = t.id`,
  );
}

/** People with nothing left to come for no longer count in a booking that goes on without them. */
export async function shrinkBookings(
  tx: Tx,
  changes: readonly { officeId: OfficeId; id: BookingId; peopleGone: number }[],
  now: Date,
): Promise<void> {
  if (changes.length === 0) return;
  await run(
    tx,
    sql`update booking.bookings b set people = b.people - t.gone, changed_at = ${now}
        from unnest(${changes.map((one) => one.officeId)}::text[], ${changes.map((one) => one.id)}::uuid[], ${changes.map((one) => one.peopleGone)}::smallint[]) as t (office_id, id, gone)
        where b.office_id = t.office_id and b.id = t.id`,
  );
}

/** Locks counters in the order of their ids, so that two sweeps never wait for each other in a circle. */
export async function lockCounters(tx: Tx, contactIds: readonly ContactId[]): Promise<void> {
  await rows(
    tx,
    sql`select contact_id from booking.contact_counters where contact_id = any(${contactIds}::uuid[]) order by contact_id for update`,
  );
}

export function listClaimScopes(
  tx: Tx,
  appointmentIds: readonly AppointmentId[],
): Promise<{ appointmentId: AppointmentId; scope: string }[]> {
  return rows(
    tx,
    sql`select distinct appointment_id as "appointmentId", scope from booking.claims where appointment_id = any(${appointmentIds}::uuid[])`,
  );
}

export interface SealedApplicant {
  readonly id: string;
  readonly sealed: Buffer;
  readonly localDate: LocalDate;
  readonly eraseAfter: LocalDate;
}

/** What is sealed of one person, with what the seal of her day needs. */
export async function findSealedApplicant(
  tx: Tx,
  officeId: OfficeId,
  bookingId: BookingId,
  ordinal: number,
): Promise<SealedApplicant | undefined> {
  const [found] = await rows<SealedApplicant>(
    tx,
    sql`select a.id, a.sealed, to_char(b.local_date, 'YYYY-MM-DD') as "localDate", to_char(b.erase_after, 'YYYY-MM-DD') as "eraseAfter"
        from booking.applicants a join booking.bookings b on b.office_id = a.office_id and b.id = a.booking_id
        where a.office_id = ${officeId} and a.booking_id = ${bookingId} and a.ordinal = ${ordinal}`,
  );
  return found;
}

/** False when somebody changed the same person meanwhile. */
export async function replaceSealedApplicant(tx: Tx, id: string, before: Buffer, after: Buffer): Promise<boolean> {
  return (
    (await run(tx, sql`update booking.applicants set sealed = ${after} where id = ${id} and sealed = ${before}`)) === 1
  );
}

/** Says that a sealed record of the booking changed, and how many permissions more are missing since. */
export async function countFileChange(tx: Tx, officeId: OfficeId, id: BookingId, missing: number): Promise<void> {
  await run(
    tx,
    sql`update booking.bookings set file_version = file_version + 1, permissions_missing = permissions_missing + ${missing} where office_id = ${officeId} and id = ${id}`,
  );
}
