import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { localDateAt } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { turnCode, type TurnCode } from "../rules/turn.ts";
import type { Line, Station } from "../types.ts";
import { listSuspensions, type Suspension } from "./the-day.ts";

/** Calls that a hall still has to see. Our own number: nobody looks for a call of an hour ago. */
const MOST_CALLS = 12;

/** Codes whose papers are ready that a wall has room for. */
const MOST_READY = 8;

/** That somebody was called to a counter. */
export interface HallCall extends TurnCode {
  readonly station: Station;
  readonly counter: number;
  readonly calledAt: Date;
}

export interface BoardCall extends HallCall {
  /** Somebody already sits there. */
  readonly attended: boolean;
}

export interface BoardStation {
  readonly station: Station;
  /** Turns and people that wait there, but for who is set aside. */
  readonly waiting: number;
  readonly people: number;
  readonly byLine: Readonly<Record<Line, number>>;
  /** Median whole minutes from the queue to the counter today; null while nobody has it behind her. */
  readonly waitMinutes: number | null;
}

/** What hangs in the hall: codes and counts, nothing that names anybody. */
export interface Board {
  /** The newest first. */
  readonly calls: readonly BoardCall[];
  readonly stations: readonly BoardStation[];
  /** People in the hall now. */
  readonly inside: number;
  /** Turns of today all of whose papers can be fetched, the last ready first. */
  readonly ready: readonly TurnCode[];
  /** What stands still today, with the hour of the next news. */
  readonly suspended: readonly Pick<Suspension, "service" | "station" | "newsAt">[];
}

export async function readBoard(ctx: Context, officeId: OfficeId): Promise<Board> {
  const { zone } = (await getNetwork(ctx)).officeById.get(officeId)!;
  const today = localDateAt(ctx.now, zone);
  return transaction(ctx, "console", (tx) => boardOf(tx, officeId, today));
}

/** `today`: the day in the office's zone. */
export async function boardOf(tx: Tx, officeId: OfficeId, today: LocalDate): Promise<Board> {
  const [calls, stations, suspensions, ready, [inside]] = await Promise.all([
    listCalls(tx, officeId, today),
    listBoardStations(tx, officeId, today),
    listSuspensions(tx, officeId, today),
    listReady(tx, officeId, today),
    rows<{ people: number }>(
      tx,
      sql`select coalesce(sum(people), 0)::int as people from visits.visits
          where office_id = ${officeId} and local_date = ${today} and state in ('waiting', 'called', 'serving')`,
    ),
  ]);
  const suspended = suspensions.map(({ service, station, newsAt }) => ({ service, station, newsAt }));
  return { calls, stations, inside: inside!.people, ready, suspended };
}

/** A family fetches its papers with one walk: none of them is still being made. */
async function listReady(tx: Tx, officeId: OfficeId, today: LocalDate): Promise<TurnCode[]> {
  const ready = await rows<{ turnNo: number }>(
    tx,
    sql`select v.turn_no as "turnNo" from issuing.documents d join visits.visits v on v.office_id = d.office_id and v.booking_id = d.booking_id
        where d.office_id = ${officeId} and v.local_date = ${today} and v.turn_no is not null and d.local_date = ${today}
        group by v.turn_no having bool_or(d.state = 'ready') and not bool_or(d.state in ('captured', 'in_production', 'spoiled'))
        order by max(d.changed_at) filter (where d.state = 'ready') desc, v.turn_no limit ${MOST_READY}`,
  );
  return ready.map(({ turnNo }) => turnCode(turnNo));
}

/** Calls of that day after an instant, the oldest first, whether or not they still stand. */
export async function listCallsSince(tx: Tx, officeId: OfficeId, today: LocalDate, since: Date): Promise<HallCall[]> {
  const found = await rows<{ turnNo: number; station: Station; counter: number; calledAt: Date }>(
    tx,
    sql`select turn_no as "turnNo", station, counter, called_at as "calledAt" from visits.visits
        where office_id = ${officeId} and local_date = ${today} and turn_no is not null and counter is not null and called_at > ${since}
        union select v.turn_no, p.station, p.counter, p.called_at from visits.passages p join visits.visits v on v.office_id = p.office_id and v.id = p.visit_id
        where p.office_id = ${officeId} and p.local_date = ${today} and v.turn_no is not null and p.counter is not null and p.called_at > ${since}
        order by "calledAt", "turnNo"`,
  );
  return found.map(({ turnNo, ...call }) => ({ ...turnCode(turnNo), ...call }));
}

async function listCalls(tx: Tx, officeId: OfficeId, today: string): Promise<BoardCall[]> {
  const called = await rows<{ turnNo: number; station: Station; counter: number; calledAt: Date; attended: boolean }>(
    tx,
    sql`select turn_no as "turnNo", station, counter, called_at as "calledAt", state = 'serving' as attended from visits.visits
        where office_id = ${officeId} and local_date = ${today} and state in ('called', 'serving') and turn_no is not null and counter is not null and called_at is not null
        order by called_at desc, turn_no limit ${MOST_CALLS}`,
  );
  return called.map(({ turnNo, ...call }) => ({ ...turnCode(turnNo), ...call }));
}

export function listBoardStations(tx: Tx, officeId: OfficeId, today: string): Promise<BoardStation[]> {
  return rows(
    tx,
    sql`with here as (select station from visits.stations where office_id = ${officeId}
                      union select 'window' where not exists (select from visits.stations where office_id = ${officeId})
                      union select station from visits.visits where office_id = ${officeId} and local_date = ${today} and state in ('waiting', 'called', 'serving')),
          queue as (select station, line, people from visits.visits
                    where office_id = ${officeId} and local_date = ${today} and state = 'waiting' and parked_at is null and turn_no is not null)
        select h.station, count(q.line)::int as waiting, coalesce(sum(q.people), 0)::int as people,
          jsonb_build_object('appointment', count(*) filter (where q.line = 'appointment'), 'return', count(*) filter (where q.line = 'return'),
                             'walk_in', count(*) filter (where q.line = 'walk_in')) as "byLine",
          (select round(percentile_cont(0.5) within group (order by extract(epoch from coalesce(p.called_at, p.served_at) - p.entered_at) / 60))::int from visits.passages p
           where p.office_id = ${officeId} and p.local_date = ${today} and p.station = h.station) as "waitMinutes"
        from here h left join queue q on q.station = h.station
        group by h.station order by array_position(array['filter', 'cashier', 'capture', 'window'], h.station)`,
  );
}
