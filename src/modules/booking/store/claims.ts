import type { AppointmentId, BookingId, ContactId, LocalDate, OfficeId } from "#kernel/ids.ts";
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
 * counted for somebody is passed over: that is an answer, not an error. It asks the database for none as well,
 * for one question less would be seen by a clock.
 */
export async function insertClaims(
  tx: Tx,
  claims: readonly ClaimRow[],
): Promise<{ key: Buffer; scope: string; appointmentId: AppointmentId }[]> {
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

/**
 * What stands in the way of keys: whoever counts under one, and what the asking contact itself filed as contested.
 * Each key is looked up by itself, which `offset 0` holds the planner to: a plan made while the table was small would
 * read all claims of the network for every batch, and stay.
 */
export async function findStandingClaims(
  tx: Tx,
  asked: readonly { key: Buffer; scope: string; contactId: ContactId }[],
): Promise<StandingClaim[]> {
  return rows(
    tx,
    sql`with t as (select distinct * from unnest(${asked.map((one) => one.key)}::bytea[], ${asked.map((one) => one.scope)}::text[], ${asked.map((one) => one.contactId)}::uuid[]) as u (key, scope, contact_id))
        select distinct c.standing, c.key, c.scope, c.kind, c.curp_key as "curpKey", c.booking_id as "bookingId", c.contact_id as "contactId"
        from t cross join lateral (select * from booking.claims where key = t.key and scope = t.scope and standing = 'counting' offset 0) c
        union all
        select c.standing, c.key, c.scope, c.kind, c.curp_key, c.booking_id, c.contact_id
        from t cross join lateral (select * from booking.claims where key = t.key and scope = t.scope and contact_id = t.contact_id and standing = 'contested' offset 0) c`,
  );
}

/** The bookings of that day at that office for which any of these keys stands, counting or contested. */
export function findClaimsOfDay(
  tx: Tx,
  officeId: OfficeId,
  localDate: LocalDate,
  keys: readonly Buffer[],
): Promise<{ key: Buffer; bookingId: BookingId }[]> {
  return rows(
    tx,
    sql`select c.key, c.booking_id as "bookingId" from booking.claims c join booking.bookings b on b.id = c.booking_id
        where c.key = any(${keys}::bytea[]) and b.office_id = ${officeId} and b.local_date = ${localDate} and b.state = 'active'`,
  );
}

export async function deleteClaims(
  tx: Tx,
  appointmentIds: readonly string[],
  scopes: readonly string[],
): Promise<void> {
  await run(
    tx,
    sql`delete from booking.claims c using unnest(${appointmentIds}::uuid[], ${scopes}::text[]) as t (appointment_id, scope)
        where c.appointment_id = t.appointment_id and c.scope = t.scope`,
  );
}

/**
 * Ends the claims of whole bookings: cancelled, lapsed or over. Where one of them counted and another
 * contact had filed for the same person, one of those counts from now on. Which one is chance, for ids
 * are random: whoever files often or early gains nothing by it (hardening 1).
 */
export async function endClaims(tx: Tx, bookingIds: readonly BookingId[]): Promise<void> {
  if (bookingIds.length === 0) return;
  const ended = await rows<{ key: Buffer; scope: string; appointmentId: AppointmentId }>(
    tx,
    sql`with ended as (delete from booking.claims where booking_id = any(${bookingIds}::uuid[]) returning key, scope, appointment_id, standing)
        select key, scope, appointment_id as "appointmentId" from ended where standing = 'counting'`,
  );
  await giveToHeirs(tx, ended);
}

/** Whoever was contested under keys that nobody counts under any more counts: one for each, by chance. */
export async function giveToHeirs(
  tx: Tx,
  ended: readonly Pick<ClaimRow, "key" | "scope" | "appointmentId">[],
): Promise<void> {
  for (const heir of await findHeirs(tx, ended)) await countClaim(tx, heir);
}

/** Every claim of one person of a booking, locked in the order of their keys. */
export async function lockClaimsOf(tx: Tx, bookingId: BookingId, ordinal: number): Promise<ClaimRow[]> {
  return rows(
    tx,
    sql`select c.key, c.scope, c.appointment_id as "appointmentId", c.booking_id as "bookingId", c.contact_id as "contactId", c.kind, c.curp_key as "curpKey", c.version, c.standing
        from booking.claims c where c.booking_id = ${bookingId}
          and c.appointment_id in (select id from booking.appointments where booking_id = ${bookingId} and ordinal = ${ordinal})
        order by c.key, c.scope for update`,
  );
}

export async function deleteClaimKeys(
  tx: Tx,
  claims: readonly Pick<ClaimRow, "key" | "scope" | "appointmentId">[],
): Promise<void> {
  if (claims.length === 0) return;
  await run(
    tx,
    sql`delete from booking.claims c using unnest(${claims.map((one) => one.key)}::bytea[], ${claims.map((one) => one.scope)}::text[], ${claims.map((one) => one.appointmentId)}::uuid[]) as t (key, scope, appointment_id)
        where c.key = t.key and c.scope = t.scope and c.appointment_id = t.appointment_id`,
  );
}

async function findHeirs(
  tx: Tx,
  ended: readonly Pick<ClaimRow, "key" | "scope" | "appointmentId">[],
): Promise<{ appointmentId: AppointmentId; scope: string }[]> {
  if (ended.length === 0) return [];
  return rows(
    tx,
    sql`select distinct on (t.appointment_id, t.scope) c.appointment_id as "appointmentId", c.scope
        from unnest(${ended.map((one) => one.key)}::bytea[], ${ended.map((one) => one.scope)}::text[], ${ended.map((one) => one.appointmentId)}::uuid[]) as t (key, scope, appointment_id)
        join booking.claims c on c.key = t.key and c.scope = t.scope and c.standing = 'contested'
        order by t.appointment_id, t.scope, c.appointment_id`,
  );
}

/** Makes a contested claim count, by every key of it that nobody counts under. */
export async function countClaim(
  tx: Tx,
  { appointmentId, scope }: Pick<ClaimRow, "appointmentId" | "scope">,
): Promise<void> {
  await run(
    tx,
    sql`update booking.claims c set standing = 'counting'
        where c.appointment_id = ${appointmentId} and c.scope = ${scope} and c.standing = 'contested'
          and not exists (select from booking.claims other where other.key = c.key and other.scope = c.scope and other.standing = 'counting')`,
  );
}
