import type { OfficeId } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { EmergencyId } from "../types.ts";

/** Requests whose place is kept no more, as the office closed that hour: what was promised is not there. */
export function listLost(tx: Tx, now: Date): Promise<{ id: EmergencyId; officeId: OfficeId }[]> {
  return rows(
    tx,
    sql`select r.id, r.office_id as "officeId" from emergencies.requests r
        where r.state in ('proposed', 'granted') and r.proposal = 'place' and r.starts_at > ${now}
          and not exists (select from schedules.places p where p.holder = r.id and p.state = 'held') order by r.id`,
  );
}
