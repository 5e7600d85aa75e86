import type { LocalDate, OfficeId, ServiceGroup, SessionId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Laid } from "../rules/layout.ts";
import type { Extras, Layout, SpecialDay, SpecialDayId, Step } from "../types.ts";

/** Special days of one office between two days, both included, or one of them; also those that were cancelled. */
export function listSpecialDays(
  tx: Tx,
  officeId: OfficeId,
  { from, to, id }: { readonly from?: LocalDate; readonly to?: LocalDate; readonly id?: SpecialDayId },
): Promise<SpecialDay[]> {
  return rows(
    tx,
    sql`select d.id, d.office_id as "officeId", d.kind, d.state, d.local_date::text as "localDate", d.venue_id as "venueId", d.circuit_id as "circuitId", d.sessions, d.revision,
               d.given_out as "givenOut", d.published_at as "publishedAt",
               coalesce((select array_agg(rd.resource_id::text order by rd.resource_id) from schedules.resource_days rd
                         where rd.office_id = d.office_id and rd.special_day_id = d.id), '{}') as resources
        from schedules.special_days d
        where d.office_id = ${officeId} and d.local_date between coalesce(${from ?? null}::date, d.local_date) and coalesce(${to ?? null}::date, d.local_date)
          and d.id = coalesce(${id ?? null}::uuid, d.id) order by d.local_date, d.made_at, d.id`,
  );
}

/** One of them, locked until the transaction ends. */
export async function lockSpecialDay(tx: Tx, officeId: OfficeId, id: SpecialDayId): Promise<SpecialDay | undefined> {
  await run(tx, sql`select 1 from schedules.special_days where office_id = ${officeId} and id = ${id} for update`);
  return (await listSpecialDays(tx, officeId, { id }))[0];
}

export async function insertSpecialDay(
  tx: Tx,
  day: Pick<SpecialDay, "id" | "officeId" | "kind" | "localDate" | "venueId" | "circuitId" | "sessions">,
  now: Date,
): Promise<void> {
  const { id, officeId, kind, localDate, venueId, circuitId, sessions } = day;
  await run(
    tx,
    sql`insert into schedules.special_days (office_id, id, kind, local_date, venue_id, circuit_id, sessions, state, made_at)
        values (${officeId}, ${id}, ${kind}, ${localDate}, ${venueId}, ${circuitId}, ${JSON.stringify(sessions)}, 'draft', ${now})`,
  );
}

/** Writes what can change of a special day. */
export async function updateSpecialDay(
  tx: Tx,
  day: Pick<
    SpecialDay,
    | "id"
    | "officeId"
    | "kind"
    | "localDate"
    | "venueId"
    | "sessions"
    | "state"
    | "revision"
    | "givenOut"
    | "publishedAt"
  >,
): Promise<void> {
  await run(
    tx,
    sql`update schedules.special_days set kind = ${day.kind}, local_date = ${day.localDate}, venue_id = ${day.venueId}, sessions = ${JSON.stringify(day.sessions)},
          state = ${day.state}, revision = ${day.revision}, given_out = ${day.givenOut}, published_at = ${day.publishedAt}
        where office_id = ${day.officeId} and id = ${day.id}`,
  );
}

export async function insertCircuit(
  tx: Tx,
  circuit: { readonly id: string; readonly officeId: OfficeId; readonly name: string },
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`insert into schedules.circuits (id, office_id, name, made_at) values (${circuit.id}, ${circuit.officeId}, ${circuit.name}, ${now})`,
  );
}

/** Which of these crews and kits are somewhere else on that day. */
export function listElsewhere(
  tx: Tx,
  resources: readonly string[],
  localDate: LocalDate,
  except: string | undefined,
): Promise<{ readonly name: string; readonly officeId: OfficeId; readonly city: string | null }[]> {
  return rows(
    tx,
    sql`select r.name, rd.office_id as "officeId", v.city from schedules.resource_days rd join schedules.resources r on r.id = rd.resource_id
        join schedules.special_days d on d.office_id = rd.office_id and d.id = rd.special_day_id left join schedules.venues v on v.id = d.venue_id
        where rd.resource_id = any(${resources}::uuid[]) and rd.local_date = ${localDate} and rd.special_day_id is distinct from ${except ?? null}::uuid order by r.name`,
  );
}

/** How many of these are crews or kits that may be planned with. */
export async function countResources(tx: Tx, resources: readonly string[]): Promise<number> {
  const [found] = await rows<{ count: number }>(
    tx,
    sql`select count(*)::int as count from schedules.resources where id = any(${resources}::uuid[]) and retired_at is null`,
  );
  return found!.count;
}

/** Sends crews and kits to a special day, on its day. False when one of them is elsewhere: the primary key says so, also of two at once. */
export async function setResourceDays(
  tx: Tx,
  day: Pick<SpecialDay, "officeId" | "id" | "localDate" | "resources">,
): Promise<boolean> {
  await run(
    tx,
    sql`delete from schedules.resource_days where office_id = ${day.officeId} and special_day_id = ${day.id}`,
  );
  const sent = await run(
    tx,
    sql`insert into schedules.resource_days (resource_id, local_date, office_id, special_day_id)
        select r, ${day.localDate}::date, ${day.officeId}::text, ${day.id}::uuid from unnest(${day.resources}::uuid[]) as r order by r on conflict do nothing`,
  );
  return sent === day.resources.length;
}

/** A session of a special day as it stands. */
export interface SpecialSessionRow {
  readonly id: SessionId;
  readonly serviceGroup: ServiceGroup;
  readonly localDate: LocalDate;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly counters: number;
  readonly stepMinutes: number;
}

/** In the order of their hours, as the layouts of the day stand sorted too. */
export function listSessionsOf(tx: Tx, officeId: OfficeId, id: SpecialDayId): Promise<SpecialSessionRow[]> {
  return rows(
    tx,
    sql`select id, service_group as "serviceGroup", local_date::text as "localDate", starts_at as "startsAt", ends_at as "endsAt", counters, step_minutes as "stepMinutes"
        from schedules.sessions where office_id = ${officeId} and special_day_id = ${id} order by starts_at, service_group`,
  );
}

export async function insertSpecialSessions(
  tx: Tx,
  day: Pick<SpecialDay, "officeId" | "id" | "kind" | "localDate">,
  sessions: readonly (Laid & {
    readonly id: SessionId;
    readonly serviceGroup: ServiceGroup;
    readonly places: number;
    readonly shortNotice: boolean;
  })[],
): Promise<void> {
  await run(
    tx,
    sql`insert into schedules.sessions (office_id, id, special_day_id, service_group, kind, local_date, starts_at, ends_at, counters, step_minutes, layout, planned_places, short_notice)
        select ${day.officeId}::text, t.id, ${day.id}::uuid, t.service_group, ${day.kind}::text, ${day.localDate}::date, t.starts_at, t.ends_at, t.counters, t.step_minutes, t.layout, t.places, t.short_notice
        from unnest(${sessions.map((one) => one.id)}::uuid[], ${sessions.map((one) => one.serviceGroup)}::text[], ${sessions.map((one) => one.startsAt)}::timestamptz[],
          ${sessions.map((one) => one.endsAt)}::timestamptz[], ${sessions.map((one) => one.counters)}::smallint[], ${sessions.map((one) => one.stepMinutes)}::smallint[],
          ${sessions.map((one) => JSON.stringify(one.layout))}::jsonb[], ${sessions.map((one) => one.places)}::int[], ${sessions.map((one) => one.shortNotice)}::boolean[])
          as t (id, service_group, starts_at, ends_at, counters, step_minutes, layout, places, short_notice)`,
  );
}

/** Openings of other days of that date: of templates' sessions, and of other special days that are published, suspended or drafts. */
export function listOpenings(
  tx: Tx,
  officeId: OfficeId,
  localDate: LocalDate,
  except: string | undefined,
): Promise<
  {
    readonly templateId: string | null;
    readonly serviceGroup: ServiceGroup;
    readonly venueId: string | null;
    readonly startsAt: Date;
    readonly endsAt: Date;
    readonly isOpen: boolean;
  }[]
> {
  return rows(
    tx,
    sql`select s.template_id as "templateId", s.service_group as "serviceGroup", d.venue_id as "venueId", s.starts_at as "startsAt", s.ends_at as "endsAt",
               s.state = 'open' or d.state = 'suspended' as "isOpen"
        from schedules.sessions s left join schedules.special_days d on d.office_id = s.office_id and d.id = s.special_day_id
        where s.office_id = ${officeId} and s.local_date = ${localDate} and s.special_day_id is distinct from ${except ?? null}::uuid`,
  );
}

/** Layouts of other drafts of that day. */
export function listDrafts(
  tx: Tx,
  officeId: OfficeId,
  localDate: LocalDate,
  except: string | undefined,
): Promise<{ readonly venueId: string | null; readonly sessions: readonly Layout[] }[]> {
  return rows(
    tx,
    sql`select venue_id as "venueId", sessions from schedules.special_days
        where office_id = ${officeId} and local_date = ${localDate} and state = 'draft' and id is distinct from ${except ?? null}::uuid`,
  );
}

/** Opens or closes all sessions of a special day: what a closed one has is in no offer. */
export async function setSessionsOf(
  tx: Tx,
  officeId: OfficeId,
  id: SpecialDayId,
  state: "open" | "closed",
): Promise<void> {
  await run(
    tx,
    sql`update schedules.sessions set state = ${state} where office_id = ${officeId} and special_day_id = ${id} and state <> ${state}`,
  );
}

/** A session with where it goes; `steps` are those of its new day. */
export interface ShiftedSession {
  readonly id: SessionId;
  readonly localDate: LocalDate;
  readonly byMs: number;
  readonly layout: Extras;
  readonly steps: readonly Step[];
}

/** So far from every day that a place on its way meets none that has not left yet. */
const ON_THE_WAY = "20 years";

/**
 * Moves sessions with all their places, whoever has them. What a draw had promised there before a cut took it is promised
 * no more: its papers name another day.
 */
export async function shiftSessions(tx: Tx, officeId: OfficeId, sessions: readonly ShiftedSession[]): Promise<void> {
  const ids = sessions.map((one) => one.id);
  const shifts = sessions.map((one) => one.byMs);
  await run(
    tx,
    sql`update schedules.places set starts_at = starts_at + ${ON_THE_WAY}::interval, draw_id = null where office_id = ${officeId} and session_id = any(${ids}::uuid[])`,
  );
  await run(
    tx,
    sql`update schedules.places p set starts_at = p.starts_at - ${ON_THE_WAY}::interval + make_interval(secs => t.shift / 1000)
        from unnest(${ids}::uuid[], ${shifts}::float8[]) as t (id, shift) where p.office_id = ${officeId} and p.session_id = t.id`,
  );
  const steps = sessions.flatMap(({ id, steps: all }) => all.map((one) => ({ ...one, id })));
  await run(
    tx,
    sql`update schedules.places p set band = t.band
        from unnest(${steps.map((one) => one.id)}::uuid[], ${steps.map((one) => one.startsAt)}::float8[], ${steps.map((one) => one.band)}::text[]) as t (id, starts_at, band)
        where p.office_id = ${officeId} and p.session_id = t.id and p.starts_at = to_timestamp(t.starts_at / 1000) and p.band <> t.band`,
  );
  await run(
    tx,
    sql`update schedules.sessions s set local_date = t.local_date, starts_at = s.starts_at + make_interval(secs => t.shift / 1000),
          ends_at = s.ends_at + make_interval(secs => t.shift / 1000), layout = t.layout
        from unnest(${ids}::uuid[], ${sessions.map((one) => one.localDate)}::date[], ${shifts}::float8[], ${sessions.map((one) => JSON.stringify(one.layout))}::jsonb[]) as t (id, local_date, shift, layout)
        where s.office_id = ${officeId} and s.id = t.id`,
  );
}
