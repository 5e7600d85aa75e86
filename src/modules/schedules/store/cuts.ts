import type { BookingId, OfficeId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import {
  BY_PLAN,
  type Cut,
  type CutArea,
  type CutId,
  type CutPlace,
  type PlacePool,
  type SparePlace,
} from "../types.ts";
import type { PlaceKey } from "./places.ts";

/** Nobody changes these places until the transaction ends; whoever has them in her hands is waited for. In the order of every batch. */
export async function lockArea(tx: Tx, area: CutArea, now: Date): Promise<void> {
  const { officeId, localDate, sessionId, counters, hours } = area;
  await run(
    tx,
    sql`select 1 from schedules.places p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id
        where s.office_id = ${officeId} and s.local_date = ${localDate} and (${sessionId ?? null}::uuid is null or s.id = ${sessionId ?? null})
          and (${counters?.from ?? null}::int is null or p.counter between ${counters?.from ?? null} and ${counters?.to ?? null})
          and p.starts_at > ${now} and p.starts_at >= coalesce(${hours?.from ?? null}::timestamptz, p.starts_at) and p.starts_at < coalesce(${hours?.until ?? null}::timestamptz, 'infinity')
        order by p.office_id, p.session_id, p.starts_at, p.counter for update of p`,
  );
}

/** What a cut of that area would take now: places to come that no other cut took. */
export async function listArea(tx: Tx, area: CutArea, now: Date): Promise<CutPlace[]> {
  const { officeId, localDate, sessionId, counters, hours } = area;
  return rows(
    tx,
    sql`select p.office_id as "officeId", p.session_id as "sessionId", s.service_group as "serviceGroup", s.step_minutes as "stepMinutes",
               extract(epoch from p.starts_at)::float8 * 1000 as "startsAt", p.counter, p.state, p.holder
        from schedules.places p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id
        where s.office_id = ${officeId} and s.local_date = ${localDate} and (${sessionId ?? null}::uuid is null or s.id = ${sessionId ?? null})
          and (${counters?.from ?? null}::int is null or p.counter between ${counters?.from ?? null} and ${counters?.to ?? null})
          and p.starts_at > ${now} and p.starts_at >= coalesce(${hours?.from ?? null}::timestamptz, p.starts_at) and p.starts_at < coalesce(${hours?.until ?? null}::timestamptz, 'infinity')
          and p.cut_id is null and p.state not in ('used', 'withdrawn')
        order by p.starts_at, p.session_id, p.counter`,
  );
}

/**
 * Takes locked places away. A hold ends, for nobody had been told that the place was hers; who was offered or booked
 * one keeps it until she has another. The division fails the statement when a place changed in between.
 */
export async function withdrawPlaces(tx: Tx, cutId: CutId, places: readonly PlaceKey[]): Promise<void> {
  await run(
    tx,
    sql`with changed as (
          update schedules.places p set cut_id = ${cutId}, state = case when p.state in ('assigned', 'booked') then p.state else 'withdrawn' end,
            held_until = null, holder = case when p.state in ('assigned', 'booked') then p.holder end
          from unnest(${places.map((one) => one.officeId)}::text[], ${places.map((one) => one.sessionId)}::uuid[],
                      ${places.map((one) => new Date(one.startsAt))}::timestamptz[], ${places.map((one) => one.counter)}::smallint[])
               as t (office_id, session_id, starts_at, counter)
          where p.office_id = t.office_id and p.session_id = t.session_id and p.starts_at = t.starts_at and p.counter = t.counter
            and p.cut_id is null and p.state not in ('used', 'withdrawn')
          returning p.counter)
        select 1 / (count(*) = ${places.length})::int from changed`,
  );
}

export async function insertCut(tx: Tx, cut: Cut): Promise<void> {
  const { id, officeId, localDate, sessionId, counters, hours, reason, places, madeAt, closingId } = cut;
  await run(
    tx,
    sql`insert into schedules.cuts (id, office_id, local_date, session_id, counter_from, counter_to, starts_from, starts_until, reason, places, made_at, closing_id)
        values (${id}, ${officeId}, ${localDate}, ${sessionId ?? null}, ${counters?.from ?? null}, ${counters?.to ?? null},
                ${hours?.from ?? null}, ${hours?.until ?? null}, ${reason}, ${places}, ${madeAt}, ${closingId ?? null})`,
  );
}

/** Sessions of which nothing is left are closed: no page shows them as a day on which the office opens. */
export async function closeCutSessions(tx: Tx, { officeId, localDate }: CutArea): Promise<void> {
  await run(
    tx,
    sql`update schedules.sessions s set state = 'closed'
        where s.office_id = ${officeId} and s.local_date = ${localDate} and s.state = 'open'
          and exists (select from schedules.places p where p.office_id = s.office_id and p.session_id = s.id)
          and not exists (select from schedules.places p where p.office_id = s.office_id and p.session_id = s.id and p.cut_id is null and p.state <> 'withdrawn')`,
  );
}

/** Marks a cut as undone. False when that office has no such cut, or it was undone before. */
export async function endCut(tx: Tx, officeId: OfficeId, id: CutId, now: Date): Promise<boolean> {
  const ended = await run(
    tx,
    sql`update schedules.cuts set undone_at = ${now} where id = ${id} and office_id = ${officeId} and undone_at is null and reason <> ${BY_PLAN}`,
  );
  return ended === 1;
}

/** Bookings that stand on what a cut took. */
export async function listOnCut(tx: Tx, id: CutId): Promise<BookingId[]> {
  const found = await rows<{ holder: BookingId }>(
    tx,
    sql`select distinct holder from schedules.places where cut_id = ${id} and state = 'booked'`,
  );
  return found.map((one) => one.holder);
}

/**
 * Gives back what a cut took and what is still to come. Who kept her place keeps it. What a draw under way was promised
 * is committed to it again, what was planned is planned, and the rest returns with the other freed places. A special day
 * that was cancelled meanwhile stays so, and one that is suspended stays closed.
 */
export async function restorePlaces(tx: Tx, id: CutId, drawsUnderWay: readonly string[], now: Date): Promise<number> {
  await run(
    tx,
    sql`update schedules.sessions s set state = 'open'
        where s.state = 'closed' and exists (select from schedules.places p where p.office_id = s.office_id and p.session_id = s.id and p.cut_id = ${id})
          and not exists (select from schedules.special_days d where d.office_id = s.office_id and d.id = s.special_day_id and d.state <> 'published')`,
  );
  return run(
    tx,
    sql`with mine as (select p.office_id, p.session_id, p.starts_at, p.counter from schedules.places p where p.cut_id = ${id}
                        and not exists (select from schedules.sessions s join schedules.special_days d on d.office_id = s.office_id and d.id = s.special_day_id
                                        where s.office_id = p.office_id and s.id = p.session_id and d.state = 'cancelled')
                      order by p.office_id, p.session_id, p.starts_at, p.counter for update of p)
        update schedules.places p set cut_id = null,
          draw_id = case when p.state <> 'withdrawn' or p.draw_id = any(${drawsUnderWay}::uuid[]) then p.draw_id end,
          state = case when p.state <> 'withdrawn' then p.state when p.draw_id = any(${drawsUnderWay}::uuid[]) then 'committed'
                       when p.starts_at <= ${now} then 'withdrawn' when p.pool in ('open', 'room') then 'freed' else 'planned' end
        from mine where p.office_id = mine.office_id and p.session_id = mine.session_id and p.starts_at = mine.starts_at and p.counter = mine.counter`,
  );
}

/** Of what is planned, who may be given it: a displaced party what no draw was promised, an emergency what is kept for one. */
export const SPARE_POOLS: readonly PlacePool[] = ["draw", "waitlist"];
export const URGENT_POOLS: readonly PlacePool[] = ["urgent", "waitlist"];

/**
 * Places of one office and some groups, between two days, that a displaced party may be given: open to all, planned and
 * not promised to a draw, or kept under ids whose proposals are about to end. They are only read.
 */
export async function listSpare(
  tx: Tx,
  wanted: {
    readonly officeId: OfficeId;
    readonly groups: readonly string[];
    readonly from: string;
    readonly to: string;
    readonly after: Date;
    readonly heldBy: readonly string[];
  },
  pools: readonly PlacePool[] = SPARE_POOLS,
): Promise<SparePlace[]> {
  return rows(
    tx,
    sql`select p.office_id as "officeId", p.session_id as "sessionId", s.service_group as "serviceGroup", s.step_minutes as "stepMinutes",
               s.local_date::text as "localDate", extract(epoch from p.starts_at)::float8 * 1000 as "startsAt", p.counter, d.venue_id as site
        from schedules.places p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id and s.state = 'open'
        left join schedules.special_days d on d.office_id = s.office_id and d.id = s.special_day_id and d.venue_id is not null
        where p.office_id = ${wanted.officeId} and s.local_date between ${wanted.from} and ${wanted.to} and s.service_group = any(${wanted.groups}::text[])
          and p.starts_at > ${wanted.after} and (p.state = 'open' and p.pool = 'open' or p.state = 'planned' and p.pool = any(${pools}::text[]) or p.state = 'held' and p.holder = any(${wanted.heldBy}::uuid[]))
        order by p.starts_at, p.session_id, p.counter`,
  );
}

/**
 * Keeps places for whom something is proposed, until an instant. Rows that somebody has in her hands are passed over.
 * Returns those that were kept: a party of which one is missing gives the others back.
 */
export async function keepPlaces(
  tx: Tx,
  places: readonly (PlaceKey & { readonly holder: string; readonly until: Date })[],
  pools: readonly PlacePool[] = SPARE_POOLS,
): Promise<(PlaceKey & { readonly holder: string })[]> {
  if (places.length === 0) return [];
  return rows(
    tx,
    sql`with wanted as (
          select p.office_id, p.session_id, p.starts_at, p.counter, t.holder, t.until
          from unnest(${places.map((one) => one.officeId)}::text[], ${places.map((one) => one.sessionId)}::uuid[], ${places.map((one) => new Date(one.startsAt))}::timestamptz[],
                      ${places.map((one) => one.counter)}::smallint[], ${places.map((one) => one.holder)}::uuid[], ${places.map((one) => one.until)}::timestamptz[])
               as t (office_id, session_id, starts_at, counter, holder, until)
          join schedules.places p on p.office_id = t.office_id and p.session_id = t.session_id and p.starts_at = t.starts_at and p.counter = t.counter
          where p.state = 'open' and p.pool = 'open' or p.state = 'planned' and p.pool = any(${pools}::text[])
          order by 1, 2, 3, 4 for update of p skip locked)
        update schedules.places p set state = 'held', holder = w.holder, held_until = w.until from wanted w
        where p.office_id = w.office_id and p.session_id = w.session_id and p.starts_at = w.starts_at and p.counter = w.counter
        returning p.office_id as "officeId", p.session_id as "sessionId", extract(epoch from p.starts_at)::float8 * 1000 as "startsAt", p.counter, p.holder`,
  );
}

/**
 * Ends what is kept under these ids, but for places that somebody has in her hands: a cut waits for nobody once it has
 * its own places. Those end by themselves.
 */
export async function dropKept(tx: Tx, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  return run(
    tx,
    sql`update schedules.places p set state = case when p.pool in ('open', 'room') then 'open' else 'planned' end, held_until = null, holder = null
        from (select office_id, session_id, starts_at, counter from schedules.places where holder = any(${ids}::uuid[]) and state = 'held'
              order by office_id, session_id, starts_at, counter for update skip locked) mine
        where p.office_id = mine.office_id and p.session_id = mine.session_id and p.starts_at = mine.starts_at and p.counter = mine.counter`,
  );
}

/** A draw's promise passes on from places that a cut took to as many others that it was given instead. */
export async function forgetPromise(tx: Tx, officeId: OfficeId, drawId: string, places: number): Promise<void> {
  await run(
    tx,
    sql`update schedules.places p set draw_id = null
        from (select session_id, starts_at, counter from schedules.places
              where office_id = ${officeId} and draw_id = ${drawId} and state = 'withdrawn' order by starts_at, session_id, counter limit ${places}) lost
        where p.office_id = ${officeId} and p.session_id = lost.session_id and p.starts_at = lost.starts_at and p.counter = lost.counter`,
  );
}

/** Whether a booking stands on a place that was cut: what its contact then does is the office's doing. */
export async function isCut(tx: Tx, bookingId: string): Promise<boolean> {
  const found = await rows(
    tx,
    sql`select 1 from schedules.places where holder = ${bookingId} and state = 'booked' and cut_id is not null limit 1`,
  );
  return found.length > 0;
}
