import type { LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { addDays } from "#kernel/time.ts";
import { oneRow, sql, type Tx } from "#platform/db/index.ts";
import { MEASURED_WEEKS, type Shows } from "../rules/overbooking.ts";

/** Who came to one office for one group in the weeks before `today`, of the days that are counted. */
export function readShows(tx: Tx, officeId: OfficeId, serviceGroup: ServiceGroup, today: LocalDate): Promise<Shows> {
  return oneRow<Shows>(
    tx,
    sql`select coalesce(sum(served + unserved), 0)::int as came, coalesce(sum(missed), 0)::int as missed from visits.day_counts
        where office_id = ${officeId} and service_group = ${serviceGroup} and local_date >= ${addDays(today, -7 * MEASURED_WEEKS)} and local_date < ${today}`,
  );
}
