import type { OfficeId } from "#kernel/ids.ts";
import { run, sql, type Tx } from "#platform/db/index.ts";

/**
 * Opens the places of holds that ended. A place that somebody is confirming at this moment is passed
 * over: either it gets booked, or the next run opens it.
 */
export async function openExpiredHolds(tx: Tx, now: Date): Promise<number> {
  return run(
    tx,
    sql`update schedules.places p set state = 'open', held_until = null, holder = null
        from (select office_id, session_id, starts_at, counter from schedules.places
              where state = 'held' and held_until <= ${now} for update skip locked) as ended
        where p.office_id = ended.office_id and p.session_id = ended.session_id and p.starts_at = ended.starts_at and p.counter = ended.counter`,
  );
}

/** Opens what was freed at one office and is still to come. */
export async function openFreedPlaces(tx: Tx, officeId: OfficeId, now: Date): Promise<number> {
  return run(
    tx,
    sql`update schedules.places set state = 'open' where office_id = ${officeId} and state = 'freed' and starts_at > ${now}`,
  );
}
