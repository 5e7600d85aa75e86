import { SERVICE_GROUPS, type LocalDate, type OfficeId, type ServiceGroup } from "#kernel/ids.ts";
import { rows, sql } from "#platform/db/index.ts";
import { transaction, type Context } from "#platform/context.ts";

export interface HallCounter {
  /** As it hangs over the counter. */
  readonly number: number;
  readonly serviceGroup: ServiceGroup;
}

/** The counters that the day's sessions plan, numbered over the whole hall: each session counts its own from 1. */
export async function listCounters(ctx: Context, officeId: OfficeId, localDate: LocalDate): Promise<HallCounter[]> {
  const planned = await transaction(ctx, "console", (tx) =>
    rows<{ serviceGroup: ServiceGroup; counters: number }>(
      tx,
      sql`select service_group as "serviceGroup", max(counters)::int as counters from schedules.sessions
          where office_id = ${officeId} and local_date = ${localDate} and state = 'open' group by service_group`,
    ),
  );
  const groups = SERVICE_GROUPS.flatMap((group) =>
    Array.from({ length: planned.find((one) => one.serviceGroup === group)?.counters ?? 0 }, () => group),
  );
  return groups.map((serviceGroup, i) => ({ number: i + 1, serviceGroup }));
}
