import type { LocalDate, OfficeId, StaffId, VisitId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { DeclaredPriority, PriorityByAge } from "../rules/priority.ts";

export interface MarkedPriority {
  readonly priority: DeclaredPriority;
  readonly staffId: StaffId;
  readonly needsSecond: boolean;
  readonly secondId: StaffId | null;
  /** What birth dates had given before. */
  readonly before: PriorityByAge | null;
}

/** Turns that an office gave today, and how many of them somebody let go first. */
export async function countPriorities(
  tx: Tx,
  officeId: OfficeId,
  localDate: LocalDate,
): Promise<{ marked: number; turns: number }> {
  const [row] = await rows<{ marked: number; turns: number }>(
    tx,
    sql`select (select count(*)::int from visits.priorities where office_id = ${officeId} and local_date = ${localDate}) as marked,
               (select count(*)::int from visits.visits where office_id = ${officeId} and local_date = ${localDate} and turn_no is not null) as turns`,
  );
  return row!;
}

export async function findPriority(tx: Tx, officeId: OfficeId, visitId: VisitId): Promise<MarkedPriority | undefined> {
  const [row] = await rows<MarkedPriority>(
    tx,
    sql`select priority, staff_id as "staffId", needs_second as "needsSecond", second_id as "secondId", before from visits.priorities
        where office_id = ${officeId} and visit_id = ${visitId} for update`,
  );
  return row;
}

/** One for each visit: another reason takes the place of the first, and asks for its own signature; what stood before the first stays known. */
export async function savePriority(
  tx: Tx,
  marked: {
    readonly officeId: OfficeId;
    readonly id: VisitId;
    readonly localDate: LocalDate;
    readonly priority: DeclaredPriority;
    readonly staffId: StaffId;
    readonly needsSecond: boolean;
    readonly markedAt: Date;
    readonly before: PriorityByAge | null;
  },
): Promise<void> {
  await run(
    tx,
    sql`insert into visits.priorities (office_id, visit_id, priority, local_date, staff_id, marked_at, needs_second, before)
        values (${marked.officeId}, ${marked.id}, ${marked.priority}, ${marked.localDate}, ${marked.staffId}, ${marked.markedAt}, ${marked.needsSecond}, ${marked.before})
        on conflict (office_id, visit_id) do update set priority = excluded.priority, staff_id = excluded.staff_id, marked_at = excluded.marked_at,
          needs_second = excluded.needs_second, second_id = null, signed_at = null`,
  );
}

export async function signPriority(
  tx: Tx,
  officeId: OfficeId,
  visitId: VisitId,
  secondId: StaffId,
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`update visits.priorities set second_id = ${secondId}, signed_at = ${now} where office_id = ${officeId} and visit_id = ${visitId}`,
  );
}

export async function dropPriority(tx: Tx, officeId: OfficeId, visitId: VisitId): Promise<void> {
  await run(tx, sql`delete from visits.priorities where office_id = ${officeId} and visit_id = ${visitId}`);
}
