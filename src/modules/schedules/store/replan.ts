import type { LocalDate, OfficeId, SessionId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { LaidPlace } from "../rules/layout.ts";
import { BY_PLAN, type CutPlace, type PlacePool, type PlannedSession, type Template } from "../types.ts";

/** A session of a template as it stands. */
export interface TemplateSession {
  readonly id: SessionId;
  readonly templateId: string;
  readonly localDate: LocalDate;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly stepMinutes: number;
  readonly state: "open" | "closed";
}

/**
 * Sessions between two days of a template and of the versions that it replaced: there somebody may have kept a place
 * between other minutes.
 */
export function listTemplateSessions(
  tx: Tx,
  officeId: OfficeId,
  templateId: string | null,
  from: LocalDate,
  to: LocalDate,
): Promise<TemplateSession[]> {
  return rows(
    tx,
    sql`with recursive versions as (
          select id, replaces from schedules.templates where id = ${templateId}
          union select t.id, t.replaces from schedules.templates t join versions v on t.id = v.replaces)
        select s.id, s.template_id as "templateId", s.local_date::text as "localDate", s.starts_at as "startsAt", s.ends_at as "endsAt", s.step_minutes as "stepMinutes", s.state
        from schedules.sessions s join versions v on v.id = s.template_id
        where s.office_id = ${officeId} and s.local_date between ${from} and ${to} order by s.local_date, s.id`,
  );
}

export type SessionPlace = CutPlace & { readonly pool: PlacePool; readonly isCut: boolean };

/** All places of these sessions, but for what a plan before gave up: it can be planned again. */
export function listPlacesOf(tx: Tx, officeId: OfficeId, sessionIds: readonly SessionId[]): Promise<SessionPlace[]> {
  return rows(
    tx,
    sql`select p.office_id as "officeId", p.session_id as "sessionId", s.service_group as "serviceGroup", s.step_minutes as "stepMinutes",
               extract(epoch from p.starts_at)::float8 * 1000 as "startsAt", p.counter, p.state, p.holder, p.pool, p.cut_id is not null as "isCut"
        from schedules.places p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id
        left join schedules.cuts c on c.id = p.cut_id
        where p.office_id = ${officeId} and p.session_id = any(${sessionIds}::uuid[])
          and not (p.state = 'withdrawn' and p.draw_id is null and c.reason is not distinct from ${BY_PLAN})
        order by p.starts_at, p.session_id, p.counter`,
  );
}

/** Nobody changes these until the transaction ends; in the order of every batch. */
export async function lockPlacesOf(tx: Tx, officeId: OfficeId, sessionIds: readonly SessionId[]): Promise<void> {
  await run(
    tx,
    sql`select 1 from schedules.places where office_id = ${officeId} and session_id = any(${sessionIds}::uuid[])
        order by office_id, session_id, starts_at, counter for update`,
  );
}

/** A template that holds until the day before, and the one that holds from there on. */
export async function endTemplate(tx: Tx, id: string, last: LocalDate): Promise<void> {
  await run(tx, sql`update schedules.templates set valid_to = ${last} where id = ${id}`);
}

export async function insertTemplate(
  tx: Tx,
  officeId: OfficeId,
  template: Template,
  replaces: string | null,
): Promise<void> {
  const { id, serviceGroup, kind, weekdays, opens, closes, counters, stepMinutes, validFrom, validTo, layout } =
    template;
  await run(
    tx,
    sql`insert into schedules.templates (office_id, id, service_group, kind, weekdays, opens, closes, counters, step_minutes, valid_from, valid_to, layout, replaces)
        values (${officeId}, ${id}, ${serviceGroup}, ${kind}, ${weekdays}::smallint[], ${opens}, ${closes}, ${counters}, ${stepMinutes}, ${validFrom}, ${validTo}, ${JSON.stringify(layout ?? {})}, ${replaces})`,
  );
}

/** Gives sessions the hours and counters that they have from now on. `template` alone: a closed one, which stays as it is. */
export async function updateSessions(
  tx: Tx,
  officeId: OfficeId,
  sessions: readonly (PlannedSession & { readonly id: SessionId })[],
): Promise<void> {
  if (sessions.length === 0) return;
  await run(
    tx,
    sql`update schedules.sessions s set template_id = t.template_id, kind = t.kind, starts_at = t.starts_at, ends_at = t.ends_at, counters = t.counters, layout = t.layout, planned_places = t.places
        from unnest(${sessions.map((one) => one.id)}::uuid[], ${sessions.map((one) => one.templateId)}::uuid[], ${sessions.map((one) => one.kind)}::text[],
          ${sessions.map((one) => one.startsAt)}::timestamptz[], ${sessions.map((one) => one.endsAt)}::timestamptz[], ${sessions.map((one) => one.counters)}::smallint[],
          ${sessions.map((one) => JSON.stringify(one.layout ?? {}))}::jsonb[], ${sessions.map((one) => one.plannedPlaces ?? null)}::int[])
          as t (id, template_id, kind, starts_at, ends_at, counters, layout, places)
        where s.office_id = ${officeId} and s.id = t.id`,
  );
}

/** Closed sessions pass to another template as they are: it opens nothing anew on their days. */
export async function adoptSessions(
  tx: Tx,
  officeId: OfficeId,
  sessionIds: readonly SessionId[],
  templateId: string,
): Promise<void> {
  if (sessionIds.length === 0) return;
  await run(
    tx,
    sql`update schedules.sessions set template_id = ${templateId} where office_id = ${officeId} and id = any(${sessionIds}::uuid[])`,
  );
}

/** Free places pass into a reserve, or out of it to everybody. */
export async function repoolPlaces(
  tx: Tx,
  officeId: OfficeId,
  places: readonly {
    readonly sessionId: SessionId;
    readonly startsAt: number;
    readonly counter: number;
    readonly to: LaidPlace["pool"];
  }[],
): Promise<void> {
  if (places.length === 0) return;
  await run(
    tx,
    sql`update schedules.places p set pool = t.pool, state = case when t.pool = 'open' then 'open' else 'planned' end
        from unnest(${places.map((one) => one.sessionId)}::uuid[], ${places.map((one) => new Date(one.startsAt))}::timestamptz[],
                    ${places.map((one) => one.counter)}::smallint[], ${places.map((one) => one.to)}::text[]) as t (session_id, starts_at, counter, pool)
        where p.office_id = ${officeId} and p.session_id = t.session_id and p.starts_at = t.starts_at and p.counter = t.counter and p.state in ('open', 'planned', 'freed')`,
  );
}
