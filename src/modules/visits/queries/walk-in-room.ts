import type { LocalDate, OfficeId, ServiceGroup, ServiceSlug } from "#kernel/ids.ts";
import { addDays, localDateAt, MINUTE_MS } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { can } from "#modules/people/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { oneRow, rows, sql, type Tx } from "#platform/db/index.ts";
import { walkInRoom, type StationLoad } from "../rules/walk-in-room.ts";
import type { Station } from "../types.ts";

/** Days whose measured minutes count. Our own number: a station's people and papers change by the week. */
const MEASURED_DAYS = 7;

/** How many more turns without an appointment an office can attend to today. */
export interface WalkInRoom {
  readonly localDate: LocalDate;
  readonly opensAt: Date | null;
  readonly closesAt: Date | null;
  readonly turns: number;
  /** What is given today. */
  readonly services: readonly ServiceSlug[];
  /** Where time is shortest. */
  readonly tightest: Station | undefined;
}

/** Nothing for whoever registers nobody. */
export async function getWalkInRoom(ctx: Context, officeId: OfficeId): Promise<WalkInRoom> {
  const { zone } = (await getNetwork(ctx)).officeById.get(officeId)!;
  const today = localDateAt(ctx.now, zone);
  const none = { localDate: today, opensAt: null, closesAt: null, turns: 0, services: [], tightest: undefined };
  if (!can(ctx.actor, "book_for_person", officeId)) return none;
  return transaction(ctx, "console", async (tx) => {
    const hours = await readWalkInHours(tx, officeId, today);
    if (!hours.opensAt || !hours.closesAt) return none;
    const services = await listGivenToday(ctx, tx, officeId, today);
    const from = Math.max(ctx.now.getTime(), hours.opensAt.getTime());
    const loads = await listLoads(tx, officeId, today);
    return {
      localDate: today,
      ...hours,
      services,
      ...walkInRoom(loads, (hours.closesAt.getTime() - from) / MINUTE_MS),
    };
  });
}

/** Services of which a session of today stands open at the office's own building, in the order of the catalogue. */
export async function listGivenToday(
  ctx: Pick<Context, "database" | "clock">,
  tx: Tx,
  officeId: OfficeId,
  today: LocalDate,
): Promise<ServiceSlug[]> {
  const found = await rows<{ group: ServiceGroup }>(
    tx,
    sql`select distinct s.service_group as "group" from schedules.sessions s
        where s.office_id = ${officeId} and s.local_date = ${today} and s.state = 'open'
          and not exists (select from schedules.special_days d where d.office_id = s.office_id and d.id = s.special_day_id and d.venue_id is not null)`,
  );
  const groups = new Set(found.map((one) => one.group));
  const { serviceBySlug } = await getNetwork(ctx);
  return [...serviceBySlug.values()].filter((one) => groups.has(one.group)).map(({ slug }) => slug);
}

/** When the office receives people without an appointment; nulls on a day on which it stays shut. */
export function readWalkInHours(
  tx: Tx,
  officeId: OfficeId,
  day: LocalDate,
): Promise<{ opensAt: Date | null; closesAt: Date | null }> {
  return oneRow(
    tx,
    sql`select opens_at as "opensAt", closes_at as "closesAt" from visits.walk_in_day(${officeId}, ${day})`,
  );
}

/** Each station with what it has before it: turns that still come to it, and appointments of today that nobody received yet. */
function listLoads(tx: Tx, officeId: OfficeId, today: LocalDate): Promise<StationLoad[]> {
  return rows(
    tx,
    sql`with stations as (
          select station, counters::int from visits.stations where office_id = ${officeId}
          union all
          select 'window', counters from schedules.hall_hours(${officeId}, ${today}) where not exists (select from visits.stations where office_id = ${officeId})),
        coming as (
          select count(*)::int as turns from booking.bookings b where b.office_id = ${officeId} and b.local_date = ${today} and b.state = 'active'
            and not exists (select from visits.visits v where v.office_id = b.office_id and v.booking_id = b.id))
        select s.station, s.counters, coming.turns + (
                 select count(*) from visits.visits v where v.office_id = ${officeId} and v.local_date = ${today} and v.state in ('waiting', 'called', 'serving')
                   and array_position(v.route, s.station) >= array_position(v.route, v.station))::int as ahead,
               (select percentile_cont(0.5) within group (order by extract(epoch from p.ended_at - p.called_at) / 60) from visits.passages p
                where p.office_id = ${officeId} and p.station = s.station and p.called_at is not null and p.local_date > ${addDays(today, -MEASURED_DAYS)}) as minutes
        from stations s cross join coming order by s.station`,
  );
}
