import type { BookingId, OfficeId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { DocumentId, IssuedDocument } from "../types.ts";

/** Makes what is not there yet; two screens that open one party at once make it once. */
export async function insertDocuments(tx: Tx, officeId: OfficeId, made: readonly IssuedDocument[]): Promise<void> {
  if (made.length === 0) return;
  await run(
    tx,
    sql`insert into issuing.documents (office_id, id, booking_id, appointment_id, service, local_date, folio_tail, state, blank, variant, due_cents, promised_on, changed_at)
        select ${officeId}, * from unnest(${made.map((one) => one.id)}::uuid[], ${made.map((one) => one.bookingId)}::uuid[], ${made.map((one) => one.appointmentId)}::uuid[],
          ${made.map((one) => one.service)}::text[], ${made.map((one) => one.localDate)}::date[], ${made.map((one) => one.folioTail)}::text[], ${made.map((one) => one.state)}::text[],
          ${made.map((one) => one.blank)}::text[], ${made.map((one) => one.variant)}::text[], ${made.map((one) => one.dueCents)}::int[], ${made.map((one) => one.promisedOn)}::date[],
          ${made.map((one) => one.changedAt)}::timestamptz[])
        on conflict (office_id, appointment_id, service) do nothing`,
  );
}

/** Locks documents of the office until the transaction ends, always in the same order. */
export function lockDocuments(tx: Tx, officeId: OfficeId, ids: readonly DocumentId[]): Promise<IssuedDocument[]> {
  return rows(
    tx,
    sql`select id, booking_id as "bookingId", appointment_id as "appointmentId", service, to_char(local_date, 'YYYY-MM-DD') as "localDate", folio_tail as "folioTail", state, before, blank,
          variant, due_cents as "dueCents", to_char(promised_on, 'YYYY-MM-DD') as "promisedOn", to_char(return_on, 'YYYY-MM-DD') as "returnOn", changed_at as "changedAt", version
        from issuing.documents where office_id = ${officeId} and id = any(${ids}::uuid[]) order by id for update`,
  );
}

/** The same for all of a party. */
export function lockDocumentsOf(tx: Tx, officeId: OfficeId, bookingId: BookingId): Promise<IssuedDocument[]> {
  return rows(
    tx,
    sql`select id, booking_id as "bookingId", appointment_id as "appointmentId", service, to_char(local_date, 'YYYY-MM-DD') as "localDate", folio_tail as "folioTail", state, before, blank,
          variant, due_cents as "dueCents", to_char(promised_on, 'YYYY-MM-DD') as "promisedOn", to_char(return_on, 'YYYY-MM-DD') as "returnOn", changed_at as "changedAt", version
        from issuing.documents where office_id = ${officeId} and booking_id = ${bookingId} order by id for update`,
  );
}

/** Saves documents as they are now, each one version further than it was. */
export async function saveDocuments(tx: Tx, officeId: OfficeId, changed: readonly IssuedDocument[]): Promise<void> {
  if (changed.length === 0) return;
  await run(
    tx,
    sql`update issuing.documents d set state = t.state, before = t.before, variant = t.variant, due_cents = t.due_cents, promised_on = t.promised_on, return_on = t.return_on,
          changed_at = t.changed_at, version = t.version
        from unnest(${changed.map((one) => one.id)}::uuid[], ${changed.map((one) => one.state)}::text[], ${changed.map((one) => one.before)}::text[], ${changed.map((one) => one.variant)}::text[],
          ${changed.map((one) => one.dueCents)}::int[], ${changed.map((one) => one.promisedOn)}::date[], ${changed.map((one) => one.returnOn)}::date[],
          ${changed.map((one) => one.changedAt)}::timestamptz[], ${changed.map((one) => one.version)}::int[])
          as t (id, state, before, variant, due_cents, promised_on, return_on, changed_at, version)
        where d.office_id = ${officeId} and d.id = t.id`,
  );
}
