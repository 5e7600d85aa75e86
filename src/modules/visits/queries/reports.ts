import { SERVICE_GROUPS, type LocalDate, type OfficeId, type ServiceGroup, type ServiceSlug } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { addDays } from "#kernel/time.ts";
import { can } from "#modules/people/index.ts";
import type { Context } from "#platform/context.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import {
  attendanceBy,
  changesBy,
  told,
  toldMinutes,
  type Attendance,
  type Changes,
  type DaySums,
  type Measured,
  type Told,
  type ToldMinutes,
} from "../rules/reports.ts";
import { PAPER_DAYS } from "../rules/sheet.ts";
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
/** On a day that is typed in afterwards the outcomes are recorded later; and no zone is a whole day from UTC. */
const RECORDED_DAYS_AFTER = PAPER_DAYS + 2;

/** The report of one office. Headquarters may ask for any, an office for itself. */
export async function getOfficeReport(
  ctx: Context,
  officeId: OfficeId,
  span: Span,
): Promise<Outcome<OfficeReport, { code: "not_allowed" }>> {
  if (!can(ctx.actor, "read_counts", officeId)) return refuse({ code: "not_allowed" });
  const { sums, countedTo, visits, groups, services, reasons } = await ctx.database.reading("report", async (tx) => ({
    sums: await sumDays(tx, officeId, span),
    countedTo: await lastCounted(tx, officeId, span),
    visits: await measureWaits(tx, officeId, span),
    groups: await measureWaitsOfGroups(tx, officeId, span),
    services: await measureServices(tx, officeId, span),
    reasons: await countReasons(tx, officeId, span),
  }));
  const all = visits.filter(({ key }) => key === 0).map((one) => ({ ...one, key: "all" as const }));
  const shown = told(reasons.map(({ count }) => count));
  return accept({
    countedTo,
    attendance: {
      total: attendanceBy<"all", DaySums>(sums, ["all"], () => "all")[0],
      groups: attendanceBy(sums, SERVICE_GROUPS, (one) => one.serviceGroup),
      weekdays: attendanceBy<number, DaySums>(sums, WEEKDAYS, (one) => one.weekday),
    },
    waits: {
      total: toldMinutes(all)[0],
      groups: toldMinutes(groups),
      weekdays: toldMinutes(visits.filter(({ key }) => key > 0)),
    },
    services: toldMinutes(services),
    reasons: reasons.map((one, i) => ({ ...one, count: shown[i]! })),
    changes: changesBy(sums, SERVICE_GROUPS),
  });
}

/** One office among all, for headquarters; null where fewer than ten people were expected. */
export interface NetworkRow extends Attendance<OfficeId> {
  readonly cancelled: Told;
  readonly moved: Told;
}

/** Counts of every office of the network, for whoever may see them all. */
export async function getNetworkReport(
  ctx: Context,
  span: Span,
): Promise<Outcome<NetworkRow[], { code: "not_allowed" }>> {
  if (!can(ctx.actor, "read_counts")) return refuse({ code: "not_allowed" });
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

/** By weekday, and under 0 of all. */
function measureWaits(tx: Tx, officeId: OfficeId, { from, to }: Span): Promise<Measured<number>[]> {
  return rows(
    tx,
    sql`with waited as (
          select extract(isodow from local_date)::int as weekday, extract(epoch from called_at - arrived_at) / 60 as minutes from visits.visits
          where office_id = ${officeId} and local_date between ${from} and ${to} and called_at >= arrived_at and not on_paper)
        select coalesce(weekday, 0) as key, count(*)::int as count, percentile_cont(0.5) within group (order by minutes) as median, percentile_cont(0.9) within group (order by minutes) as most
        from waited group by grouping sets ((weekday), ()) having count(*) > 0 order by 1`,
  );
}

/** A party that came for two groups waited for both. */
function measureWaitsOfGroups(tx: Tx, officeId: OfficeId, { from, to }: Span): Promise<Measured<ServiceGroup>[]> {
  return rows(
    tx,
    sql`with came_for as (
          select distinct o.visit_id, s.service_group from visits.outcomes o join offices.services s on s.slug = o.service
          where o.office_id = ${officeId} and o.recorded_at >= ${from} and o.recorded_at < ${addDays(to, RECORDED_DAYS_AFTER)} and o.undone_at is null)
        select f.service_group as key, count(*)::int as count, percentile_cont(0.5) within group (order by extract(epoch from v.called_at - v.arrived_at) / 60) as median,
               percentile_cont(0.9) within group (order by extract(epoch from v.called_at - v.arrived_at) / 60) as most
        from visits.visits v join came_for f on f.visit_id = v.id
        where v.office_id = ${officeId} and v.local_date between ${from} and ${to} and v.called_at >= v.arrived_at and not v.on_paper
        group by 1 order by 1`,
  );
}

/** What is recorded with one key shares the time: a family of three with three passports took a third for each. */
function measureServices(tx: Tx, officeId: OfficeId, { from, to }: Span): Promise<Measured<ServiceSlug>[]> {
  return rows(
    tx,
    sql`with attended as (
          select visit_id, min(service) as service, count(*)::int as people, max(recorded_at) as until from visits.outcomes
          where office_id = ${officeId} and recorded_at >= ${from} and recorded_at < ${addDays(to, RECORDED_DAYS_AFTER)} and undone_at is null and code <> 'no_show'
          group by visit_id having min(service) = max(service)),
        each as (
          select a.service, a.people, extract(epoch from a.until - v.called_at) / 60 / a.people as minutes
          from attended a join visits.visits v on v.id = a.visit_id
          where v.office_id = ${officeId} and v.local_date between ${from} and ${to} and v.called_at <= a.until and not v.on_paper)
        select service as key, sum(people)::int as count, percentile_cont(0.5) within group (order by minutes) as median, percentile_cont(0.9) within group (order by minutes) as most
        from each group by 1 order by 2 desc, 1`,
  );
}

function countReasons(tx: Tx, officeId: OfficeId, { from, to }: Span): Promise<(ReasonCount & { count: number })[]> {
  return rows(
    tx,
    sql`select o.code, o.reason, count(*)::int as count from visits.outcomes o join visits.visits v on v.office_id = o.office_id and v.id = o.visit_id
        where o.office_id = ${officeId} and o.recorded_at >= ${from} and o.recorded_at < ${addDays(to, RECORDED_DAYS_AFTER)} and o.undone_at is null
          and o.code in ('missing_document', 'refused') and o.reason is not null and v.local_date between ${from} and ${to}
        group by 1, 2 order by 3 desc, 1, 2`,
  );
}
