import type { LocalDate, OfficeId, StaffId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Blank, BlankLine, DocumentId, Payment, PaymentId, Seen } from "../types.ts";

/** Days after which a line forgets its receipt and why less was paid, as the booking is erased then (hardening.md 8). */
const PERSONAL_DAYS = 30;
/** Days back that are gone through again, so that what a stopped program left, or a late correction wrote, is made up for. */
const CAUGHT_UP_DAYS = 14;

/** Writes lines; none is ever changed. */
export async function insertPayments(
  tx: Tx,
  officeId: OfficeId,
  staffId: StaffId,
  lines: readonly Payment[],
): Promise<void> {
  if (lines.length === 0) return;
  await run(
    tx,
    sql`insert into issuing.payments (office_id, staff_id, id, document_id, local_date, annex, kind, variant, cents, means, receipt, discount, reason, corrects, step, at)
        select ${officeId}, ${staffId}, * from unnest(${lines.map((one) => one.id)}::uuid[], ${lines.map((one) => one.documentId)}::uuid[], ${lines.map((one) => one.localDate)}::date[],
          ${lines.map((one) => one.annex)}::boolean[], ${lines.map((one) => one.kind)}::text[], ${lines.map((one) => one.variant)}::text[], ${lines.map((one) => one.cents)}::int[],
          ${lines.map((one) => one.means)}::text[], ${lines.map((one) => one.receipt)}::text[], ${lines.map((one) => one.discount)}::text[], ${lines.map((one) => one.reason)}::text[],
          ${lines.map((one) => one.corrects)}::uuid[], ${lines.map((one) => one.step)}::int[], ${lines.map((one) => one.at)}::timestamptz[])`,
  );
}

/** Lines of documents, in the order in which they were written. */
export function listPayments(tx: Tx, officeId: OfficeId, documents: readonly DocumentId[]): Promise<Payment[]> {
  return rows(
    tx,
    sql`select id, document_id as "documentId", to_char(local_date, 'YYYY-MM-DD') as "localDate", annex, kind, variant, cents, means, receipt, discount, reason, corrects, step, at
        from issuing.payments where office_id = ${officeId} and document_id = any(${documents}::uuid[]) order by at, id`,
  );
}

export async function findPayment(tx: Tx, officeId: OfficeId, id: PaymentId): Promise<Payment | undefined> {
  const [payment] = await rows<Payment>(
    tx,
    sql`select id, document_id as "documentId", to_char(local_date, 'YYYY-MM-DD') as "localDate", annex, kind, variant, cents, means, receipt, discount, reason, corrects, step, at
        from issuing.payments where office_id = ${officeId} and id = ${id}`,
  );
  return payment;
}

/** A movement as it is written. */
export interface BlankEntry extends BlankLine {
  readonly id: string;
  readonly documentId: DocumentId | null;
  /** Version that the document had after it; null for what is about none. */
  readonly step: number | null;
}

export async function insertBlanks(
  tx: Tx,
  day: { readonly officeId: OfficeId; readonly localDate: LocalDate; readonly annex: boolean },
  staffId: StaffId,
  lines: readonly BlankEntry[],
  now: Date,
): Promise<void> {
  if (lines.length === 0) return;
  await run(
    tx,
    sql`insert into issuing.blanks (office_id, local_date, annex, staff_id, at, id, blank, movement, quantity, number, document_id, step)
        select ${day.officeId}, ${day.localDate}, ${day.annex}, ${staffId}, ${now}, * from unnest(${lines.map((one) => one.id)}::uuid[], ${lines.map((one) => one.blank)}::text[],
          ${lines.map((one) => one.movement)}::text[], ${lines.map((one) => one.quantity)}::int[], ${lines.map((one) => one.number)}::text[], ${lines.map((one) => one.documentId)}::uuid[], ${lines.map((one) => one.step)}::int[])`,
  );
}

/** Movements that the last step of these documents made. */
export function listBlanksOf(
  tx: Tx,
  officeId: OfficeId,
  documents: readonly Seen[],
): Promise<(BlankLine & { documentId: DocumentId })[]> {
  return rows(
    tx,
    sql`select b.blank, b.movement, b.quantity, b.number, b.document_id as "documentId"
        from unnest(${documents.map((one) => one.id)}::uuid[], ${documents.map((one) => one.version)}::int[]) as t (id, version)
        join issuing.blanks b on b.office_id = ${officeId} and b.document_id = t.id and b.step = t.version`,
  );
}

/** Pieces of a blank that the movements say there are. */
export async function countBlanks(tx: Tx, officeId: OfficeId, blank: Blank): Promise<number> {
  const [sum] = await rows<{ pieces: number }>(
    tx,
    sql`select coalesce(sum(case when movement in ('used', 'spoiled') then -quantity else quantity end), 0)::int as pieces
        from issuing.blanks where office_id = ${officeId} and blank = ${blank}`,
  );
  return sum!.pieces;
}

/** Whether that report was written before. */
export async function hasBlankLine(tx: Tx, officeId: OfficeId, id: string): Promise<boolean> {
  return (await rows(tx, sql`select 1 from issuing.blanks where office_id = ${officeId} and id = ${id}`)).length > 0;
}

/** Lines of a day more than thirty days ago, whenever they were written, forget what tells of a person. Returns how many. */
export function forgetPersonal(tx: Tx, todayUtc: LocalDate): Promise<number> {
  return run(
    tx,
    sql`update issuing.payments set receipt = null, discount = null
        where local_date < ${todayUtc}::date - ${PERSONAL_DAYS}::int
          and greatest(local_date, at::date) >= ${todayUtc}::date - ${PERSONAL_DAYS + CAUGHT_UP_DAYS}::int`,
  );
}
