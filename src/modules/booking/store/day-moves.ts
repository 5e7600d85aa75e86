import type { BookingId, ContactId, LocalDate, OfficeId, SessionId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";

/** A booking that stands in some sessions. */
export interface BookingOfDay {
  readonly id: BookingId;
  readonly contactId: ContactId;
  readonly people: number;
  readonly localDate: LocalDate;
  readonly sealed: Buffer;
  /** Somebody of it has an appointment in another session too. */
  readonly isMixed: boolean;
  /** `sealed` in base64. */
  readonly applicants: readonly { readonly id: string; readonly sealed: string }[];
}

/** Bookings that stand in these sessions, once nobody is changing them any more; they stay so until the transaction ends. */
export async function lockBookingsOf(
  tx: Tx,
  officeId: OfficeId,
  sessionIds: readonly SessionId[],
): Promise<BookingOfDay[]> {
  await run(
    tx,
    sql`select 1 from booking.bookings b where b.office_id = ${officeId} and b.state = 'active'
          and b.id in (select booking_id from booking.appointments where office_id = ${officeId} and session_id = any(${sessionIds}::uuid[]) and state = 'booked')
        order by b.id for update`,
  );
  return rows(
    tx,
    sql`select b.id, b.contact_id as "contactId", b.people, to_char(b.local_date, 'YYYY-MM-DD') as "localDate", b.sealed,
          exists (select from booking.appointments a where a.office_id = b.office_id and a.booking_id = b.id and a.state = 'booked' and a.session_id <> all(${sessionIds}::uuid[])) as "isMixed",
          (select jsonb_agg(jsonb_build_object('id', p.id, 'sealed', encode(p.sealed, 'base64')) order by p.ordinal) from booking.applicants p where p.booking_id = b.id) as applicants
        from booking.bookings b where b.office_id = ${officeId} and b.state = 'active'
          and b.id in (select booking_id from booking.appointments where office_id = ${officeId} and session_id = any(${sessionIds}::uuid[]) and state = 'booked')
        order by b.id`,
  );
}

/** What a booking that moves with its day gets anew: all is sealed under the new day's key. */
export interface MovedWithDay {
  readonly id: BookingId;
  readonly sealed: Buffer;
  readonly applicants: readonly { readonly id: string; readonly sealed: Buffer }[];
}

/** Gives bookings the day of their sessions, at the same distance from its beginning. */
export async function moveWithDay(
  tx: Tx,
  officeId: OfficeId,
  bookings: readonly MovedWithDay[],
  to: { readonly localDate: LocalDate; readonly eraseAfter: LocalDate; readonly now: Date },
  shifts: readonly { readonly id: SessionId; readonly byMs: number }[],
): Promise<void> {
  const ids = bookings.map((one) => one.id);
  const people = bookings.flatMap((one) => one.applicants);
  await run(
    tx,
    sql`update booking.appointments a set local_date = ${to.localDate}, starts_at = a.starts_at + make_interval(secs => t.shift / 1000)
        from unnest(${shifts.map((one) => one.id)}::uuid[], ${shifts.map((one) => one.byMs)}::float8[]) as t (id, shift)
        where a.office_id = ${officeId} and a.booking_id = any(${ids}::uuid[]) and a.session_id = t.id`,
  );
  await run(
    tx,
    sql`update booking.bookings b set local_date = ${to.localDate}, sealed = t.sealed, erase_after = ${to.eraseAfter}, changed_at = ${to.now},
          starts_at = (select min(a.starts_at) from booking.appointments a where a.office_id = b.office_id and a.booking_id = b.id and a.state = 'booked')
        from unnest(${ids}::uuid[], ${bookings.map((one) => one.sealed)}::bytea[]) as t (id, sealed) where b.office_id = ${officeId} and b.id = t.id`,
  );
  await run(
    tx,
    sql`update booking.applicants p set sealed = t.sealed, erase_after = ${to.eraseAfter}
        from unnest(${people.map((one) => one.id)}::uuid[], ${people.map((one) => one.sealed)}::bytea[]) as t (id, sealed) where p.office_id = ${officeId} and p.id = t.id`,
  );
}
