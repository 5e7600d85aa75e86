import type { LocalDate, OfficeId, ServiceGroup, SessionId } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { listTemplates } from "../store/sessions.ts";
import { listSpecialDays } from "../store/special-days.ts";
import { listResources, listVenues, type ResourceRow } from "../store/venues.ts";
import type { Extras, SessionKind, SpecialDay, SpecialDayId, Template, Venue } from "../types.ts";

/** Steps of counters by who has them. */
export interface PlaceCounts {
  readonly all: number;
  /** Nobody has it yet: open, planned, promised to a draw, or about to return. */
  readonly free: number;
  /** Kept for urgent cases, for the door, for the telephone and the desk. */
  readonly kept: number;
  readonly taken: number;
  readonly cut: number;
}

/** A session as whoever plans sees it. */
export interface PlannedRow {
  readonly id: SessionId;
  readonly serviceGroup: ServiceGroup;
  readonly kind: SessionKind;
  readonly localDate: LocalDate;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly counters: number;
  readonly stepMinutes: number;
  readonly state: "open" | "closed";
  readonly layout: Extras | null;
  readonly templateId: string | null;
  readonly specialDayId: SpecialDayId | null;
  /** In order of the counter, from 1; a counter without a place is absent. */
  readonly byCounter: readonly (PlaceCounts & { readonly counter: number })[];
}

/** What an office has planned between two days, both included. */
export interface PlanOfDays {
  readonly sessions: readonly PlannedRow[];
  readonly closures: ReadonlyMap<LocalDate, string>;
  readonly specialDays: readonly SpecialDay[];
  readonly templates: readonly Template[];
  /** Of the special days. */
  readonly venues: readonly Venue[];
  readonly resources: readonly ResourceRow[];
  readonly circuits: readonly { readonly id: string; readonly name: string }[];
}

export function getPlan(ctx: Context, officeId: OfficeId, from: LocalDate, to: LocalDate): Promise<PlanOfDays> {
  return transaction(ctx, "console", async (tx) => ({
    sessions: await listPlanned(tx, officeId, from, to),
    closures: await listClosed(tx, officeId, from, to),
    specialDays: await listSpecialDays(tx, officeId, { from, to }),
    templates: (await listTemplates(tx, officeId)).filter((one) => one.validTo === null || one.validTo >= from),
    venues: await listVenues(tx, officeId),
    resources: await listResources(tx, from),
    circuits: await rows(tx, sql`select id, name from schedules.circuits where office_id = ${officeId}`),
  }));
}

/** Crews and kits of the network with where they are from that day on. */
export function getResources(ctx: Context, from: LocalDate): Promise<ResourceRow[]> {
  return transaction(ctx, "console", (tx) => listResources(tx, from));
}

function listPlanned(tx: Tx, officeId: OfficeId, from: LocalDate, to: LocalDate): Promise<PlannedRow[]> {
  return rows(
    tx,
    sql`select s.id, s.service_group as "serviceGroup", s.kind, s.local_date::text as "localDate", s.starts_at as "startsAt", s.ends_at as "endsAt", s.counters, s.step_minutes as "stepMinutes",
               s.state, nullif(s.layout, '{}') as layout, s.template_id as "templateId", s.special_day_id as "specialDayId",
               coalesce((select jsonb_agg(to_jsonb(c) order by c.counter) from (
                 select p.counter, count(*) as "all",
                        count(*) filter (where p.cut_id is null and (p.state in ('open', 'committed', 'freed') or p.state = 'planned' and p.pool in ('open', 'draw', 'waitlist', 'room'))) as free,
                        count(*) filter (where p.cut_id is null and p.state = 'planned' and p.pool in ('urgent', 'walk_in', 'assisted')) as kept,
                        count(*) filter (where p.cut_id is null and p.state in ('assigned', 'held', 'booked', 'used')) as taken,
                        count(*) filter (where p.cut_id is not null or p.state = 'withdrawn') as cut
                 from schedules.places p where p.office_id = s.office_id and p.session_id = s.id group by p.counter) c), '[]') as "byCounter"
        from schedules.sessions s where s.office_id = ${officeId} and s.local_date between ${from} and ${to} and s.kind <> 'walk_in'
        order by s.local_date, s.starts_at, s.service_group, s.id`,
  );
}

async function listClosed(
  tx: Tx,
  officeId: OfficeId,
  from: LocalDate,
  to: LocalDate,
): Promise<ReadonlyMap<LocalDate, string>> {
  const found = await rows<{ localDate: LocalDate; reason: string }>(
    tx,
    sql`select local_date::text as "localDate", reason from schedules.closures where office_id = ${officeId} and local_date between ${from} and ${to}`,
  );
  return new Map(found.map(({ localDate, reason }) => [localDate, reason]));
}

/** A session of one day as whoever plans it sees it. */
export interface SessionOfDay {
  readonly id: SessionId;
  readonly serviceGroup: ServiceGroup;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly counters: number;
  /** Steps of counters, and how many of them a cut took. */
  readonly places: number;
  readonly cut: number;
}

/** The sessions of an office on one day, in their order; what is over is still listed. */
export function listSessionsOfDay(tx: Tx, officeId: OfficeId, localDate: LocalDate): Promise<SessionOfDay[]> {
  return rows(
    tx,
    sql`select s.id, s.service_group as "serviceGroup", s.starts_at as "startsAt", s.ends_at as "endsAt", s.counters,
               count(p.counter)::int as places, count(p.cut_id)::int as cut
        from schedules.sessions s left join schedules.places p on p.office_id = s.office_id and p.session_id = s.id
        where s.office_id = ${officeId} and s.local_date = ${localDate} and s.kind <> 'walk_in'
        group by s.office_id, s.id order by s.starts_at, s.service_group`,
  );
}
