import type { OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { run, sql, type Tx } from "#platform/db/index.ts";

/** Gives what a waiting room left over to everybody, and what is held of it too: when that hold ends, the place is open to all. */
export async function endRoomPlaces(tx: Tx, officeId: OfficeId, group: ServiceGroup): Promise<number> {
  return run(
    tx,
    sql`update schedules.places p set pool = 'open' from schedules.sessions s
        where p.office_id = ${officeId} and p.pool = 'room' and s.office_id = p.office_id and s.id = p.session_id and s.service_group = ${group}`,
  );
}
