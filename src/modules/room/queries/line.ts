import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { StoredRoom } from "../types.ts";

/** What the line of a room is led by: only counts. */
export interface RoomCounts {
  readonly tickets: number;
  readonly turns: number;
  readonly turnsSince: number;
  readonly kept: number;
  readonly open: number;
  readonly held: number;
  readonly places: number;
}

/**
 * Counts a room's tickets, turns and places. A turn is kept while its hold stands, and when its contact booked at
 * that office afterwards; `since` divides the turns. Places that nobody could still come to are not counted open.
 */
export async function countRoom(tx: Tx, room: StoredRoom, since: Date, bookableFrom: Date): Promise<RoomCounts> {
  const [counts] = await rows<RoomCounts>(
    tx,
    sql`select (select count(*)::int from room.tickets where room_id = ${room.id}) as tickets, t.turns, t."turnsSince", t.kept, p.open, p.held, p.places
        from (select count(*)::int as turns, count(*) filter (where taken_at > ${since})::int as "turnsSince",
                     count(*) filter (where exists (select from schedules.places h where h.holder = k.hold_id and h.state = 'held')
                       or exists (select from booking.bookings b where b.contact_id = k.contact_id and b.office_id = ${room.officeId} and b.created_at >= k.taken_at))::int as kept
              from room.turns k where k.room_id = ${room.id}) t,
             (select count(*) filter (where p.state = 'open' and p.starts_at >= ${bookableFrom})::int as open, count(*) filter (where p.state = 'held')::int as held, count(*)::int as places
              from schedules.places p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id
              where p.office_id = ${room.officeId} and p.pool = 'room' and s.service_group = ${room.serviceGroup}) p`,
  );
  return counts!;
}
