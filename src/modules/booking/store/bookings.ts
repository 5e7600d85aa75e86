import type { AppointmentId, BookingId, ContactId, LocalDate, OfficeId, ServiceGroup, SessionId } from "#kernel/ids.ts";
import { run, sql, type Tx } from "#platform/db/index.ts";

export interface NewBooking {
  readonly officeId: OfficeId;
  readonly id: BookingId;
  readonly contactId: ContactId;
  readonly folioDigest: Buffer;
  readonly localDate: LocalDate;
  readonly startsAt: Date;
  readonly people: number;
  readonly permissionsMissing: number;
  readonly channel: string;
  readonly language: string;
  readonly fullMessage: boolean;
  readonly delicate: boolean;
  /** Session of a citizen that filed it. */
  readonly filedIn: string | null;
  readonly sealed: Buffer;
  readonly createdAt: Date;
  readonly eraseAfter: LocalDate;
}

export interface NewAppointment {
  readonly officeId: OfficeId;
  readonly id: AppointmentId;
  readonly bookingId: BookingId;
  readonly sessionId: SessionId;
  readonly ordinal: number;
  readonly serviceGroup: ServiceGroup;
  readonly services: readonly string[];
  readonly localDate: LocalDate;
  readonly startsAt: Date;
  readonly counter: number;
  readonly steps: number;
}

export interface NewApplicant {
  readonly id: string;
  readonly bookingId: BookingId;
  readonly officeId: OfficeId;
  readonly ordinal: number;
  readonly sealed: Buffer;
  readonly eraseAfter: LocalDate;
}

/**
 * Writes whole parties in one statement: nothing in it depends on another part of it, and a statement
 * for each table was a large part of what a small batch costs.
 */
export async function insertParties(
  tx: Tx,
  bookings: readonly NewBooking[],
  appointments: readonly NewAppointment[],
  applicants: readonly NewApplicant[],
): Promise<void> {
  if (bookings.length === 0) return;
  await run(
    tx,
    sql`with booked as (
          insert into booking.bookings (office_id, id, contact_id, folio_digest, local_date, starts_at, people, state, channel, language, full_message, delicate, sealed, created_at, changed_at, erase_after, permissions_missing, filed_in)
          select office_id, id, contact_id, folio_digest, local_date, starts_at, people, 'active', channel, language, full_message, delicate, sealed, created_at, created_at, erase_after, permissions_missing, filed_in
          from unnest(${bookings.map((one) => one.officeId)}::text[], ${bookings.map((one) => one.id)}::uuid[], ${bookings.map((one) => one.contactId)}::uuid[],
            ${bookings.map((one) => one.folioDigest)}::bytea[], ${bookings.map((one) => one.localDate)}::date[], ${bookings.map((one) => one.startsAt)}::timestamptz[],
            ${bookings.map((one) => one.people)}::smallint[], ${bookings.map((one) => one.channel)}::text[], ${bookings.map((one) => one.language)}::text[],
            ${bookings.map((one) => one.fullMessage)}::boolean[], ${bookings.map((one) => one.delicate)}::boolean[], ${bookings.map((one) => one.sealed)}::bytea[], ${bookings.map((one) => one.createdAt)}::timestamptz[],
            ${bookings.map((one) => one.eraseAfter)}::date[], ${bookings.map((one) => one.permissionsMissing)}::smallint[], ${bookings.map((one) => one.filedIn)}::uuid[])
          as t (office_id, id, contact_id, folio_digest, local_date, starts_at, people, channel, language, full_message, delicate, sealed, created_at, erase_after, permissions_missing, filed_in)),
        appointed as (
          insert into booking.appointments (office_id, id, booking_id, session_id, ordinal, service_group, services, local_date, starts_at, counter, steps, state)
          select office_id, id, booking_id, session_id, ordinal, service_group, string_to_array(services, ' '), local_date, starts_at, counter, steps, 'booked'
          from unnest(${appointments.map((one) => one.officeId)}::text[], ${appointments.map((one) => one.id)}::uuid[], ${appointments.map((one) => one.bookingId)}::uuid[],
            ${appointments.map((one) => one.sessionId)}::uuid[], ${appointments.map((one) => one.ordinal)}::smallint[], ${appointments.map((one) => one.serviceGroup)}::text[],
            ${appointments.map((one) => one.services.join(" "))}::text[], ${appointments.map((one) => one.localDate)}::date[], ${appointments.map((one) => one.startsAt)}::timestamptz[],
            ${appointments.map((one) => one.counter)}::smallint[], ${appointments.map((one) => one.steps)}::smallint[])
          as t (office_id, id, booking_id, session_id, ordinal, service_group, services, local_date, starts_at, counter, steps))
        insert into booking.applicants (id, booking_id, office_id, ordinal, sealed, erase_after)
        select * from unnest(${applicants.map((one) => one.id)}::uuid[], ${applicants.map((one) => one.bookingId)}::uuid[], ${applicants.map((one) => one.officeId)}::text[],
          ${applicants.map((one) => one.ordinal)}::smallint[], ${applicants.map((one) => one.sealed)}::bytea[], ${applicants.map((one) => one.eraseAfter)}::date[])`,
  );
}
