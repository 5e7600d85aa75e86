import type { OfficeId } from "#kernel/ids.ts";
import { DAY_MS } from "#kernel/time.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { CALENDAR_DAYS, type OpenStretch } from "../rules/hours.ts";

/** When the office itself is open from an instant on, as its sessions are planned; a special day in another town opens no door here. */
export async function listOpenStretches(tx: Tx, officeId: OfficeId, from: Date): Promise<OpenStretch[]> {
  return rows(
    tx,
    sql`select s.starts_at as "from", s.ends_at as until from schedules.sessions s
        where s.office_id = ${officeId} and s.state = 'open' and s.ends_at > ${from} and s.starts_at < ${new Date(from.getTime() + CALENDAR_DAYS * DAY_MS)}
          and not exists (select from schedules.special_days d where d.office_id = s.office_id and d.id = s.special_day_id and d.venue_id is not null)
        order by 1`,
  );
}
