import type { BookingId, ContactId, LocalDate } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { KeyKind } from "../rules/claims.ts";

/** Most bookings of one transaction: a sweep must not hold up whoever books meanwhile. */
export const AT_ONCE = 500;

/** Deletes bookings whose day of erasure has passed, with all that hangs on them. Returns how many. */
export async function deleteBookingsToErase(tx: Tx, today: LocalDate): Promise<number> {
  const due = await rows<{ id: BookingId }>(
    tx,
    sql`select id from booking.bookings where erase_after < ${today} order by erase_after limit ${AT_ONCE} for update skip locked`,
  );
  await deleteBookings(
    tx,
    due.map((one) => one.id),
  );
  return due.length;
}

/** Deletes one that no longer stands, with all that hangs on it; false where that contact has no such booking. */
export async function deleteOwnBooking(tx: Tx, contactId: ContactId, bookingId: BookingId): Promise<boolean> {
  const found = await rows<{ id: BookingId }>(
    tx,
    sql`select id from booking.bookings where id = ${bookingId} and contact_id = ${contactId} and state <> 'active' for update`,
  );
  await deleteBookings(
    tx,
    found.map((one) => one.id),
  );
  return found.length > 0;
}

async function deleteBookings(tx: Tx, ids: readonly BookingId[]): Promise<void> {
  await run(tx, sql`delete from booking.claims where booking_id = any(${ids}::uuid[])`);
  await run(tx, sql`delete from booking.applicants where booking_id = any(${ids}::uuid[])`);
  await run(tx, sql`delete from booking.appointments where booking_id = any(${ids}::uuid[])`);
  await run(tx, sql`delete from booking.bookings where id = any(${ids}::uuid[])`);
}

export interface BookingToRekey {
  readonly id: BookingId;
  readonly sealed: Buffer;
  readonly applicants: readonly { id: string; ordinal: number; sealed: string }[] | null;
}

/** Bookings in the order of their ids, with what is sealed in them. */
export async function listBookingsToRekey(tx: Tx, after: string): Promise<BookingToRekey[]> {
  return rows(
    tx,
    sql`select b.id, b.sealed,
          (select jsonb_agg(jsonb_build_object('id', a.id, 'ordinal', a.ordinal, 'sealed', encode(a.sealed, 'base64')) order by a.ordinal) from booking.applicants a where a.booking_id = b.id) as applicants
        from booking.bookings b
        where b.id > ${after}::uuid
        order by b.id limit ${AT_ONCE}`,
  );
}

/** Repeats each claim of these people under the newest version of their keys; a claim without a name row gets none. */
export async function repeatClaims(
  tx: Tx,
  keys: readonly {
    bookingId: BookingId;
    ordinal: number;
    kind: KeyKind;
    key: Buffer;
    version: number;
    curpKey: Buffer | null;
  }[],
): Promise<number> {
  if (keys.length === 0) return 0;
  return run(
    tx,
    sql`insert into booking.claims (key, scope, appointment_id, booking_id, contact_id, standing, kind, curp_key, version)
        select distinct t.key, c.scope, c.appointment_id, c.booking_id, c.contact_id, c.standing, c.kind, t.curp_key, t.version
        from unnest(${keys.map((one) => one.bookingId)}::uuid[], ${keys.map((one) => one.ordinal)}::smallint[], ${keys.map((one) => one.kind)}::text[], ${keys.map((one) => one.key)}::bytea[],
                    ${keys.map((one) => one.version)}::smallint[], ${keys.map((one) => one.curpKey)}::bytea[]) as t (booking_id, ordinal, kind, key, version, curp_key)
        join booking.appointments a on a.booking_id = t.booking_id and a.ordinal = t.ordinal
        join booking.claims c on c.appointment_id = a.id and c.kind = t.kind and c.version <> t.version
        order by t.key on conflict do nothing`,
  );
}

export async function setFolioDigests(tx: Tx, digests: readonly { id: BookingId; digest: Buffer }[]): Promise<number> {
  return run(
    tx,
    sql`update booking.bookings b set folio_digest = t.digest from unnest(${digests.map((one) => one.id)}::uuid[], ${digests.map((one) => one.digest)}::bytea[]) as t (id, digest) where b.id = t.id`,
  );
}
