import { SERVICE_GROUPS, type LocalDate, type OfficeId, type ServiceGroup, type ServiceSlug } from "#kernel/ids.ts";
import { told, type Told } from "#kernel/small-counts.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { can } from "#modules/people/index.ts";
import type { Context } from "#platform/context.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import {
  attendanceBy,
  changesBy,
  isWholeWeeks,
  measured,
  toldMinutes,
  type Attendance,
  type Changes,
  type DaySums,
  type Measured,
  type Tally,
  type ToldMinutes,
} from "../rules/reports.ts";
import type { MissingDocument, RefusalReason } from "../types.ts";

/** Local days, both included; a year at most. */
export interface Span {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** Why somebody who came was not served, and how often. */
export interface ReasonCount {
  readonly code: "missing_document" | "refused";
  readonly reason: MissingDocument | RefusalReason;
  readonly count: Told;
}

/** How an office's days went that are over: numbers only, small ones left out. */
export interface OfficeReport {
  /** The last counted day of the span; null while none is. */
  readonly countedTo: LocalDate | null;
  readonly attendance: {
    readonly total: Attendance<"all"> | undefined;
    readonly groups: readonly Attendance<ServiceGroup>[];
    readonly weekdays: readonly Attendance<number>[];
  };
  /** Minutes from arrival to the call, of parties that were called. */
  readonly waits: {
    readonly total: ToldMinutes<"all"> | undefined;
    readonly groups: readonly ToldMinutes<ServiceGroup>[];
    readonly weekdays: readonly ToldMinutes<number>[];
  };
  /** Minutes at the counter for each person, from the call to the outcome, of parties that came for one service only. */
  readonly services: readonly ToldMinutes<ServiceSlug>[];
  readonly reasons: readonly ReasonCount[];
  readonly changes: readonly Changes[];
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

export type ReportRefusal = { readonly code: "not_allowed" } | { readonly code: "only_whole_weeks" };

/**
 * The report of one office. Headquarters may ask for any, an office for itself. Two spans that overlap tell by their
 * difference what one of a few days would not; an office sees its days anyhow, whoever else asks gets whole weeks only.
 */
export async function getOfficeReport(
  ctx: Context,
  officeId: OfficeId,
  span: Span,
): Promise<Outcome<OfficeReport, ReportRefusal>> {
  if (!can(ctx.actor, "read_counts", officeId)) return refuse({ code: "not_allowed" });
  const isOwn = ctx.actor.kind === "staff" && ctx.actor.officeId === officeId;
  if (!isOwn && !isWholeWeeks(span.from, span.to)) return refuse({ code: "only_whole_weeks" });
  const { sums, countedTo, measures } = await ctx.database.reading("report", async (tx) => ({
    sums: await sumDays(tx, officeId, span),
    countedTo: await lastCounted(tx, officeId, span),
    measures: await sumMeasures(tx, officeId, span),
  }));
  const of = (name: MeasureRow["measure"]) => measures.filter(({ measure }) => measure === name);
  const services = [...new Set(of("service").map(({ key }) => key as ServiceSlug))];
  const minutes = measuredBy(of("service"), services, (row) => row.key).sort((a, b) => b.count - a.count);
  return accept({
    countedTo,
    attendance: {
      total: attendanceBy<"all", DaySums>(sums, ["all"], () => "all")[0],
      groups: attendanceBy(sums, SERVICE_GROUPS, (one) => one.serviceGroup),
      weekdays: attendanceBy<number, DaySums>(sums, WEEKDAYS, (one) => one.weekday),
    },
    waits: {
      total: toldMinutes(measuredBy(of("wait"), ["all"] as const, () => "all"))[0],
      groups: toldMinutes(measuredBy(of("wait_group"), SERVICE_GROUPS, (row) => row.key)),
      weekdays: toldMinutes(measuredBy<number>(of("wait"), WEEKDAYS, (row) => row.weekday)),
    },
    services: toldMinutes(minutes),
    reasons: reasonsOf(of("reason")),
    changes: changesBy(sums, SERVICE_GROUPS),
  });
}

/** One office among all, for headquarters; null where fewer than ten people were expected. */
export interface NetworkRow extends Attendance<OfficeId> {
  readonly cancelled: Told;
  readonly moved: Told;
}

/** Counts of every office of the network, for whoever may see them all: whole weeks only. */
export async function getNetworkReport(ctx: Context, span: Span): Promise<Outcome<NetworkRow[], ReportRefusal>> {
  if (!can(ctx.actor, "read_counts")) return refuse({ code: "not_allowed" });
  if (!isWholeWeeks(span.from, span.to)) return refuse({ code: "only_whole_weeks" });
  const sums = await ctx.database.reading("report", (tx) => sumOffices(tx, span));
  const offices = sums.map(({ officeId }) => officeId);
  const rowOf = new Map(attendanceBy(sums, offices, (one) => one.officeId).map((row) => [row.key, row]));
  const [cancelled, moved] = [told(sums.map((one) => one.cancelled)), told(sums.map((one) => one.moved))];
  return accept(
    sums.flatMap(({ officeId }, i) => {
      const row = rowOf.get(officeId);
      return row ? [{ ...row, cancelled: cancelled[i]!, moved: moved[i]! }] : [];
    }),
  );
}

function sumDays(tx: Tx, officeId: OfficeId, { from, to }: Span): Promise<DaySums[]> {
  return rows(
    tx,
    sql`select service_group as "serviceGroup", extract(isodow from local_date)::int as weekday, sum(served)::int as served, sum(unserved)::int as unserved,
               sum(missed)::int as missed, sum(cancelled)::int as cancelled, sum(moved)::int as moved
        from visits.day_counts where office_id = ${officeId} and local_date between ${from} and ${to} group by 1, 2 order by 1, 2`,
  );
}

function sumOffices(
  tx: Tx,
  { from, to }: Span,
): Promise<(Omit<DaySums, "serviceGroup" | "weekday"> & { officeId: OfficeId })[]> {
  return rows(
    tx,
    sql`select office_id as "officeId", sum(served)::int as served, sum(unserved)::int as unserved, sum(missed)::int as missed,
               sum(cancelled)::int as cancelled, sum(moved)::int as moved
        from visits.day_counts where local_date between ${from} and ${to} group by 1 order by 1`,
  );
}

async function lastCounted(tx: Tx, officeId: OfficeId, { from, to }: Span): Promise<LocalDate | null> {
  const [last] = await rows<{ day: LocalDate | null }>(
    tx,
    sql`select to_char(max(local_date), 'YYYY-MM-DD') as day from visits.day_counts where office_id = ${officeId} and local_date between ${from} and ${to}`,
  );
  return last?.day ?? null;
}

interface MeasureRow extends Tally {
  readonly measure: "wait" | "wait_group" | "service" | "reason";
  readonly key: string;
  /** Only of waits; 0 otherwise. */
  readonly weekday: number;
}

function sumMeasures(tx: Tx, officeId: OfficeId, { from, to }: Span): Promise<MeasureRow[]> {
  return rows(
    tx,
    sql`select measure, key, case when measure = 'wait' then extract(isodow from local_date)::int else 0 end as weekday, minutes, sum(count)::int as count
        from visits.day_measures where office_id = ${officeId} and local_date between ${from} and ${to} group by 1, 2, 3, 4`,
  );
}

/** By the keys in their order, those of which nothing was measured left out. */
function measuredBy<Key>(
  found: readonly MeasureRow[],
  keys: readonly Key[],
  keyOf: (row: MeasureRow) => unknown,
): Measured<Key>[] {
  return keys.flatMap(
    (key) =>
      measured(
        key,
        found.filter((row) => keyOf(row) === key),
      ) ?? [],
  );
}

/** The most frequent first. */
function reasonsOf(found: readonly MeasureRow[]): ReasonCount[] {
  const ordered = [...found].sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
  const shown = told(ordered.map(({ count }) => count));
  return ordered.map(({ key }, i) => {
    const [code, reason] = key.split(" ") as [ReasonCount["code"], ReasonCount["reason"]];
    return { code, reason, count: shown[i]! };
  });
}
