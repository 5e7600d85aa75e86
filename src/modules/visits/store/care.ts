import type { LocalDate, OfficeId, StaffId, VisitId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Alarm } from "../rules/alarm.ts";
import type { Station } from "../types.ts";

/** Tells every node that calls for help or interpreters of an office are other ones now; delivered at the commit. */
export async function notifyCare(tx: Tx, officeId: OfficeId): Promise<void> {
  await run(tx, sql`select pg_notify('care', ${officeId})`);
}

/** The id of the call that stands: this one, or the earlier one of the same person. */
export async function insertAlarm(
  tx: Tx,
  alarm: { officeId: OfficeId; id: string; staffId: StaffId; counter: number | null; at: Date },
): Promise<string> {
  await run(
    tx,
    sql`insert into visits.alarms (office_id, id, staff_id, counter, raised_at)
        values (${alarm.officeId}, ${alarm.id}, ${alarm.staffId}, ${alarm.counter}, ${alarm.at})
        on conflict (office_id, staff_id) where undone_at is null and ended_at is null do nothing`,
  );
  const [standing] = await rows<{ id: string }>(
    tx,
    sql`select id from visits.alarms where office_id = ${alarm.officeId} and staff_id = ${alarm.staffId} and undone_at is null and ended_at is null`,
  );
  return standing!.id;
}

/** One that nobody ended on an earlier day is closed without a name, so that a new one can be raised. */
export async function closeStaleAlarms(tx: Tx, officeId: OfficeId, before: Date, now: Date): Promise<void> {
  await run(
    tx,
    sql`update visits.alarms set ended_at = ${now} where office_id = ${officeId} and raised_at < ${before} and undone_at is null and ended_at is null`,
  );
}

export async function lockAlarm(tx: Tx, officeId: OfficeId, id: string): Promise<Alarm | undefined> {
  const [alarm] = await rows<Alarm>(
    tx,
    sql`select staff_id as "staffId", raised_at as "raisedAt", seen_at as "seenAt", undone_at as "undoneAt", ended_at as "endedAt"
        from visits.alarms where office_id = ${officeId} and id = ${id} for update`,
  );
  return alarm;
}

export async function undoAlarm(tx: Tx, officeId: OfficeId, id: string, at: Date): Promise<void> {
  await run(tx, sql`update visits.alarms set undone_at = ${at} where office_id = ${officeId} and id = ${id}`);
}

/** The first who goes stays the one who goes. */
export async function seeAlarm(tx: Tx, officeId: OfficeId, id: string, staffId: StaffId, at: Date): Promise<void> {
  await run(
    tx,
    sql`update visits.alarms set seen_by = ${staffId}, seen_at = ${at} where office_id = ${officeId} and id = ${id} and seen_at is null`,
  );
}

export async function endAlarm(tx: Tx, officeId: OfficeId, id: string, staffId: StaffId, at: Date): Promise<void> {
  await run(
    tx,
    sql`update visits.alarms set ended_by = ${staffId}, ended_at = ${at}, seen_by = coalesce(seen_by, ${staffId}), seen_at = coalesce(seen_at, ${at})
        where office_id = ${officeId} and id = ${id}`,
  );
}

/** A request for an interpreter as it is stored. */
export interface InterpretationRow {
  readonly id: string;
  readonly visitId: VisitId;
  readonly language: string;
  readonly askedAt: Date;
  readonly connectedAt: Date | null;
  readonly endedAt: Date | null;
}

/** False when that visit has one under way. */
export async function insertInterpretation(
  tx: Tx,
  row: {
    officeId: OfficeId;
    id: string;
    visitId: VisitId;
    localDate: LocalDate;
    station: Station;
    language: string;
    at: Date;
  },
): Promise<boolean> {
  const inserted = await run(
    tx,
    sql`insert into visits.interpretations (office_id, id, visit_id, local_date, station, language, asked_at)
        values (${row.officeId}, ${row.id}, ${row.visitId}, ${row.localDate}, ${row.station}, ${row.language}, ${row.at})
        on conflict (office_id, visit_id) where ended_at is null do nothing`,
  );
  return inserted === 1;
}

export async function lockInterpretation(
  tx: Tx,
  officeId: OfficeId,
  id: string,
): Promise<InterpretationRow | undefined> {
  const [row] = await rows<InterpretationRow>(
    tx,
    sql`select id, visit_id as "visitId", language, asked_at as "askedAt", connected_at as "connectedAt", ended_at as "endedAt"
        from visits.interpretations where office_id = ${officeId} and id = ${id} for update`,
  );
  return row;
}

export async function saveInterpretation(
  tx: Tx,
  officeId: OfficeId,
  row: Pick<InterpretationRow, "id" | "connectedAt" | "endedAt">,
): Promise<void> {
  await run(
    tx,
    sql`update visits.interpretations set connected_at = ${row.connectedAt}, ended_at = ${row.endedAt} where office_id = ${officeId} and id = ${row.id}`,
  );
}

export async function deleteInterpretation(tx: Tx, officeId: OfficeId, id: string): Promise<void> {
  await run(tx, sql`delete from visits.interpretations where office_id = ${officeId} and id = ${id}`);
}

export interface InterpretedMinutes {
  readonly month: LocalDate;
  readonly language: string;
  readonly measure: "wait" | "talk" | "nobody";
  readonly minutes: number;
}

/** Adds one to those who took so many minutes. */
export async function addInterpreted(tx: Tx, officeId: OfficeId, one: InterpretedMinutes): Promise<void> {
  await run(
    tx,
    sql`insert into visits.interpreted as i (office_id, month, language, measure, minutes, count)
        values (${officeId}, ${one.month}, ${one.language}, ${one.measure}, ${one.minutes}, 1)
        on conflict (office_id, month, language, measure, minutes) do update set count = i.count + 1`,
  );
}

export function deleteInterpretations(tx: Tx, before: LocalDate): Promise<number> {
  return run(tx, sql`delete from visits.interpretations where local_date < ${before}`);
}

/** The line of an office, or of the whole network; null takes it away. */
export async function saveLine(
  tx: Tx,
  scope: OfficeId | "network",
  phone: string | null,
  by: { readonly staffId: StaffId; readonly at: Date },
): Promise<void> {
  await run(
    tx,
    phone === null
      ? sql`delete from visits.interpreter_lines where scope = ${scope}`
      : sql`insert into visits.interpreter_lines (scope, phone, changed_by, changed_at) values (${scope}, ${phone}, ${by.staffId}, ${by.at})
            on conflict (scope) do update set phone = excluded.phone, changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
  );
}
