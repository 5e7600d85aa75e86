import type { LocalDate, OfficeId, SessionId } from "#kernel/ids.ts";
import { newId } from "#platform/random.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { LaidPlace } from "../rules/layout.ts";
import { BY_PLAN, type PlannedSession, type Step, type Template } from "../types.ts";

/** First number of the advisory locks of this job; the second is the office. */
const HORIZON_LOCK = 7_260_113;

/** False when another run is filling this office at the moment: its work need not be waited for. */
export async function tryLockHorizon(tx: Tx, officeId: OfficeId): Promise<boolean> {
  const [row] = await rows<{ locked: boolean }>(
    tx,
    sql`select pg_try_advisory_xact_lock(${HORIZON_LOCK}::int, hashtext(${officeId})) as locked`,
  );
  return row?.locked === true;
}

/** The same for whoever plans by hand: she waits for her turn. */
export async function lockHorizon(tx: Tx, officeId: OfficeId): Promise<void> {
  await run(tx, sql`select pg_advisory_xact_lock(${HORIZON_LOCK}::int, hashtext(${officeId}))`);
}

export async function listTemplates(tx: Tx, officeId: OfficeId): Promise<Template[]> {
  return rows(
    tx,
    sql`select id, service_group as "serviceGroup", kind, weekdays, to_char(opens, 'HH24:MI') as opens, to_char(closes, 'HH24:MI') as closes, counters, step_minutes as "stepMinutes",
               valid_from::text as "validFrom", valid_to::text as "validTo", nullif(layout, '{}') as layout
        from schedules.templates where office_id = ${officeId} order by id`,
  );
}

export async function listClosures(tx: Tx, officeId: OfficeId, from: LocalDate, to: LocalDate): Promise<LocalDate[]> {
  const found = await rows<{ date: LocalDate }>(
    tx,
    sql`select local_date::text as date from schedules.closures where office_id = ${officeId} and local_date between ${from} and ${to}`,
  );
  return found.map((row) => row.date);
}

/** Writes the sessions that are not there yet; one that exists stays as it is. Returns how many are new. */
export async function insertSessions(tx: Tx, officeId: OfficeId, planned: readonly PlannedSession[]): Promise<number> {
  return writeSessions(
    tx,
    officeId,
    planned.map((one) => ({ ...one, id: newId<SessionId>() })),
  );
}

function writeSessions(
  tx: Tx,
  officeId: OfficeId,
  planned: readonly (PlannedSession & { readonly id: SessionId })[],
): Promise<number> {
  if (planned.length === 0) return Promise.resolve(0);
  return run(
    tx,
    sql`insert into schedules.sessions (office_id, id, template_id, service_group, kind, local_date, starts_at, ends_at, counters, step_minutes, layout, planned_places)
        select ${officeId}::text, * from unnest(${planned.map((one) => one.id)}::uuid[], ${planned.map((one) => one.templateId)}::uuid[],
          ${planned.map((one) => one.serviceGroup)}::text[], ${planned.map((one) => one.kind)}::text[], ${planned.map((one) => one.localDate)}::date[],
          ${planned.map((one) => one.startsAt)}::timestamptz[], ${planned.map((one) => one.endsAt)}::timestamptz[],
          ${planned.map((one) => one.counters)}::smallint[], ${planned.map((one) => one.stepMinutes)}::smallint[],
          ${planned.map((one) => JSON.stringify(one.layout ?? {}))}::jsonb[], ${planned.map((one) => one.plannedPlaces ?? null)}::int[])
        on conflict (office_id, template_id, local_date) do nothing`,
  );
}

/** The same for sessions that have their ids and places already. */
export async function insertSessionsOf(
  tx: Tx,
  officeId: OfficeId,
  planned: readonly (PlannedSession & { readonly id: SessionId })[],
): Promise<void> {
  await writeSessions(tx, officeId, planned);
}

export type SessionToFill = Pick<
  PlannedSession,
  "localDate" | "startsAt" | "endsAt" | "counters" | "stepMinutes" | "layout"
> & {
  readonly id: SessionId;
};

/** Open sessions that templates made and that have fewer places than they ask for. A special day is what it was published as. */
export async function listSessionsToFill(
  tx: Tx,
  officeId: OfficeId,
  from: LocalDate,
  to: LocalDate,
): Promise<SessionToFill[]> {
  return rows(
    tx,
    sql`select s.id, s.local_date::text as "localDate", s.starts_at as "startsAt", s.ends_at as "endsAt", s.counters, s.step_minutes as "stepMinutes", nullif(s.layout, '{}') as layout
        from schedules.sessions s
        where s.office_id = ${officeId} and s.local_date between ${from} and ${to} and s.state = 'open' and s.special_day_id is null
          and (select count(*) from schedules.places p where p.office_id = s.office_id and p.session_id = s.id)
            < coalesce(s.planned_places, s.counters * floor(extract(epoch from s.ends_at - s.starts_at) / (60 * s.step_minutes)))`,
  );
}

/**
 * Writes a place at every counter for each step. A place that exists is not touched, whatever its
 * state: it may be booked. Returns how many are new.
 */
export async function insertPlaces(
  tx: Tx,
  officeId: OfficeId,
  steps: readonly (Step & { sessionId: SessionId })[],
): Promise<number> {
  if (steps.length === 0) return 0;
  return run(
    tx,
    sql`insert into schedules.places (office_id, session_id, starts_at, counter, band)
        select s.office_id, s.id, to_timestamp(t.starts_at / 1000), c, t.band
        from unnest(${steps.map((one) => one.sessionId)}::uuid[], ${steps.map((one) => one.startsAt)}::float8[], ${steps.map((one) => one.band)}::text[])
             as t (session_id, starts_at, band)
        join schedules.sessions s on s.office_id = ${officeId} and s.id = t.session_id
        cross join generate_series(1, s.counters) as c
        on conflict do nothing`,
  );
}

/** A place of a session that is laid out with breaks, stations or reserves. */
export type NewPlace = LaidPlace & { readonly sessionId: SessionId; readonly isDrawn?: boolean };

/**
 * Writes places one by one; what exists is not touched. A reserve is planned until it melts; so is what is to be drawn
 * from the beginning. Returns how many are new.
 */
export async function insertLaidPlaces(tx: Tx, officeId: OfficeId, places: readonly NewPlace[]): Promise<number> {
  if (places.length === 0) return 0;
  return run(
    tx,
    sql`insert into schedules.places (office_id, session_id, starts_at, counter, band, overbook, pool, state)
        select ${officeId}::text, t.session_id, to_timestamp(t.starts_at / 1000), t.counter, t.band, t.overbook, t.pool, case when t.pool = 'open' then 'open' else 'planned' end
        from unnest(${places.map((one) => one.sessionId)}::uuid[], ${places.map((one) => one.startsAt)}::float8[], ${places.map((one) => one.counter)}::smallint[],
                    ${places.map((one) => one.band)}::text[], ${places.map((one) => one.overbook ?? false)}::bool[], ${places.map((one) => (one.isDrawn && one.pool === "open" ? "draw" : one.pool))}::text[])
             as t (session_id, starts_at, counter, band, overbook, pool)
        on conflict (office_id, session_id, starts_at, counter) do update set state = excluded.state, pool = excluded.pool, band = excluded.band, cut_id = null
          where places.state = 'withdrawn' and places.draw_id is null and exists (select from schedules.cuts c where c.id = places.cut_id and c.reason = ${BY_PLAN})`,
  );
}
