import { rows, run, sql, type Tx } from "#platform/db/index.ts";

export interface MonthRow {
  /** First day, `YYYY-MM-DD`. */
  readonly month: string;
  readonly bookings: number;
  readonly challenged: number;
  readonly validated: number;
  readonly cancelled: number;
  readonly appealed: number;
  readonly won: number;
}

/** Counts the month that begins on this day, once; it is over. */
export async function countMonth(tx: Tx, month: Date): Promise<void> {
  await run(
    tx,
    sql`with span as (select ${month}::timestamptz as first, ${month}::timestamptz + interval '1 month' as next)
        insert into integrity.months (month, bookings, challenged, validated, cancelled, appealed, won)
        select ${month}::date, (select count(*) from integrity.observations where booked_at >= first and booked_at < next),
          count(*) filter (where challenged_at >= first and challenged_at < next), count(*) filter (where settled_at >= first and settled_at < next and state = 'validated' and appeal_verdict is null),
          count(*) filter (where settled_at >= first and settled_at < next and (state in ('unreachable', 'refuted') or appeal_verdict = 'won')),
          count(*) filter (where appealed_at >= first and appealed_at < next), count(*) filter (where appeal_decided_at >= first and appeal_decided_at < next and appeal_verdict = 'won')
        from integrity.cases, span group by first, next
        on conflict (month) do nothing`,
  );
}

export function listMonths(tx: Tx): Promise<MonthRow[]> {
  return rows(
    tx,
    sql`select to_char(month, 'YYYY-MM-DD') as month, bookings, challenged, validated, cancelled, appealed, won from integrity.months order by month desc limit 24`,
  );
}
