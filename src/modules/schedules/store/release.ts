import type { LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { run, sql, type Tx } from "#platform/db/index.ts";

/**
 * Opens the places of holds that ended; what was planned when it was kept is planned again. A place that somebody is confirming at this moment is passed
 * over: either it gets booked, or the next run opens it.
 */
export async function openExpiredHolds(tx: Tx, now: Date): Promise<number> {
  return run(
    tx,
    sql`update schedules.places p set state = case when pool in ('open', 'room') then 'open' else 'planned' end, held_until = null, holder = null
        from (select office_id, session_id, starts_at, counter from schedules.places
              where state = 'held' and held_until <= ${now} for update skip locked) as ended
        where p.office_id = ended.office_id and p.session_id = ended.session_id and p.starts_at = ended.starts_at and p.counter = ended.counter`,
  );
}

/**
 * Opens what was freed at one office and is still to come. Where places are drawn, or are given at short notice alone, those from the day `drawnFrom` on,
 * and of nearer days those that start at `shortFrom` or later, go into the next draw instead (fairness.md 4.3); those of
 * a group whose waiting room opens now are for who waits there. Nobody waits in a room for a place in another town.
 */
export async function openFreedPlaces(
  tx: Tx,
  officeId: OfficeId,
  drawnFrom: LocalDate,
  shortFrom: Date,
  now: Date,
  rooms: readonly ServiceGroup[],
): Promise<number> {
  return run(
    tx,
    sql`update schedules.places p set state = case when draws and (later or p.starts_at >= ${shortFrom}) then 'planned' else 'open' end, pool = case when draws and (later or p.starts_at >= ${shortFrom}) then 'draw' when s.here and s.service_group = any(${rooms}::text[]) then 'room' else 'open' end, draw_id = null
        from (select s.id, s.service_group, s.short_notice or r.regime is not distinct from 'draw' as draws, s.local_date >= ${drawnFrom} as later,
                     not exists (select from schedules.special_days d where d.office_id = s.office_id and d.id = s.special_day_id and d.venue_id is not null) as here
              from schedules.sessions s left join schedules.releases r on r.office_id = s.office_id and r.service_group = s.service_group
              where s.office_id = ${officeId} and s.ends_at > ${now}) s
        where p.office_id = ${officeId} and p.session_id = s.id and p.state = 'freed' and p.starts_at > ${now}`,
  );
}
