import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { Rank, Seed, Ticket } from "../types.ts";

/** What has become known of a ticket: nothing of it is ever taken back. */
export interface TicketFacts {
  readonly logged: boolean;
  readonly seed: Seed | null;
  readonly admitted: Rank | "";
  readonly turnTaken: boolean;
}

/** Whether the log has exactly this ticket, with its call; the seed of its tick; how far the line has come; whether the contact took a turn with it. */
export async function findTicketFacts(tx: Tx, ticket: Ticket, contactId: string): Promise<TicketFacts> {
  const rank = Buffer.from(ticket.persons[0]!, "hex");
  const [facts] = await rows<TicketFacts>(
    tx,
    sql`select exists (select from room.tickets k where k.room_id = ${ticket.roomId} and k.ticket_id = ${Buffer.from(ticket.id, "hex")} and k.rank_id = ${rank}
                         and k.tick = ${ticket.tick} and k.logged_in = ${ticket.loggedIn} and k.ring_id is not distinct from ${ticket.ring ?? null}::text
                         and (k.ring_id is null or exists (select from room.rings r where r.room_id = k.room_id and r.id = k.ring_id and r.tick = k.tick))) as logged,
               (select seed from room.seeds where room_id = ${ticket.roomId} and tick = ${ticket.loggedIn}) as seed,
               coalesce((select admitted from room.statuses where room_id = ${ticket.roomId} order by seq desc limit 1), '') as admitted,
               exists (select from room.turns where room_id = ${ticket.roomId} and rank_id = ${rank} and contact_id = ${contactId}::uuid) as "turnTaken"`,
  );
  return facts!;
}
