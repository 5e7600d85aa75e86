import type { LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Band } from "../types.ts";
import type { DrawPlace } from "./draws.ts";

/** From which start, and to which local day, a short draw has places. */
interface Near {
  readonly from: Date;
  readonly to: LocalDate;
}

/** Where something near came back: an office, a service group, a day and a part of it. */
export interface NearCell {
  readonly officeId: OfficeId;
  readonly serviceGroup: ServiceGroup;
  readonly localDate: LocalDate;
  readonly band: Band;
}

/** What a short draw could give out at these offices, freed or planned. Nothing is locked: it is counted again when the draw is. */
export async function listNear(tx: Tx, officeIds: readonly OfficeId[], { from, to }: Near): Promise<NearCell[]> {
  return rows(
    tx,
    sql`select distinct p.office_id as "officeId", s.service_group as "serviceGroup", s.local_date::text as "localDate", p.band
        from schedules.places p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id and s.state = 'open'
        left join schedules.releases r on r.office_id = s.office_id and r.service_group = s.service_group
        where p.office_id = any(${officeIds}::text[]) and p.starts_at >= ${from} and s.local_date <= ${to}
          and (p.state = 'planned' and p.pool = 'draw' or p.state = 'freed' and (s.short_notice or r.regime = 'draw'))
        order by 1, 2, 3, 4`,
  );
}

/** Takes what was freed for those days, where places are drawn or are given at short notice alone, among the places to be drawn. */
export async function planFreed(tx: Tx, officeId: OfficeId, { from, to }: Near): Promise<number> {
  return run(
    tx,
    sql`update schedules.places p set state = 'planned', pool = 'draw'
        from schedules.sessions s left join schedules.releases r on r.office_id = s.office_id and r.service_group = s.service_group
        where p.office_id = ${officeId} and p.state = 'freed' and p.starts_at >= ${from} and s.office_id = p.office_id and s.id = p.session_id
          and s.state = 'open' and s.local_date <= ${to} and (s.short_notice or r.regime = 'draw')`,
  );
}

/** Keeps what is near and in no draw for everybody, from the next release tick on: nobody who may be asked wants it. */
export async function leaveOver(tx: Tx, officeId: OfficeId, { from, to }: Near): Promise<number> {
  return run(
    tx,
    sql`update schedules.places p set pool = 'waitlist' from schedules.sessions s
        where p.office_id = ${officeId} and p.state = 'planned' and p.pool = 'draw' and p.starts_at >= ${from}
          and s.office_id = p.office_id and s.id = p.session_id and s.local_date <= ${to}`,
  );
}

/** The same of some planned places alone. */
export async function leavePlaces(
  tx: Tx,
  officeId: OfficeId,
  places: readonly Pick<DrawPlace, "sessionId" | "startsAt" | "counter">[],
): Promise<void> {
  if (places.length === 0) return;
  await run(
    tx,
    sql`update schedules.places p set pool = 'waitlist'
        from unnest(${places.map((one) => one.sessionId)}::uuid[], ${places.map((one) => new Date(one.startsAt))}::timestamptz[], ${places.map((one) => one.counter)}::smallint[])
             as t (session_id, starts_at, counter)
        where p.office_id = ${officeId} and p.session_id = t.session_id and p.starts_at = t.starts_at and p.counter = t.counter and p.state = 'planned' and p.pool = 'draw'`,
  );
}

/** The same of what a short draw had and gave nobody. */
export async function leaveCommitted(tx: Tx, officeId: OfficeId, drawId: string): Promise<number> {
  return run(
    tx,
    sql`update schedules.places p set state = 'planned', pool = 'waitlist', draw_id = null
        from (select office_id, session_id, starts_at, counter from schedules.places where office_id = ${officeId} and state = 'committed' and draw_id = ${drawId}
              order by office_id, session_id, starts_at, counter for update) mine
        where p.office_id = mine.office_id and p.session_id = mine.session_id and p.starts_at = mine.starts_at and p.counter = mine.counter`,
  );
}
