import type { LocalDate } from "#kernel/ids.ts";
import { run, sql, type Tx } from "#platform/db/index.ts";

/** Counts one week of questions, once: numbers that stay when the requests are erased. Whatever is open still counts as asked alone. */
export async function countWeek(
  tx: Tx,
  week: LocalDate,
  span: { readonly from: Date; readonly until: Date },
): Promise<number> {
  return run(
    tx,
    sql`insert into emergencies.weeks (office_id, week, asked, granted, refused, alone, late, minutes)
        select office_id, ${week}::date, count(*), count(*) filter (where state in ('granted', 'booked', 'lapsed', 'withdrawn') and signed_how is not null and proposal <> 'no'), count(*) filter (where state = 'refused'),
               count(*) filter (where state not in ('asked', 'proposed') and signed_how = 'alone'), count(*) filter (where reminded_at is not null),
               coalesce(array_agg(opening_minutes) filter (where opening_minutes is not null), '{}')
        from emergencies.requests where asked_at >= ${span.from} and asked_at < ${span.until} group by office_id
        on conflict do nothing`,
  );
}
