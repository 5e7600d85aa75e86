import type { BookingId, ContactId, LocalDate, OfficeId, SessionId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Moves } from "../rules/changes.ts";
import type { BookingState } from "../types.ts";
import { insertOpened } from "./opened.ts";

export interface LockedBooking {
  readonly id: BookingId;
  readonly officeId: OfficeId;
  readonly contactId: ContactId;
  readonly localDate: LocalDate;
  readonly startsAt: Date;
  readonly people: number;
  readonly fileVersion: number;
  readonly state: BookingState;
  readonly createdAt: Date;
  readonly moves: number;
  readonly mendUntil: Date | null;
}

/** Locks one booking of that contact until the transaction ends. Another contact's is as unknown as none at all. */
export async function lockBooking(
  tx: Tx,
  bookingId: BookingId,
  contactId: ContactId,
): Promise<LockedBooking | undefined> {
  const [booking] = await rows<LockedBooking>(
    tx,
    sql`select id, office_id as "officeId", contact_id as "contactId", to_char(local_date, 'YYYY-MM-DD') as "localDate", starts_at as "startsAt", people, file_version as "fileVersion", state,
          created_at as "createdAt", moves, mend_until as "mendUntil"
        from booking.bookings where id = ${bookingId} and contact_id = ${contactId} for update`,
  );
  return booking;
}

export interface MovedAppointment {
  readonly ordinal: number;
  readonly serviceGroup: string;
  readonly sessionId: SessionId;
  readonly startsAt: Date;
  readonly counter: number;
  readonly steps: number;
}

/** Gives a booking its new office, day and hour, with everything sealed anew under the new day's key. */
export async function moveBooking(
  tx: Tx,
  booking: {
    id: BookingId;
    officeId: OfficeId;
    localDate: LocalDate;
    startsAt: Date;
    sealed: Buffer;
    eraseAfter: LocalDate;
    now: Date;
  },
  applicants: readonly { ordinal: number; sealed: Buffer }[],
  appointments: readonly MovedAppointment[],
): Promise<void> {
  const { id, officeId, localDate, startsAt, sealed, eraseAfter, now } = booking;
  await run(
    tx,
    sql`update booking.bookings set office_id = ${officeId}, local_date = ${localDate}, starts_at = ${startsAt}, sealed = ${sealed}, erase_after = ${eraseAfter}, changed_at = ${now} where id = ${id}`,
  );
  await run(
    tx,
    sql`update booking.applicants a set office_id = ${officeId}, sealed = t.sealed, erase_after = ${eraseAfter}
        from unnest(${applicants.map((one) => one.ordinal)}::smallint[], ${applicants.map((one) => one.sealed)}::bytea[]) as t (ordinal, sealed)
        where a.booking_id = ${id} and a.ordinal = t.ordinal`,
  );
  await run(
    tx,
    sql`update booking.appointments a set office_id = ${officeId}, local_date = ${localDate}, session_id = t.session_id, starts_at = t.starts_at, counter = t.counter, steps = t.steps
        from unnest(${appointments.map((one) => one.ordinal)}::smallint[], ${appointments.map((one) => one.serviceGroup)}::text[], ${appointments.map((one) => one.sessionId)}::uuid[],
          ${appointments.map((one) => one.startsAt)}::timestamptz[], ${appointments.map((one) => one.counter)}::smallint[], ${appointments.map((one) => one.steps)}::smallint[])
          as t (ordinal, service_group, session_id, starts_at, counter, steps)
        where a.booking_id = ${id} and a.ordinal = t.ordinal and a.service_group = t.service_group and a.state = 'booked'`,
  );
}

/** Counts a move that its contact made herself. An office's moves never come here. */
export async function setMoves(tx: Tx, id: BookingId, { moves, mendUntil }: Moves): Promise<void> {
  await run(tx, sql`update booking.bookings set moves = ${moves}, mend_until = ${mendUntil} where id = ${id}`);
}

export async function endBookings(
  tx: Tx,
  ids: readonly BookingId[],
  state: BookingState,
  appointmentState: string,
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`update booking.bookings set state = ${state}, changed_at = ${now} where id = any(${ids}::uuid[]) and state = 'active'`,
  );
  await run(
    tx,
    sql`update booking.appointments set state = ${appointmentState} where booking_id = any(${ids}::uuid[]) and state = 'booked'`,
  );
}

/** Which of these bookings were committed: asked after a connection died while committing. */
export async function findCommitted(tx: Tx, ids: readonly BookingId[]): Promise<Set<BookingId>> {
  const found = await rows<{ id: BookingId }>(tx, sql`select id from booking.bookings where id = any(${ids}::uuid[])`);
  return new Set(found.map((one) => one.id));
}

/** From now on only this session may see it, as if it had just shown its folio; without one, none. `ids`: the booking, and what led to it. */
export async function closeToOthers(
  tx: Tx,
  bookingId: BookingId,
  {
    ids,
    sessionId,
    now,
  }: { readonly ids: readonly string[]; readonly sessionId: string | undefined; readonly now: Date },
): Promise<void> {
  await run(
    tx,
    sql`delete from booking.opened where subject_id = any(${ids}::uuid[]) and session_id is distinct from ${sessionId ?? null}::uuid`,
  );
  await run(tx, sql`update booking.bookings set filed_in = null where id = ${bookingId}`);
  if (sessionId !== undefined) await insertOpened(tx, sessionId, ids, now);
}

/** False when it is so already, and for another's. */
export async function setDelicate(tx: Tx, contactId: ContactId, bookingId: BookingId): Promise<boolean> {
  const hidden = await run(
    tx,
    sql`update booking.bookings set delicate = true where id = ${bookingId} and contact_id = ${contactId} and not delicate`,
  );
  return hidden > 0;
}
