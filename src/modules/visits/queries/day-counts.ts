import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { DaySums } from "../rules/reports.ts";

/** One day of one office and group. */
export interface DayCount extends Omit<DaySums, "weekday"> {
  readonly localDate: LocalDate;
}

/** Counts the appointments of an office's days that are over, as they stand now. */
export function countDays(tx: Tx, officeId: OfficeId, from: LocalDate, to: LocalDate): Promise<DayCount[]> {
  return rows(
    tx,
    sql`select to_char(a.local_date, 'YYYY-MM-DD') as "localDate", a.service_group as "serviceGroup",
               count(*) filter (where a.state = 'served')::int as served, count(*) filter (where a.state = 'unserved')::int as unserved,
               count(*) filter (where a.state = 'missed')::int as missed, count(*) filter (where a.state = 'cancelled')::int as cancelled,
               count(*) filter (where a.state in ('served', 'unserved', 'missed') and b.moves > 0)::int as moved
        from booking.appointments a join booking.bookings b on b.office_id = a.office_id and b.id = a.booking_id
        where a.office_id = ${officeId} and a.local_date between ${from} and ${to} and a.state in ('served', 'unserved', 'missed', 'cancelled') and b.channel <> 'walk_in'
        group by 1, 2`,
  );
}

/** How many of a day took so many minutes, by what is measured. */
export interface DayMeasure {
  readonly localDate: LocalDate;
  readonly measure: string;
  readonly key: string;
  readonly minutes: number;
  readonly count: number;
}

/**
 * Measures the visits of an office's days that are over: waits of parties, of all and by what they came for (who came
 * for two groups waited for both); minutes at the counter of each person, where all of a party came for one service, for
 * what is recorded with one key shares the time; and why services were not issued. Paper measures no minutes. Outcomes
 * are looked up visit by visit (`offset 0` keeps it so): a planner that thinks the days are few reads a year of them for each.
 */
export function measureDays(tx: Tx, officeId: OfficeId, from: LocalDate, to: LocalDate): Promise<DayMeasure[]> {
  return rows(
    tx,
    sql`with seen as materialized (
          select id, local_date, called_at, arrived_at, on_paper, round(extract(epoch from coalesce(first_called_at, called_at) - arrived_at) / 60)::int as waited
          from visits.visits where office_id = ${officeId} and local_date between ${from} and ${to}),
        came as materialized (
          select v.id, v.local_date, v.called_at, v.waited, v.on_paper, o.service, o.code, o.reason, o.recorded_at
          from seen v cross join lateral (
            select * from visits.outcomes o where o.office_id = ${officeId} and o.visit_id = v.id and o.undone_at is null and o.code <> 'no_show' offset 0) o),
        attended as (
          select local_date, min(service) as service, count(*)::int as people, round(extract(epoch from max(recorded_at) - min(called_at)) / 60 / count(*))::int as minutes
          from came where called_at is not null and not on_paper group by id, local_date having min(service) = max(service))
        select to_char(local_date, 'YYYY-MM-DD') as "localDate", measure, key, minutes, sum(count)::int as count from (
          select local_date, 'wait' as measure, '' as key, waited as minutes, 1 as count from seen where waited >= 0 and not on_paper
          union all
          select local_date, 'wait_group', service_group, waited, 1 from (
            select distinct c.id, c.local_date, c.waited, s.service_group from came c join offices.services s on s.slug = c.service where c.waited >= 0 and not c.on_paper) g
          union all
          select local_date, 'service', service, minutes, people from attended where minutes >= 0
          union all
          select local_date, 'reason', code || ' ' || reason, 0, 1 from came where code in ('missing_document', 'refused') and reason is not null) m
        group by 1, 2, 3, 4`,
  );
}

/** The oldest day of which somebody may still come back, or could until that day: what became of her is not counted yet. */
export async function firstOpenDay(tx: Tx, officeId: OfficeId, until: LocalDate): Promise<LocalDate | undefined> {
  const [first] = await rows<{ day: LocalDate | null }>(
    tx,
    sql`select to_char(min(local_date), 'YYYY-MM-DD') as day from visits.return_rights
        where office_id = ${officeId} and valid_until >= ${until} and undone_at is null`,
  );
  return first?.day ?? undefined;
}

/** The last day that is counted. */
export async function lastCountedDay(tx: Tx, officeId: OfficeId): Promise<LocalDate | undefined> {
  const [last] = await rows<{ day: LocalDate | null }>(
    tx,
    sql`select to_char(max(local_date), 'YYYY-MM-DD') as day from visits.day_counts where office_id = ${officeId}`,
  );
  return last?.day ?? undefined;
}
