import type { BookingId, LocalDate, OfficeId, StaffId, VisitId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { OverrideReason, Verdict } from "../rules/door.ts";

/** A party that stands before the door. */
export interface BeforeDoor {
  readonly number: number;
  readonly bookingId: BookingId;
  readonly people: number;
  readonly since: Date;
}

export interface DoorNow {
  readonly inside: number;
  readonly limit: number | null;
  /** Companions and whoever only asks. */
  readonly others: number;
  readonly queue: readonly BeforeDoor[];
}

export async function readDoorNow(tx: Tx, officeId: OfficeId, today: LocalDate): Promise<DoorNow> {
  const [[hall], queue] = await Promise.all([
    rows<{ limit: number | null; others: number; parties: number }>(
      tx,
      sql`select (select people from visits.halls where office_id = ${officeId}) as limit,
            coalesce((select others from visits.door_days where office_id = ${officeId} and local_date = ${today}), 0) as others,
            (select coalesce(sum(people), 0)::int from visits.visits
             where office_id = ${officeId} and local_date = ${today} and state in ('waiting', 'called', 'serving')) as parties`,
    ),
    rows<BeforeDoor>(
      tx,
      sql`select number, booking_id as "bookingId", people, since from visits.door_queue
          where office_id = ${officeId} and local_date = ${today} and ended_at is null order by number`,
    ),
  ]);
  const { limit, others, parties } = hall!;
  return { inside: parties + others, limit, others, queue };
}

/** Its number before the door: that which it has, or the next one. Whoever asks holds the lock of the day. */
export async function joinDoorQueue(
  tx: Tx,
  officeId: OfficeId,
  today: LocalDate,
  party: { readonly bookingId: BookingId; readonly people: number },
  now: Date,
): Promise<number> {
  await run(
    tx,
    sql`insert into visits.door_queue (office_id, local_date, number, booking_id, people, since)
        select ${officeId}, ${today}, coalesce(max(number), 0) + 1, ${party.bookingId}, ${party.people}, ${now}
        from visits.door_queue where office_id = ${officeId} and local_date = ${today}
        on conflict (office_id, local_date, booking_id) where ended_at is null do nothing`,
  );
  const [found] = await rows<{ number: number }>(
    tx,
    sql`select number from visits.door_queue where office_id = ${officeId} and local_date = ${today} and booking_id = ${party.bookingId} and ended_at is null`,
  );
  return found!.number;
}

export async function leaveDoorQueue(
  tx: Tx,
  officeId: OfficeId,
  today: LocalDate,
  bookingId: BookingId,
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`update visits.door_queue set ended_at = ${now} where office_id = ${officeId} and local_date = ${today} and booking_id = ${bookingId} and ended_at is null`,
  );
}

export async function setOthers(tx: Tx, officeId: OfficeId, today: LocalDate, by: number): Promise<void> {
  await run(
    tx,
    sql`insert into visits.door_days as d (office_id, local_date, others) values (${officeId}, ${today}, greatest(${by}::int, 0))
        on conflict (office_id, local_date) do update set others = least(greatest(d.others + ${by}::int, 0), 2000)`,
  );
}

export async function setHallLimit(tx: Tx, officeId: OfficeId, people: number | null): Promise<void> {
  if (people === null) await run(tx, sql`delete from visits.halls where office_id = ${officeId}`);
  else
    await run(
      tx,
      sql`insert into visits.halls (office_id, people) values (${officeId}, ${people}) on conflict (office_id) do update set people = excluded.people`,
    );
}

export async function insertOverride(
  tx: Tx,
  one: {
    readonly officeId: OfficeId;
    readonly id: string;
    readonly localDate: LocalDate;
    readonly staffId: StaffId;
    readonly verdict: Verdict;
    readonly reason: OverrideReason;
    readonly at: Date;
  },
): Promise<void> {
  await run(
    tx,
    sql`insert into visits.door_overrides (office_id, id, local_date, staff_id, verdict, reason, at)
        values (${one.officeId}, ${one.id}, ${one.localDate}, ${one.staffId}, ${one.verdict}, ${one.reason}, ${one.at})`,
  );
}

/** What a guard let in against the verdict on a day, and how many parties the door received. */
export interface GuardCount {
  readonly staffId: StaffId;
  readonly reason: OverrideReason;
  readonly count: number;
  /** Of these, how many somebody else signed. */
  readonly signed: number;
}

/** Signs what that guard let in for that reason on that day and nobody signed yet; never one's own. Returns how many. */
export function secondOverrides(
  tx: Tx,
  which: {
    readonly officeId: OfficeId;
    readonly localDate: LocalDate;
    readonly staffId: StaffId;
    readonly reason: OverrideReason;
    readonly secondId: StaffId;
    readonly now: Date;
  },
): Promise<number> {
  return run(
    tx,
    sql`update visits.door_overrides set second_id = ${which.secondId}, seconded_at = ${which.now}
        where office_id = ${which.officeId} and local_date = ${which.localDate} and staff_id = ${which.staffId} and reason = ${which.reason}
          and second_id is null and staff_id <> ${which.secondId}`,
  );
}

export function countOverrides(tx: Tx, officeId: OfficeId, localDate: LocalDate): Promise<GuardCount[]> {
  return rows(
    tx,
    sql`select staff_id as "staffId", reason, count(*)::int as count, count(second_id)::int as signed from visits.door_overrides
        where office_id = ${officeId} and local_date = ${localDate} group by staff_id, reason order by staff_id, reason`,
  );
}

/** How parties of a day were received, but at a counter. */
export function countArrivals(
  tx: Tx,
  officeId: OfficeId,
  localDate: LocalDate,
): Promise<{ by: "door" | "kiosk" | "phone"; count: number }[]> {
  return rows(
    tx,
    sql`select by, count(*)::int as count from visits.arrivals where office_id = ${officeId} and local_date = ${localDate} group by by order by by`,
  );
}

export async function saveArrival(
  tx: Tx,
  visit: { readonly officeId: OfficeId; readonly id: VisitId; readonly localDate: LocalDate },
  by: "door" | "kiosk" | "phone",
  stepFree: boolean,
): Promise<void> {
  await run(
    tx,
    sql`insert into visits.arrivals as a (office_id, visit_id, local_date, by, step_free) values (${visit.officeId}, ${visit.id}, ${visit.localDate}, ${by}, ${stepFree})
        on conflict (office_id, visit_id) do update set step_free = a.step_free or excluded.step_free`,
  );
}

export function countTries(tx: Tx, officeId: OfficeId, bookingId: BookingId, today: LocalDate): Promise<number> {
  return rows<{ tries: number }>(
    tx,
    sql`insert into visits.phone_tries as t (office_id, booking_id, local_date, tries) values (${officeId}, ${bookingId}, ${today}, 1)
        on conflict (office_id, booking_id, local_date) do update set tries = t.tries + 1 returning tries`,
  ).then(([row]) => row!.tries);
}

/** Of days that are over: who stood before the door, and who typed wrong codes. */
export async function forgetDoorDays(tx: Tx, days: ReadonlyMap<OfficeId, LocalDate>): Promise<void> {
  const [offices, todays] = [[...days.keys()], [...days.values()]];
  await run(
    tx,
    sql`delete from visits.door_queue q using unnest(${offices}::text[], ${todays}::date[]) as t (office_id, today) where q.office_id = t.office_id and q.local_date < t.today`,
  );
  await run(
    tx,
    sql`delete from visits.phone_tries q using unnest(${offices}::text[], ${todays}::date[]) as t (office_id, today) where q.office_id = t.office_id and q.local_date < t.today`,
  );
}

export async function findTries(tx: Tx, officeId: OfficeId, bookingId: BookingId, today: LocalDate): Promise<number> {
  const [row] = await rows<{ tries: number }>(
    tx,
    sql`select tries from visits.phone_tries where office_id = ${officeId} and booking_id = ${bookingId} and local_date = ${today}`,
  );
  return row?.tries ?? 0;
}
