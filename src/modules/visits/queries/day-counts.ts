import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { DaySums } from "../rules/reports.ts";

/** One day of one office and group. */
export interface DayCount extends Omit<DaySums, "weekday"> {
  readonly localDate: LocalDate;
}

/** Counts the appointments of an office's days that are over, as they stand now. */
export function countDays(tx: Tx, officeId: OfficeId, from: LocalDate, to: LocalDate): Promise<DayCount[]> {
  return rows(
    tx,
    sql`select to_char(a.local_date, 'YYYY-MM-DD') as "localDate", a.service_group as "serviceGroup",
               count(*) filter (where a.state = 'served')::int as served, count(*) filter (where a.state = 'unserved')::int as unserved,
               count(*) filter (where a.state = 'missed')::int as missed, count(*) filter (where a.state = 'cancelled')::int as cancelled,
               count(*) filter (where a.state in ('served', 'unserved', 'missed') and b.moves > 0)::int as moved
        from booking.appointments a join booking.bookings b on b.office_id = a.office_id and b.id = a.booking_id
        where a.office_id = ${officeId} and a.local_date between ${from} and ${to} and a.state in ('served', 'unserved', 'missed', 'cancelled')
        group by 1, 2`,
  );
}
