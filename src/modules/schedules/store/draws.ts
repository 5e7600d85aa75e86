import type { LocalDate, OfficeId, ServiceGroup, SessionId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Band } from "../types.ts";

/** A place that a draw gives out. */
export interface DrawPlace {
  readonly sessionId: SessionId;
  readonly serviceGroup: ServiceGroup;
  readonly localDate: LocalDate;
  readonly band: Band;
  /** Milliseconds since 1970, UTC. */
  readonly startsAt: number;
  /** First step of that part of the day in its session. */
  readonly bandStartsAt: number;
  readonly counter: number;
  readonly stepMinutes: number;
  /** The venue at which it is; null at the office itself. Nobody can be at two of them on one day. */
  readonly site: string | null;
}
type Key = Pick<DrawPlace, "sessionId" | "startsAt" | "counter">;

/** Places of one office that are kept for draws between two days, both included; locked until the transaction ends. */
export async function lockPlanned(tx: Tx, officeId: OfficeId, from: LocalDate, to: LocalDate): Promise<DrawPlace[]> {
  return rows(
    tx,
    sql`with bands as materialized (select session_id, band, min(starts_at) as starts_at from schedules.places where office_id = ${officeId} group by session_id, band)
        select s.id as "sessionId", s.service_group as "serviceGroup", s.local_date::text as "localDate", p.band,
               extract(epoch from p.starts_at)::float8 * 1000 as "startsAt", extract(epoch from b.starts_at)::float8 * 1000 as "bandStartsAt", p.counter, s.step_minutes as "stepMinutes", d.venue_id as site
        from schedules.places p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id join bands b on b.session_id = p.session_id and b.band = p.band
        left join schedules.special_days d on d.office_id = s.office_id and d.id = s.special_day_id and d.venue_id is not null
        where p.office_id = ${officeId} and p.state = 'planned' and p.pool = 'draw' and s.state = 'open' and s.local_date between ${from} and ${to}
        order by p.session_id, p.starts_at, p.counter for update of p`,
  );
}

/** What a draw still has at one office, locked until the transaction ends. */
export async function lockCommitted(tx: Tx, officeId: OfficeId, drawId: string): Promise<DrawPlace[]> {
  return rows(
    tx,
    sql`with bands as materialized (select session_id, band, min(starts_at) as starts_at from schedules.places where office_id = ${officeId} group by session_id, band)
        select s.id as "sessionId", s.service_group as "serviceGroup", s.local_date::text as "localDate", p.band,
               extract(epoch from p.starts_at)::float8 * 1000 as "startsAt", extract(epoch from b.starts_at)::float8 * 1000 as "bandStartsAt", p.counter, s.step_minutes as "stepMinutes", d.venue_id as site
        from schedules.places p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id join bands b on b.session_id = p.session_id and b.band = p.band
        left join schedules.special_days d on d.office_id = s.office_id and d.id = s.special_day_id and d.venue_id is not null
        where p.office_id = ${officeId} and p.state = 'committed' and p.draw_id = ${drawId}
        order by p.session_id, p.starts_at, p.counter for update of p`,
  );
}

/** What a displaced household may be given: what a draw still has at one office, and what waits at the office itself for the next ones. Only read. */
export async function listGivable(
  tx: Tx,
  officeId: OfficeId,
  drawId: string,
  from: LocalDate,
  to: LocalDate,
): Promise<DrawPlace[]> {
  return rows(
    tx,
    sql`with bands as materialized (select session_id, band, min(starts_at) as starts_at from schedules.places where office_id = ${officeId} group by session_id, band)
        select s.id as "sessionId", s.service_group as "serviceGroup", s.local_date::text as "localDate", p.band,
               extract(epoch from p.starts_at)::float8 * 1000 as "startsAt", extract(epoch from b.starts_at)::float8 * 1000 as "bandStartsAt", p.counter, s.step_minutes as "stepMinutes", d.venue_id as site
        from schedules.places p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id join bands b on b.session_id = p.session_id and b.band = p.band
        left join schedules.special_days d on d.office_id = s.office_id and d.id = s.special_day_id and d.venue_id is not null
        where p.office_id = ${officeId} and s.local_date between ${from} and ${to}
          and (p.state = 'committed' and p.draw_id = ${drawId} or p.state = 'planned' and p.pool = 'draw' and s.state = 'open' and d.id is null)
        order by p.session_id, p.starts_at, p.counter`,
  );
}

/**
 * Commits planned places to a draw: from now on nobody else can have them. Here as below the division fails the
 * statement, and with it the transaction, when fewer rows changed than were meant: then a guard failed.
 */
export async function commitPlaces(tx: Tx, officeId: OfficeId, drawId: string, places: readonly Key[]): Promise<void> {
  if (places.length === 0) return;
  await run(
    tx,
    sql`with changed as (
          update schedules.places p set state = 'committed', draw_id = ${drawId}
          from unnest(${places.map((one) => one.sessionId)}::uuid[], ${places.map((one) => new Date(one.startsAt))}::timestamptz[], ${places.map((one) => one.counter)}::smallint[])
               as t (session_id, starts_at, counter)
          where p.office_id = ${officeId} and p.session_id = t.session_id and p.starts_at = t.starts_at and p.counter = t.counter and p.state = 'planned'
          returning p.counter)
        select 1 / (count(*) = ${places.length})::int from changed`,
  );
}

/** Gives committed places to the households that the draw named. */
export async function assignPlaces(
  tx: Tx,
  officeId: OfficeId,
  drawId: string,
  places: readonly (Key & { readonly holder: string })[],
): Promise<void> {
  if (places.length === 0) return;
  await run(
    tx,
    sql`with changed as (
          update schedules.places p set state = 'assigned', holder = t.holder
          from unnest(${places.map((one) => one.sessionId)}::uuid[], ${places.map((one) => new Date(one.startsAt))}::timestamptz[],
                      ${places.map((one) => one.counter)}::smallint[], ${places.map((one) => one.holder)}::uuid[])
               as t (session_id, starts_at, counter, holder)
          where p.office_id = ${officeId} and p.session_id = t.session_id and p.starts_at = t.starts_at and p.counter = t.counter
            and p.state = 'committed' and p.draw_id = ${drawId}
          returning p.counter)
        select 1 / (count(*) = ${places.length})::int from changed`,
  );
}

/** Places that households gave back while their draw goes on: its second round has them. */
export async function recommitPlaces(tx: Tx, holders: readonly string[]): Promise<number> {
  return run(
    tx,
    sql`update schedules.places p set state = case when p.cut_id is null then 'committed' else 'withdrawn' end, holder = null
        from (select office_id, session_id, starts_at, counter from schedules.places where holder = any(${holders}::uuid[]) and state = 'assigned'
              order by office_id, session_id, starts_at, counter for update) mine
        where p.office_id = mine.office_id and p.session_id = mine.session_id and p.starts_at = mine.starts_at and p.counter = mine.counter`,
  );
}

/** Places that households exchange for others: their second round has them. */
export async function passAssigned(tx: Tx, holders: readonly string[], to: string): Promise<number> {
  return run(
    tx,
    sql`update schedules.places p set state = case when p.cut_id is null then 'committed' else 'withdrawn' end, holder = null, draw_id = ${to}
        from (select office_id, session_id, starts_at, counter from schedules.places where holder = any(${holders}::uuid[]) and state = 'assigned'
              order by office_id, session_id, starts_at, counter for update) mine
        where p.office_id = mine.office_id and p.session_id = mine.session_id and p.starts_at = mine.starts_at and p.counter = mine.counter`,
  );
}

/** Places that households gave back when their draw is over: they return with the other freed ones. */
export async function freeAssigned(tx: Tx, holders: readonly string[]): Promise<number> {
  return run(
    tx,
    sql`update schedules.places p set state = case when p.cut_id is null then 'freed' else 'withdrawn' end, holder = null, draw_id = null
        from (select office_id, session_id, starts_at, counter from schedules.places where holder = any(${holders}::uuid[]) and state = 'assigned'
              order by office_id, session_id, starts_at, counter for update) mine
        where p.office_id = mine.office_id and p.session_id = mine.session_id and p.starts_at = mine.starts_at and p.counter = mine.counter`,
  );
}

/** Hands what a draw did not give out to its second round. */
export async function passOn(tx: Tx, officeId: OfficeId, drawId: string, to: string): Promise<number> {
  return run(
    tx,
    sql`update schedules.places p set draw_id = ${to}
        from (select office_id, session_id, starts_at, counter from schedules.places where office_id = ${officeId} and state = 'committed' and draw_id = ${drawId}
              order by office_id, session_id, starts_at, counter for update) mine
        where p.office_id = mine.office_id and p.session_id = mine.session_id and p.starts_at = mine.starts_at and p.counter = mine.counter`,
  );
}

/** Gives back to the calendar what a draw did not give out: the next draw has it. */
export async function uncommitPlaces(tx: Tx, officeId: OfficeId, drawId: string): Promise<number> {
  return run(
    tx,
    sql`update schedules.places p set state = 'planned', draw_id = null
        from (select office_id, session_id, starts_at, counter from schedules.places where office_id = ${officeId} and state = 'committed' and draw_id = ${drawId}
              order by office_id, session_id, starts_at, counter for update) mine
        where p.office_id = mine.office_id and p.session_id = mine.session_id and p.starts_at = mine.starts_at and p.counter = mine.counter`,
  );
}
