import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { localDateAt } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { can } from "#modules/people/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { isLate, undoUntil } from "../rules/documents.ts";
import type { IssuedDocument } from "../types.ts";

/** A document on the list of the morning. */
export interface ListedDocument extends IssuedDocument {
  /** Number of the person in her booking; null once that is erased. */
  readonly ordinal: number | null;
  /** An outcome says that its person lacks a paper: it waits for her. */
  readonly lacksPaper: boolean;
  /** Not there on the day on which it was promised. */
  readonly late: boolean;
  readonly undoUntil: Date | undefined;
}

/**
 * Documents of today, and each of earlier days until it is fetched: what is paid for, being made or lies ready is on the
 * list every morning. Who was only quoted a price and went away is not. The oldest first, families as they arrived.
 */
export async function listDocuments(
  ctx: Context,
  officeId: OfficeId,
): Promise<Outcome<ListedDocument[], { code: "not_allowed" }>> {
  if (!can(ctx.actor, "issue_documents", officeId)) return refuse({ code: "not_allowed" });
  const office = (await getNetwork(ctx)).officeById.get(officeId)!;
  const today = localDateAt(ctx.now, office.zone);
  const found = await transaction(ctx, "console", (tx) => readDocuments(tx, officeId, today));
  return accept(found.map((one) => ({ ...one, late: isLate(one, today), undoUntil: undoUntil(one) })));
}

function readDocuments(tx: Tx, officeId: OfficeId, today: LocalDate) {
  return rows<IssuedDocument & { ordinal: number | null; lacksPaper: boolean }>(
    tx,
    sql`select d.id, d.booking_id as "bookingId", d.appointment_id as "appointmentId", d.service, to_char(d.local_date, 'YYYY-MM-DD') as "localDate", d.folio_tail as "folioTail", d.state, d.before,
          d.blank, d.variant, d.due_cents as "dueCents", to_char(d.promised_on, 'YYYY-MM-DD') as "promisedOn", to_char(d.return_on, 'YYYY-MM-DD') as "returnOn", d.changed_at as "changedAt", d.version,
          a.ordinal, d.state in ('to_pay', 'paid', 'exempt', 'captured') and exists (select from visits.outcomes o where o.office_id = d.office_id and o.appointment_id = d.appointment_id
            and o.service = d.service and o.code = 'missing_document' and o.undone_at is null and (d.version = 1 or o.recorded_at > d.changed_at)) as "lacksPaper"
        from issuing.documents d left join booking.appointments a on a.office_id = d.office_id and a.id = d.appointment_id
        where d.office_id = ${officeId} and (d.local_date = ${today}
          or d.state in ('paid', 'captured', 'in_production', 'ready', 'spoiled')
          or d.state not in ('delivered', 'by_mail') and exists (select from visits.visits v where v.office_id = d.office_id and v.booking_id = d.booking_id and v.local_date = ${today})
          or d.state = 'return_on' and d.return_on >= ${today})
        order by d.local_date, (select v.arrived_at from visits.visits v where v.office_id = d.office_id and v.booking_id = d.booking_id), d.booking_id, a.ordinal, d.service`,
  );
}
