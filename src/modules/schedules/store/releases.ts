import type { LocalDate, OfficeId, ServiceGroup, SessionId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { ShortDays } from "../rules/drawn.ts";
import type { PlacePool, Release } from "../types.ts";
import type { SessionToFill } from "./sessions.ts";

const COLUMNS = sql`select office_id as "officeId", service_group as "serviceGroup", regime, draws_from::text as "drawsFrom",
  demand::float8 as demand, decided_at as "decidedAt", decided_by as "decidedBy" from schedules.releases order by office_id, service_group`;

/** How each office and service group gives its places out, where it is not simply at once. */
export async function listReleases(tx: Tx): Promise<Release[]> {
  return rows(tx, COLUMNS);
}

export async function writeRelease(tx: Tx, release: Release): Promise<void> {
  const { officeId, serviceGroup, regime, drawsFrom, demand, decidedAt, decidedBy } = release;
  await run(
    tx,
    sql`insert into schedules.releases (office_id, service_group, regime, draws_from, demand, decided_at, decided_by)
        values (${officeId}, ${serviceGroup}, ${regime}, ${drawsFrom}, ${demand}, ${decidedAt}, ${decidedBy})
        on conflict (office_id, service_group) do update set regime = excluded.regime, draws_from = excluded.draws_from,
          demand = excluded.demand, decided_at = excluded.decided_at, decided_by = excluded.decided_by`,
  );
}

/** Minutes of one place that draws give, by service group. */
interface DrawStep {
  readonly serviceGroup: ServiceGroup;
  readonly stepMinutes: number;
  /** Whether it is drawn anywhere: by an office, or of a special day to come that is given at short notice. */
  readonly isDrawn: boolean;
}

/** Of each group what most of the network's templates have; of one without templates, what days at short notice have. */
export async function listStepsOf(tx: Tx, now: Date): Promise<DrawStep[]> {
  return rows(
    tx,
    sql`with short as (
          select s.service_group, mode() within group (order by s.step_minutes) as step
          from schedules.special_days d join schedules.sessions s on s.office_id = d.office_id and s.special_day_id = d.id
          where d.local_date >= ${now}::timestamptz::date - 1 and s.short_notice and s.state = 'open' and s.ends_at > ${now} group by 1),
        regular as (select service_group, mode() within group (order by step_minutes) as step from schedules.templates group by 1)
        select service_group as "serviceGroup", coalesce(regular.step, short.step)::int as "stepMinutes",
               short.step is not null or exists (select from schedules.releases r where r.service_group = g.service_group and r.regime = 'draw') as "isDrawn"
        from (select service_group from short union select service_group from regular) g
        left join short using (service_group) left join regular using (service_group) order by 1`,
  );
}

/** Those of the groups that are drawn anywhere. */
export async function listDrawSteps(tx: Tx, now: Date): Promise<DrawStep[]> {
  return (await listStepsOf(tx, now)).filter((one) => one.isDrawn);
}

/** Days at short notice to come, of an office and group: the first and the last. */
export async function listShortDays(tx: Tx, now: Date): Promise<ShortDays[]> {
  return rows(
    tx,
    sql`select s.office_id as "officeId", s.service_group as "serviceGroup", min(s.local_date)::text as "from", max(s.local_date)::text as "to"
        from schedules.special_days d join schedules.sessions s on s.office_id = d.office_id and s.special_day_id = d.id
        where d.local_date >= ${now}::timestamptz::date - 1 and s.short_notice and s.state = 'open' and s.starts_at > ${now} group by 1, 2 order by 1, 2`,
  );
}

/** Sessions of one office, from the first day that is drawn, that still have places open to everybody. */
export async function listSessionsToPlan(tx: Tx, officeId: OfficeId): Promise<SessionToFill[]> {
  return rows(
    tx,
    sql`select s.id, s.local_date::text as "localDate", s.starts_at as "startsAt", s.ends_at as "endsAt", s.step_minutes as "stepMinutes", s.counters
        from schedules.releases r
        join schedules.sessions s on s.office_id = r.office_id and s.service_group = r.service_group and s.local_date >= r.draws_from
        where r.office_id = ${officeId} and r.regime = 'draw'
          and exists (select from schedules.places p where p.office_id = s.office_id and p.session_id = s.id and p.state = 'open' and p.pool = 'open')`,
  );
}

export interface PlannedPlace {
  readonly sessionId: SessionId;
  readonly startsAt: number;
  readonly counter: number;
  readonly pool: PlacePool;
}

/** Takes open places out of everybody's sight and keeps each for its pool. What somebody holds or has stays hers. */
export async function planPlaces(tx: Tx, officeId: OfficeId, places: readonly PlannedPlace[]): Promise<number> {
  if (places.length === 0) return 0;
  return run(
    tx,
    sql`update schedules.places p set state = 'planned', pool = t.pool
        from unnest(${places.map((one) => one.sessionId)}::uuid[], ${places.map((one) => new Date(one.startsAt))}::timestamptz[],
                    ${places.map((one) => one.counter)}::smallint[], ${places.map((one) => one.pool)}::text[]) as t (session_id, starts_at, counter, pool)
        where p.office_id = ${officeId} and p.session_id = t.session_id and p.starts_at = t.starts_at and p.counter = t.counter
          and p.state = 'open' and p.pool = 'open'`,
  );
}

/**
 * Opens to everybody what is planned at one office and group: draws have ended there, and none still counts on it. What a
 * layout keeps stays kept, and so does what is drawn among those who ticked short notice.
 */
export async function openPlanned(tx: Tx, officeId: OfficeId, group: ServiceGroup): Promise<number> {
  return run(
    tx,
    sql`update schedules.places p set state = 'open', pool = 'open' from schedules.sessions s
        where p.office_id = ${officeId} and p.state = 'planned' and s.office_id = p.office_id and s.id = p.session_id and s.service_group = ${group}
          and case p.pool when 'walk_in' then false when 'assisted' then false when 'draw' then not s.short_notice
                          when 'urgent' then coalesce((s.layout #>> '{reserves,urgent}')::int, 0) = 0 else true end`,
  );
}

/**
 * Opens what no draw can give out any more: places to be drawn that start before `shortFrom`; places for urgent cases
 * before `urgentUntil`; and what is kept for nobody, or a short draw left over, before that or before the day on which
 * the next daily draw begins. What is kept for the door stays its own; the rest of a layout's reserves melts by `meltAssisted`.
 */
export async function openLeftovers(
  tx: Tx,
  officeId: OfficeId,
  before: LocalDate,
  urgentUntil: Date,
  shortFrom: Date,
  now: Date,
): Promise<number> {
  return run(
    tx,
    sql`update schedules.places p set state = 'open', pool = 'open' from schedules.sessions s
        where p.office_id = ${officeId} and p.state = 'planned' and p.starts_at > ${now} and s.office_id = p.office_id and s.id = p.session_id
          and case p.pool when 'walk_in' then false when 'assisted' then false when 'draw' then p.starts_at < ${shortFrom} when 'urgent' then p.starts_at < ${urgentUntil} else p.starts_at < ${urgentUntil} or s.local_date < ${before} end`,
  );
}

/** Gives what was kept for the telephone and the desk, and starts before that instant, to everybody, or to the next draw where places are drawn. */
export async function meltAssisted(tx: Tx, until: Date, now: Date): Promise<number> {
  return run(
    tx,
    sql`update schedules.places p set state = case when s.draws then 'planned' else 'open' end, pool = case when s.draws then 'draw' else 'open' end
        from (select s.office_id, s.id, s.short_notice or coalesce(r.regime = 'draw' and r.draws_from <= s.local_date, false) as draws
              from schedules.sessions s left join schedules.releases r on r.office_id = s.office_id and r.service_group = s.service_group
              where s.ends_at > ${now}) s
        where p.pool = 'assisted' and p.state = 'planned' and p.starts_at > ${now} and p.starts_at < ${until} and s.office_id = p.office_id and s.id = p.session_id`,
  );
}
