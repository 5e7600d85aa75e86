import type { BookingId, ContactId } from "#kernel/ids.ts";
import { oneRow, rows, sql, type Tx } from "#platform/db/index.ts";

export interface ContactSoFar {
  /** Whether it ever came with its people. */
  readonly served: boolean;
  /** People of it with an appointment to come. */
  readonly people: number;
}

/** What a contact has had of us. The reader sees her own rows only. */
export async function contactSoFar(tx: Tx, contactId: ContactId): Promise<ContactSoFar> {
  return oneRow(
    tx,
    sql`select exists (select from booking.bookings where contact_id = ${contactId} and state = 'completed') as served,
               coalesce((select people from booking.contact_counters where contact_id = ${contactId}), 0)::int as people`,
  );
}

/** Appointments of the contact's own for the same person and scope; nothing is said of anybody else's. */
export async function findOwnClaims(
  tx: Tx,
  contactId: ContactId,
  wanted: readonly { readonly key: Buffer; readonly scope: string }[],
): Promise<{ key: Buffer; scope: string; bookingId: BookingId }[]> {
  return rows(
    tx,
    sql`select c.key, c.scope, c.booking_id as "bookingId" from booking.claims c
        join unnest(${wanted.map((one) => one.key)}::bytea[], ${wanted.map((one) => one.scope)}::text[]) as t (key, scope) on c.key = t.key and c.scope = t.scope
        where c.contact_id = ${contactId}`,
  );
}
