import type { BookingId, LocalDate } from "#kernel/ids.ts";
import { oneRow, rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Shows } from "../rules/class-shares.ts";
import { BEYOND_SHARE } from "../types.ts";

/** A booking of a day that is over. */
export interface Shown {
  readonly bookingId: BookingId;
  readonly people: number;
  /** Whether somebody of it came. */
  readonly came: boolean;
}

/** The earliest of the days between those two, both included, that was not counted yet. */
export async function findUncounted(tx: Tx, from: LocalDate, to: LocalDate): Promise<LocalDate | undefined> {
  const { day } = await oneRow<{ day: LocalDate | null }>(
    tx,
    sql`select min(d)::date::text as day from generate_series(${from}::date, ${to}::date, interval '1 day') d
        where not exists (select from allocation.shows s where s.local_date = d::date)`,
  );
  return day ?? undefined;
}

/**
 * Counts a day once, whoever comes second: of its bookings those that a draw gave, each under the kind of contact that asked.
 * Who was asked after everybody else took nothing from anybody, and says nothing of a share.
 */
export async function recordShows(tx: Tx, day: LocalDate, bookings: readonly Shown[]): Promise<void> {
  await run(
    tx,
    sql`insert into allocation.shows (local_date, contact_class, came, missed)
        select ${day}::date, c.class, coalesce(sum(b.people) filter (where b.came), 0), coalesce(sum(b.people) filter (where not b.came), 0)
        from unnest(array['email_only', 'unseen_number', 'known', 'level_2']) as c (class)
        left join (select r.contact_class, t.people, t.came
                   from unnest(${bookings.map((one) => one.bookingId)}::uuid[], ${bookings.map((one) => one.people)}::int[], ${bookings.map((one) => one.came)}::boolean[])
                        as t (booking_id, people, came)
                   join allocation.requests r on r.booking_id = t.booking_id join allocation.filings f on f.request_id = r.id and f.answer = 'accepted'
                   join allocation.outcomes o on o.draw_id = f.draw_id and o.app_id = f.app_id and o.turn <> ${BEYOND_SHARE}) b on b.contact_class = c.class
        group by c.class on conflict do nothing`,
  );
}

/** By kind of contact since that day. */
export async function sumShows(tx: Tx, since: LocalDate): Promise<Shows[]> {
  return rows(
    tx,
    sql`select contact_class as contact, sum(came)::int as came, sum(missed)::int as missed
        from allocation.shows where local_date >= ${since} group by contact_class order by contact_class`,
  );
}

/** Days that no draw is measured by any more. */
export async function deleteShows(tx: Tx, before: LocalDate): Promise<number> {
  return run(tx, sql`delete from allocation.shows where local_date < ${before}`);
}
