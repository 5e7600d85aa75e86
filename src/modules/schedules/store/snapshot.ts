import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { CellCount } from "../types.ts";

/**
 * Counts what anybody may still book of places that start at `from` or later, cell by cell. Places are
 * gathered by session first, in one pass over the table; cells where all is gone count 0. A special day at a venue
 * stands under its own id.
 */
export async function countCells(tx: Tx, from: Date): Promise<CellCount[]> {
  return rows(
    tx,
    sql`select coalesce(d.id::text, s.office_id) as "officeId", s.service_group as "serviceGroup", s.local_date::text as "localDate", p.band, sum(p.open)::int as open
        from (select office_id, session_id, band, count(*) filter (where state = 'open' and pool = 'open') as open
              from schedules.places where starts_at >= ${from} group by office_id, session_id, band) as p
        join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id and s.state = 'open'
        left join schedules.special_days d on d.office_id = s.office_id and d.id = s.special_day_id and d.venue_id is not null
        group by 1, s.service_group, s.local_date, p.band`,
  );
}
