import type { OfficeId, SessionId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { LockedPlace, PlaceWindow } from "../types.ts";

export interface PlaceKey {
  readonly officeId: OfficeId;
  readonly sessionId: SessionId;
  readonly startsAt: number;
  readonly counter: number;
}

/**
 * Locks open places of the windows until the transaction ends. Rows that another transaction has are
 * passed over, so two batches never wait for each other here and cannot both have a place.
 */
export async function lockOpenPlaces(tx: Tx, windows: readonly PlaceWindow[]): Promise<LockedPlace[]> {
  if (windows.length === 0) return [];
  return rows<LockedPlace>(
    tx,
    sql`select (w.n - 1)::int as "window", s.office_id as "officeId", s.id as "sessionId", s.service_group as "serviceGroup", s.step_minutes as "stepMinutes",
               extract(epoch from p.starts_at)::float8 * 1000 as "startsAt", p.counter
        from unnest(${windows.map((one) => one.officeId)}::text[], ${windows.map((one) => one.localDate)}::date[], ${windows.map((one) => one.group)}::text[],
                    ${windows.map((one) => one.from)}::timestamptz[], ${windows.map((one) => one.until)}::timestamptz[], ${windows.map((one) => one.minutes)}::int[], ${windows.map((one) => one.parties)}::int[], ${windows.map((one) => one.pool)}::text[],
                    ${windows.map((one) => one.specialDayId ?? null)}::uuid[])
             with ordinality as w (office_id, local_date, service_group, starts, ends, minutes, parties, pool, special_day, n)
        join schedules.sessions s on s.office_id = w.office_id and s.local_date = w.local_date and s.service_group = w.service_group and s.state = 'open'
          and (select d.id from schedules.special_days d where d.office_id = s.office_id and d.id = s.special_day_id and d.venue_id is not null) is not distinct from w.special_day
        left join lateral (
          select starts_at, counter from schedules.places
          where office_id = s.office_id and session_id = s.id and starts_at >= w.starts and starts_at < w.ends and state = 'open' and pool in ('open', w.pool) and w.minutes <= s.step_minutes
          order by starts_at, counter limit w.parties for update skip locked) short on true
        left join lateral (
          select starts_at, counter from schedules.places
          where office_id = s.office_id and session_id = s.id and starts_at >= w.starts and starts_at < w.ends and state = 'open' and pool in ('open', w.pool) and w.minutes > s.step_minutes
          order by counter, starts_at limit w.parties * ceil(w.minutes::numeric / s.step_minutes) for update skip locked) long on true
        cross join lateral (select coalesce(short.starts_at, long.starts_at) as starts_at, coalesce(short.counter, long.counter) as counter) p
        where p.counter is not null`,
  );
}

/** All open places of some of the windows, waiting for whoever has them: for parties that found too few, before they are told no. */
export async function waitForOpenPlaces(
  tx: Tx,
  windows: readonly PlaceWindow[],
  wanted: ReadonlySet<number>,
): Promise<LockedPlace[]> {
  const positions = [...wanted];
  const chosen = positions.map((position) => windows[position]!);
  return rows<LockedPlace>(
    tx,
    sql`select w.position as "window", s.office_id as "officeId", s.id as "sessionId", s.service_group as "serviceGroup", s.step_minutes as "stepMinutes",
               extract(epoch from p.starts_at)::float8 * 1000 as "startsAt", p.counter
        from unnest(${positions}::int[], ${chosen.map((one) => one.officeId)}::text[], ${chosen.map((one) => one.localDate)}::date[], ${chosen.map((one) => one.group)}::text[],
                    ${chosen.map((one) => one.from)}::timestamptz[], ${chosen.map((one) => one.until)}::timestamptz[], ${chosen.map((one) => one.pool)}::text[],
                    ${chosen.map((one) => one.specialDayId ?? null)}::uuid[])
             as w (position, office_id, local_date, service_group, starts, ends, pool, special_day)
        join schedules.sessions s on s.office_id = w.office_id and s.local_date = w.local_date and s.service_group = w.service_group and s.state = 'open'
          and (select d.id from schedules.special_days d where d.office_id = s.office_id and d.id = s.special_day_id and d.venue_id is not null) is not distinct from w.special_day
        join schedules.places p on p.office_id = s.office_id and p.session_id = s.id and p.starts_at >= w.starts and p.starts_at < w.ends and p.state = 'open' and p.pool in ('open', w.pool)
        order by p.office_id, p.session_id, p.starts_at, p.counter for update of p`,
  );
}

/** Locks what the given holds still have at `now`, and what a draw assigned to the given requests and no cut took; `window` is the position of the hold. */
export async function lockHeldPlaces(tx: Tx, holdIds: readonly string[], now: Date): Promise<LockedPlace[]> {
  if (holdIds.length === 0) return [];
  return rows<LockedPlace>(
    tx,
    sql`select (array_position(${holdIds}::uuid[], p.holder) - 1)::int as "window", p.office_id as "officeId", p.session_id as "sessionId",
               s.service_group as "serviceGroup", s.step_minutes as "stepMinutes", extract(epoch from p.starts_at)::float8 * 1000 as "startsAt", p.counter
        from schedules.places p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id
        where p.holder = any(${holdIds}::uuid[]) and (p.state = 'assigned' and p.cut_id is null or p.state = 'held' and p.held_until > ${now})
        order by p.office_id, p.session_id, p.starts_at, p.counter for update of p`,
  );
}

/**
 * Gives locked places to holders. The division fails the statement, and with it the whole batch, when
 * fewer rows changed than were locked: then a guard failed, and nothing may be committed.
 */
export async function takePlaces(
  tx: Tx,
  places: readonly (PlaceKey & { holder: string })[],
  until: Date | undefined,
): Promise<void> {
  if (places.length === 0) return;
  await run(
    tx,
    sql`with taken as (
          update schedules.places p set state = case when ${until ?? null}::timestamptz is null then 'booked' else 'held' end, held_until = ${until ?? null}::timestamptz, holder = t.holder, draw_id = null
          from unnest(${places.map((one) => one.officeId)}::text[], ${places.map((one) => one.sessionId)}::uuid[],
                      ${places.map((one) => new Date(one.startsAt))}::timestamptz[], ${places.map((one) => one.counter)}::smallint[], ${places.map((one) => one.holder)}::uuid[])
               as t (office_id, session_id, starts_at, counter, holder)
          where p.office_id = t.office_id and p.session_id = t.session_id and p.starts_at = t.starts_at and p.counter = t.counter and p.state in ('open', 'held', 'assigned') and p.cut_id is null
          returning p.counter)
        select 1 / (count(*) = ${places.length})::int from taken`,
  );
}

/** Ends holds that are given up: their places are open again at once, for nobody had been told that they were gone. What a draw assigned and nobody needs is freed like any other. */
export async function releaseHolds(tx: Tx, holdIds: readonly string[]): Promise<number> {
  if (holdIds.length === 0) return 0;
  return run(
    tx,
    sql`update schedules.places set state = case when cut_id is not null then 'withdrawn' when state = 'assigned' then 'freed' when pool in ('open', 'room') then 'open' else 'planned' end, held_until = null, holder = null, draw_id = null
        where holder = any(${holdIds}::uuid[]) and state in ('held', 'assigned')`,
  );
}

/** Lengthens a hold that still stands. */
export async function extendHold(tx: Tx, holdId: string, now: Date, until: Date): Promise<number> {
  return run(
    tx,
    sql`update schedules.places set held_until = ${until} where holder = ${holdId} and state = 'held' and held_until > ${now}`,
  );
}

/** Takes booked places back. They stay out of sight as `freed` until the next release tick (hardening 20); what a cut took is gone. */
export async function freePlaces(tx: Tx, bookingIds: readonly string[]): Promise<number> {
  if (bookingIds.length === 0) return 0;
  return run(
    tx,
    sql`update schedules.places set state = case when cut_id is null then 'freed' else 'withdrawn' end, holder = null where holder = any(${bookingIds}::uuid[]) and state = 'booked'`,
  );
}

/** What some appointments of a booking occupy: from a start at one counter, so many steps. */
export interface OccupiedPlaces {
  readonly officeId: OfficeId;
  readonly sessionId: SessionId;
  readonly startsAt: Date;
  readonly counter: number;
  readonly steps: number;
  readonly holder: string;
}

/** The same for part of a booking. */
export async function freePlacesOf(tx: Tx, occupied: readonly OccupiedPlaces[]): Promise<number> {
  if (occupied.length === 0) return 0;
  return run(
    tx,
    sql`update schedules.places p set state = case when p.cut_id is null then 'freed' else 'withdrawn' end, holder = null
        from unnest(${occupied.map((one) => one.officeId)}::text[], ${occupied.map((one) => one.sessionId)}::uuid[], ${occupied.map((one) => one.startsAt)}::timestamptz[],
                    ${occupied.map((one) => one.counter)}::smallint[], ${occupied.map((one) => one.steps)}::int[], ${occupied.map((one) => one.holder)}::uuid[])
             as t (office_id, session_id, starts_at, counter, steps, holder)
        join schedules.sessions s on s.office_id = t.office_id and s.id = t.session_id
        where p.office_id = t.office_id and p.session_id = t.session_id and p.counter = t.counter and p.holder = t.holder and p.state = 'booked'
          and p.starts_at >= t.starts_at and p.starts_at < t.starts_at + make_interval(mins => t.steps * s.step_minutes)`,
  );
}

/** Marks the places of bookings that were served. */
export async function usePlaces(tx: Tx, bookingIds: readonly string[]): Promise<number> {
  return run(
    tx,
    sql`update schedules.places set state = 'used' where holder = any(${bookingIds}::uuid[]) and state = 'booked'`,
  );
}

/** Takes that back: the clerk undid an outcome within its minute. */
export async function reclaimPlaces(tx: Tx, bookingIds: readonly string[]): Promise<number> {
  return run(
    tx,
    sql`update schedules.places set state = 'booked' where holder = any(${bookingIds}::uuid[]) and state = 'used'`,
  );
}

/** The statements by which a batch gets at places; a test may put a worse set in their stead. */
export interface PlaceStore {
  readonly lockOpenPlaces: typeof lockOpenPlaces;
  readonly waitForOpenPlaces: typeof waitForOpenPlaces;
  readonly lockHeldPlaces: typeof lockHeldPlaces;
  readonly takePlaces: typeof takePlaces;
  readonly releaseHolds: typeof releaseHolds;
}
export const placeStore: PlaceStore = { lockOpenPlaces, waitForOpenPlaces, lockHeldPlaces, takePlaces, releaseHolds };
