import type { LocalDate, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { HallPlan } from "../rules/turn.ts";
import type { Line, Station, Visit } from "../types.ts";

/** The next number of the office's day. Whoever arrives at the same time waits for it, so that none is left out or given twice. */
export async function nextTurnNo(tx: Tx, officeId: OfficeId, localDate: LocalDate): Promise<number> {
  const [row] = await rows<{ last: number }>(
    tx,
    sql`insert into visits.turn_numbers (office_id, local_date, last) values (${officeId}, ${localDate}, 1)
        on conflict (office_id, local_date) do update set last = turn_numbers.last + 1 returning last`,
  );
  return row!.last;
}

export async function readHallPlan(tx: Tx, officeId: OfficeId): Promise<HallPlan> {
  const [stations, routes] = await Promise.all([
    rows<{ station: Station; counters: number }>(
      tx,
      sql`select station, counters from visits.stations where office_id = ${officeId}`,
    ),
    rows<{ service: ServiceSlug; stations: Station[] }>(
      tx,
      sql`select service, stations from visits.routes where office_id = ${officeId}`,
    ),
  ]);
  return {
    stations: new Map(stations.map((one) => [one.station, one.counters])),
    routes: new Map(routes.map((one) => [one.service, one.stations])),
  };
}

/** Turns that a station has called today, by line: those that it has behind it and those that are at its counters. */
export async function countCalled(
  tx: Tx,
  officeId: OfficeId,
  localDate: LocalDate,
  station: Station,
): Promise<Record<Line, number>> {
  const called = await rows<{ line: Line; count: number }>(
    tx,
    sql`select line, count(*)::int as count from (
          select line from visits.passages where office_id = ${officeId} and local_date = ${localDate} and station = ${station}
          union all
          select line from visits.visits
            where office_id = ${officeId} and local_date = ${localDate} and station = ${station} and state in ('called', 'serving')
        ) as called group by line`,
  );
  const of = (line: Line) => called.find((one) => one.line === line)?.count ?? 0;
  return { appointment: of("appointment"), return: of("return"), walk_in: of("walk_in") };
}

/** What its present station took of a visit that leaves it now. */
export async function insertPassage(tx: Tx, visit: Visit, endedAt: Date): Promise<void> {
  await run(
    tx,
    sql`insert into visits.passages (office_id, visit_id, station, local_date, line, counter, people, entered_at, called_at, served_at, ended_at)
        values (${visit.officeId}, ${visit.id}, ${visit.station}, ${visit.localDate}, ${visit.line}, ${visit.counter}, ${visit.people},
                ${visit.stationSince ?? visit.arrivedAt}, ${visit.calledAt}, ${visit.servedAt}, ${endedAt}) on conflict do nothing`,
  );
}

/** The slip of a key that ended a visit is taken back with what it measured. */
export async function deletePassage(tx: Tx, { officeId, id, station }: Visit, endedAt: Date): Promise<void> {
  await run(
    tx,
    sql`delete from visits.passages where office_id = ${officeId} and visit_id = ${id} and station = ${station} and ended_at = ${endedAt}`,
  );
}

/** In place of what the office had. */
export async function saveHallPlan(
  tx: Tx,
  officeId: OfficeId,
  plan: {
    readonly stations: readonly { readonly station: Station; readonly counters: number }[];
    readonly routes: readonly { readonly service: ServiceSlug; readonly stations: readonly Station[] }[];
  },
): Promise<void> {
  await run(tx, sql`delete from visits.routes where office_id = ${officeId}`);
  await run(tx, sql`delete from visits.stations where office_id = ${officeId}`);
  await run(
    tx,
    sql`insert into visits.stations (office_id, station, counters)
        select ${officeId}, station, counters from jsonb_to_recordset(${JSON.stringify(plan.stations)}::jsonb) as t (station text, counters smallint)`,
  );
  await run(
    tx,
    sql`insert into visits.routes (office_id, service, stations)
        select ${officeId}, service, array(select jsonb_array_elements_text(stations)) from jsonb_to_recordset(${JSON.stringify(plan.routes)}::jsonb) as t (service text, stations jsonb)`,
  );
}

/** Local times of an office, `HH:MM`. */
export interface WalkInHours {
  readonly opens: string;
  readonly closes: string;
}

/** Null where people without an appointment are received as long as the hall is open. */
export async function readWalkInPlan(tx: Tx, officeId: OfficeId): Promise<WalkInHours | null> {
  const [hours] = await rows<WalkInHours>(
    tx,
    sql`select to_char(opens, 'HH24:MI') as opens, to_char(closes, 'HH24:MI') as closes from visits.walk_in_hours where office_id = ${officeId}`,
  );
  return hours ?? null;
}

export async function saveWalkInHours(tx: Tx, officeId: OfficeId, hours: WalkInHours | null): Promise<void> {
  await run(
    tx,
    hours === null
      ? sql`delete from visits.walk_in_hours where office_id = ${officeId}`
      : sql`insert into visits.walk_in_hours (office_id, opens, closes) values (${officeId}, ${hours.opens}, ${hours.closes})
            on conflict (office_id) do update set opens = excluded.opens, closes = excluded.closes`,
  );
}
