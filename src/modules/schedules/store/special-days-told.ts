import { run, sql, type Tx } from "#platform/db/index.ts";

/** Days that are published and of which nothing was written down yet, as they are now. */
export async function writeTold(tx: Tx): Promise<number> {
  return run(
    tx,
    sql`update schedules.special_days d
        set told = jsonb_build_object('localDate', d.local_date, 'startsAt', s.starts_at, 'endsAt', s.ends_at,
          'venue', (select jsonb_build_object('name', v.name, 'street', v.street, 'city', v.city, 'region', v.region) from schedules.venues v where v.id = d.venue_id))
        from (select office_id, special_day_id, min(starts_at) as starts_at, max(ends_at) as ends_at from schedules.sessions where special_day_id is not null group by 1, 2) s
        where s.office_id = d.office_id and s.special_day_id = d.id and d.state = 'published' and d.told is null`,
  );
}
