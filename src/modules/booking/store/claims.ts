import type { AppointmentId, BookingId, ContactId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { KeyKind, StandingClaim } from "../rules/claims.ts";

export interface ClaimRow {
  readonly key: Buffer;
  readonly scope: string;
  readonly appointmentId: AppointmentId;
  readonly bookingId: BookingId;
  readonly contactId: ContactId;
  readonly kind: KeyKind;
  readonly curpKey: Buffer | null;
  readonly version: number;
  readonly standing: "counting" | "contested";
}

/**
 * Writes claims in the order of their keys and answers which were written. A key that is already
 * counted for somebody is passed over: that is an answer, not an error.
 */
export async function insertClaims(
  tx: Tx,
  claims: readonly ClaimRow[],
): Promise<{ key: Buffer; scope: string; appointmentId: AppointmentId }[]> {
  if (claims.length === 0) return [];
  return rows(
    tx,
    sql`insert into booking.claims (key, scope, appointment_id, booking_id, contact_id, standing, kind, curp_key, version)
        select key, scope, appointment_id, booking_id, contact_id, standing, kind, curp_key, version
        from unnest(${claims.map((one) => one.key)}::bytea[], ${claims.map((one) => one.scope)}::text[], ${claims.map((one) => one.appointmentId)}::uuid[],
                    ${claims.map((one) => one.bookingId)}::uuid[], ${claims.map((one) => one.contactId)}::uuid[], ${claims.map((one) => one.standing)}::text[],
                    ${claims.map((one) => one.kind)}::text[], ${claims.map((one) => one.curpKey)}::bytea[], ${claims.map((one) => one.version)}::smallint[])
             with ordinality as t (key, scope, appointment_id, booking_id, contact_id, standing, kind, curp_key, version, n)
        order by key, scope, n
        on conflict do nothing returning key, scope, appointment_id as "appointmentId"`,
  );
}

/** What stands in the way of keys: whoever counts under one, and what the asking contact itself filed as contested. */
export async function findStandingClaims(
  tx: Tx,
  asked: readonly { key: Buffer; scope: string; contactId: ContactId }[],
): Promise<StandingClaim[]> {
  if (asked.length === 0) return [];
  return rows(
    tx,
    sql`with t as (select distinct * from unnest(${asked.map((one) => one.key)}::bytea[], ${asked.map((one) => one.scope)}::text[], ${asked.map((one) => one.contactId)}::uuid[]) as u (key, scope, contact_id))
        select distinct c.standing, c.key, c.scope, c.kind, c.curp_key as "curpKey", c.booking_id as "bookingId", c.contact_id as "contactId"
        from booking.claims c join t on t.key = c.key and t.scope = c.scope where c.standing = 'counting'
        union all
        select c.standing, c.key, c.scope, c.kind, c.curp_key, c.booking_id, c.contact_id
        from booking.claims c join t on t.key = c.key and t.scope = c.scope and t.contact_id = c.contact_id where c.standing = 'contested'`,
  );
}

export async function deleteClaims(
  tx: Tx,
  appointmentIds: readonly string[],
  scopes: readonly string[],
): Promise<void> {
  if (appointmentIds.length === 0) return;
  await run(
    tx,
    sql`delete from booking.claims c using unnest(${appointmentIds}::uuid[], ${scopes}::text[]) as t (appointment_id, scope)
        where c.appointment_id = t.appointment_id and c.scope = t.scope`,
  );
}

/** Ends the claims of whole bookings: cancelled, lapsed or over. */
export async function deleteClaimsOf(tx: Tx, bookingIds: readonly BookingId[]): Promise<number> {
  return bookingIds.length === 0
    ? 0
    : run(tx, sql`delete from booking.claims where booking_id = any(${bookingIds}::uuid[])`);
}
