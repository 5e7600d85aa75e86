import type { LocalDate, OfficeId, StaffId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";

/** False when that link answered already. */
export async function insertMark(tx: Tx, digests: readonly Uint8Array[], forgetAfter: LocalDate): Promise<boolean> {
  const inserted = await run(
    tx,
    sql`insert into visits.survey_marks (digest, forget_after)
        select ${digests[0]}, ${forgetAfter} where not exists (select from visits.survey_marks where digest = any (${digests}::bytea[]))
        on conflict do nothing`,
  );
  return inserted === 1;
}

export async function hasMark(tx: Tx, digests: readonly Uint8Array[]): Promise<boolean> {
  const found = await rows(tx, sql`select 1 from visits.survey_marks where digest = any (${digests}::bytea[])`);
  return found.length > 0;
}

/** Adds an answer to the sums of its office and month: nothing of it is kept by itself. */
export async function addCounts(
  tx: Tx,
  officeId: OfficeId,
  month: LocalDate,
  counts: readonly number[],
): Promise<void> {
  await run(
    tx,
    sql`insert into visits.survey_counts as s (office_id, month, counts) values (${officeId}, ${month}, ${counts}::int[])
        on conflict (office_id, month) do update
          set counts = (select array_agg(t.was + t.more order by t.n) from unnest(s.counts, excluded.counts) with ordinality as t (was, more, n))`,
  );
}

export interface SurveySheet {
  readonly id: string;
  readonly month: LocalDate;
  readonly counts: readonly number[];
  readonly staffId: StaffId;
  readonly at: Date;
}

/** False when it was typed in already: the same form sent twice. */
export async function insertSheet(tx: Tx, officeId: OfficeId, sheet: SurveySheet): Promise<boolean> {
  const inserted = await run(
    tx,
    sql`insert into visits.survey_sheets (office_id, id, month, counts, staff_id, entered_at)
        values (${officeId}, ${sheet.id}, ${sheet.month}, ${sheet.counts}::smallint[], ${sheet.staffId}, ${sheet.at})
        on conflict (office_id, id) do nothing`,
  );
  return inserted === 1;
}

/** False when there is no such sheet of this month, or it was taken back already. */
export async function undoSheet(tx: Tx, officeId: OfficeId, id: string, month: LocalDate, at: Date): Promise<boolean> {
  const undone = await run(
    tx,
    sql`update visits.survey_sheets set undone_at = ${at} where office_id = ${officeId} and id = ${id} and month = ${month} and undone_at is null`,
  );
  return undone === 1;
}

/** Two who type in at once take turns, so that both see what the other added. */
export async function lockSheets(tx: Tx, officeId: OfficeId): Promise<void> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended('visits.survey', hashtext(${officeId})))`);
}

export function deleteMarks(tx: Tx, before: LocalDate): Promise<number> {
  return run(tx, sql`delete from visits.survey_marks where forget_after < ${before}`);
}
