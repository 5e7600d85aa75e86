import type { LocalDate } from "#kernel/ids.ts";
import { run, sql, type Tx } from "#platform/db/index.ts";

/** Counts the adverts that were first reported within the span, as they stand now; counted again it says what became of them since. Before the first advert there is no month. */
export function countMonth(
  tx: Tx,
  month: LocalDate,
  span: { readonly from: Date; readonly until: Date },
): Promise<number> {
  return run(
    tx,
    sql`insert into adverts.months as m (month, adverts, reports, confirmed, removed)
        select ${month}::date, count(*), coalesce(sum(a.reports), 0), count(*) filter (where a.state = 'confirmed'), count(*) filter (where t.state = 'removed')
        from adverts.adverts a left join adverts.takedowns t on t.advert_id = a.id
        where a.filed_at >= ${span.from} and a.filed_at < ${span.until} and a.state <> 'dismissed'
        having exists (select from adverts.months where month < ${month}::date) or exists (select from adverts.adverts where filed_at < ${span.until})
        on conflict (month) do update set adverts = excluded.adverts, reports = excluded.reports, confirmed = excluded.confirmed, removed = excluded.removed`,
  );
}
