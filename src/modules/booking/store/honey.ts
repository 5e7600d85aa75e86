import type { BookingId, LocalDate, OfficeId, ServiceGroup, ServiceSlug } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Honey } from "../rules/honey.ts";

/** Whoever is nobody at an office on a day: one or none. */
export async function findHoney(tx: Tx, officeId: OfficeId, localDate: LocalDate): Promise<Honey | undefined> {
  const [found] = await rows<Honey>(
    tx,
    sql`select id, to_char(local_date, 'YYYY-MM-DD') as "localDate", starts_at as "startsAt", filed_at as "filedAt", services, service_group as "serviceGroup", seed
        from booking.honey where office_id = ${officeId} and local_date = ${localDate}`,
  );
  return found;
}

/** What a person alone has on a day, for one more of the same kind. */
export interface LikeWhom {
  readonly officeId: OfficeId;
  readonly startsAt: Date;
  readonly filedAt: Date;
  readonly services: readonly ServiceSlug[];
  readonly serviceGroup: ServiceGroup;
}

/** Of each office with so many parties on that day whoever comes alone, for one thing, in its later half (role worker). */
export function listAlone(tx: Tx, localDate: LocalDate, leastParties: number): Promise<LikeWhom[]> {
  return rows(
    tx,
    sql`with days as (
          select office_id, percentile_disc(0.5) within group (order by starts_at) as middle from booking.bookings
          where local_date = ${localDate} and state = 'active' group by office_id having count(*) >= ${leastParties})
        select b.office_id as "officeId", b.starts_at as "startsAt", b.created_at as "filedAt", p.services, p.service_group as "serviceGroup"
        from days d join booking.bookings b on b.office_id = d.office_id and b.local_date = ${localDate} and b.state = 'active' and b.people = 1 and b.starts_at >= d.middle
        join booking.appointments p on p.office_id = b.office_id and p.booking_id = b.id and p.state = 'booked'
        where not exists (select from booking.appointments o where o.booking_id = b.id and o.id <> p.id) order by b.office_id, b.id`,
  );
}

/** A day has one at most: again changes nothing. Returns how many are new. */
export async function insertHoney(
  tx: Tx,
  some: readonly (LikeWhom & { id: BookingId; localDate: LocalDate; seed: Buffer })[],
): Promise<number> {
  let planted = 0;
  for (const one of some)
    planted += await run(
      tx,
      sql`insert into booking.honey (office_id, id, local_date, starts_at, filed_at, services, service_group, seed)
          values (${one.officeId}, ${one.id}, ${one.localDate}, ${one.startsAt}, ${one.filedAt}, ${[...one.services]}::text[], ${one.serviceGroup}, ${one.seed})
          on conflict do nothing`,
    );
  return planted;
}

export function deleteHoneyBefore(tx: Tx, before: LocalDate): Promise<number> {
  return run(tx, sql`delete from booking.honey where local_date < ${before}::date`);
}
