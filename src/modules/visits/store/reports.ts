import type { LocalDate, OfficeId, VisitId } from "#kernel/ids.ts";
import { run, sql, type Tx } from "#platform/db/index.ts";
import type { DayCount, DayMeasure } from "../queries/day-counts.ts";

/** Keeps what was counted of an office's days, in place of what was counted of them before. */
export async function saveDayCounts(tx: Tx, officeId: OfficeId, counts: readonly DayCount[]): Promise<void> {
  const of = (name: "served" | "unserved" | "missed" | "cancelled" | "moved") => counts.map((one) => one[name]);
  await run(
    tx,
    sql`insert into visits.day_counts (office_id, local_date, service_group, served, unserved, missed, cancelled, moved)
        select ${officeId}, t.* from unnest(${counts.map((one) => one.localDate)}::date[], ${counts.map((one) => one.serviceGroup)}::text[],
          ${of("served")}::int[], ${of("unserved")}::int[], ${of("missed")}::int[], ${of("cancelled")}::int[], ${of("moved")}::int[]) as t
        on conflict (office_id, local_date, service_group) do update
          set served = excluded.served, unserved = excluded.unserved, missed = excluded.missed, cancelled = excluded.cancelled, moved = excluded.moved`,
  );
}

/** Keeps what was measured of an office's days, in place of all that was measured of them before. */
export async function replaceDayMeasures(
  tx: Tx,
  officeId: OfficeId,
  days: { readonly from: LocalDate; readonly to: LocalDate },
  measures: readonly DayMeasure[],
): Promise<void> {
  await run(
    tx,
    sql`delete from visits.day_measures where office_id = ${officeId} and local_date between ${days.from} and ${days.to}`,
  );
  await run(
    tx,
    sql`insert into visits.day_measures (office_id, local_date, measure, key, minutes, count)
        select ${officeId}, t.* from unnest(${measures.map((one) => one.localDate)}::date[], ${measures.map((one) => one.measure)}::text[],
          ${measures.map((one) => one.key)}::text[], ${measures.map((one) => one.minutes)}::smallint[], ${measures.map((one) => one.count)}::int[]) as t`,
  );
}

/** From now on the visit's hours measure nothing: they are those of the printed list. */
export async function markOnPaper(tx: Tx, officeId: OfficeId, id: VisitId): Promise<void> {
  await run(tx, sql`update visits.visits set on_paper = true where office_id = ${officeId} and id = ${id}`);
}
