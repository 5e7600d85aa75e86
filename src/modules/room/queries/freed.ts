import type { LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";

export interface Freed {
  readonly officeId: OfficeId;
  readonly serviceGroup: ServiceGroup;
  readonly freed: number;
}

/**
 * Offices and groups with at least `least` freed places that return at the tick, and at which there is nothing else:
 * no place that anybody could book now, but at a venue in another town. What is freed for a later draw does not return: where places are drawn, of the
 * days from `drawnFrom` on everything, of nearer ones what starts at `shortFrom` or later.
 */
export async function listScarce(
  tx: Tx,
  wanted: {
    readonly least: number;
    readonly tick: Date;
    readonly bookableFrom: Date;
    readonly drawnFrom: LocalDate;
    readonly shortFrom: Date;
  },
): Promise<Freed[]> {
  return rows(
    tx,
    sql`with freed as (
          select s.office_id, s.service_group, count(*)::int as freed
          from schedules.places p
          join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id and s.state = 'open'
          left join schedules.releases r on r.office_id = s.office_id and r.service_group = s.service_group
          where p.state = 'freed' and p.starts_at > ${wanted.tick}
            and not exists (select from schedules.special_days d where d.office_id = s.office_id and d.id = s.special_day_id and d.venue_id is not null)
            and not ((s.short_notice or r.regime is not distinct from 'draw') and (s.local_date >= ${wanted.drawnFrom} or p.starts_at >= ${wanted.shortFrom}))
          group by s.office_id, s.service_group having count(*) >= ${wanted.least})
        select office_id as "officeId", service_group as "serviceGroup", freed from freed f
        where not exists (
          select from schedules.sessions s join schedules.places p on p.office_id = s.office_id and p.session_id = s.id
          where s.office_id = f.office_id and s.service_group = f.service_group and s.state = 'open' and s.ends_at > ${wanted.bookableFrom}
            and p.state = 'open' and p.pool = 'open' and p.starts_at >= ${wanted.bookableFrom}
            and not exists (select from schedules.special_days d where d.office_id = s.office_id and d.id = s.special_day_id and d.venue_id is not null))
        order by office_id, service_group`,
  );
}
