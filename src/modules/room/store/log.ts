import type { LocalDate } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import { ringLeaf, ticketLeaf } from "../rules/log.ts";
import type { ClosedTick, HashText, RankId, RoomId, TicketId } from "../types.ts";

/** A ticket as its log has it. */
export interface LoggedTicket {
  readonly roomId: RoomId;
  readonly ticketId: TicketId;
  readonly rankId: RankId;
  readonly tick: number;
  readonly loggedIn: number;
  readonly ringId: string | null;
}

const hex = (text: string): Buffer => Buffer.from(text, "hex");

/**
 * Writes arrivals into the logs of ticks that are still open, each ticket once for ever. Called behind
 * `passDoors` in the same transaction.
 */
export async function insertTickets(
  tx: Tx,
  arrivals: readonly (LoggedTicket & { readonly eraseAfter: LocalDate })[],
): Promise<void> {
  await run(
    tx,
    sql`insert into room.tickets (room_id, ticket_id, rank_id, tick, logged_in, ring_id, erase_after)
        select t.room_id, t.ticket_id, t.rank_id, t.tick, t.logged_in, t.ring_id, t.erase_after
        from unnest(${arrivals.map((one) => one.roomId)}::text[], ${arrivals.map((one) => hex(one.ticketId))}::bytea[], ${arrivals.map((one) => hex(one.rankId))}::bytea[],
                    ${arrivals.map((one) => one.tick)}::int[], ${arrivals.map((one) => one.loggedIn)}::int[], ${arrivals.map((one) => one.ringId)}::text[],
                    ${arrivals.map((one) => one.eraseAfter)}::date[]) as t (room_id, ticket_id, rank_id, tick, logged_in, ring_id, erase_after)
        join room.rooms r on r.id = t.room_id and r.state <> 'over' and r.closed_through < t.logged_in
        order by t.room_id, t.ticket_id on conflict do nothing`,
  );
}

export async function findTickets(
  tx: Tx,
  wanted: readonly Pick<LoggedTicket, "roomId" | "ticketId">[],
): Promise<LoggedTicket[]> {
  return rows(
    tx,
    sql`select k.room_id as "roomId", encode(k.ticket_id, 'hex') as "ticketId", encode(k.rank_id, 'hex') as "rankId", k.tick, k.logged_in as "loggedIn", k.ring_id as "ringId"
        from unnest(${wanted.map((one) => one.roomId)}::text[], ${wanted.map((one) => hex(one.ticketId))}::bytea[]) as t (room_id, ticket_id)
        join room.tickets k on k.room_id = t.room_id and k.ticket_id = t.ticket_id`,
  );
}

export interface Ring {
  readonly roomId: RoomId;
  readonly id: string;
  readonly rangAt: Date;
  readonly tick: number;
}

/** Returns whether it was written: false when its tick was closed meanwhile. */
export async function insertRing(tx: Tx, ring: Ring & { readonly eraseAfter: LocalDate }): Promise<boolean> {
  const written = await run(
    tx,
    sql`insert into room.rings (room_id, id, rang_at, tick, erase_after)
        select r.id, ${ring.id}::text, ${ring.rangAt}::timestamptz, ${ring.tick}::int, ${ring.eraseAfter}::date
        from room.rooms r where r.id = ${ring.roomId} and r.state <> 'over' and r.closed_through < ${ring.tick}::int`,
  );
  return written > 0;
}

export async function findRing(tx: Tx, roomId: RoomId, ringId: string): Promise<Ring | undefined> {
  const [ring] = await rows<Ring>(
    tx,
    sql`select room_id as "roomId", id, rang_at as "rangAt", tick from room.rings where room_id = ${roomId} and id = ${ringId}`,
  );
  return ring;
}

/** Rows of a log read at once: a million that wait must not stand in the memory of one answer. */
const READ_AT_ONCE = 50_000;

/** The leaves of a tick that nobody can come into any more. */
export async function listLeaves(
  tx: Tx,
  roomId: RoomId,
  tick: number,
): Promise<{ readonly tickets: HashText[]; readonly rings: HashText[] }> {
  const tickets: HashText[] = [];
  for (let after: Buffer | null = Buffer.alloc(0); after !== null;) {
    const found: { id: Buffer; ticketId: TicketId; rankId: RankId; tick: number; ringId: string | null }[] = await rows(
      tx,
      sql`select ticket_id as id, encode(ticket_id, 'hex') as "ticketId", encode(rank_id, 'hex') as "rankId", tick, ring_id as "ringId"
          from room.tickets where room_id = ${roomId} and logged_in = ${tick} and ticket_id > ${after} order by ticket_id limit ${READ_AT_ONCE}`,
    );
    for (const one of found)
      tickets.push(
        ticketLeaf({
          id: one.ticketId,
          persons: [one.rankId],
          tick: one.tick,
          ...(one.ringId === null ? {} : { ring: one.ringId }),
        }),
      );
    after = found.length < READ_AT_ONCE ? null : found.at(-1)!.id;
  }
  const rings = await rows<{ id: string }>(
    tx,
    sql`select id from room.rings where room_id = ${roomId} and tick = ${tick} order by id`,
  );
  return { tickets, rings: rings.map((one) => ringLeaf(one.id)) };
}

export async function insertTick(tx: Tx, roomId: RoomId, closed: ClosedTick, now: Date): Promise<void> {
  await run(
    tx,
    sql`insert into room.ticks (room_id, tick, tickets, rings, root, head, closed_at)
        values (${roomId}, ${closed.tick}, ${closed.tickets}, ${closed.rings}, ${closed.root}, ${closed.head}, ${now}) on conflict do nothing`,
  );
}

export async function listTicks(tx: Tx, roomId: RoomId): Promise<ClosedTick[]> {
  return rows(tx, sql`select tick, tickets, rings, root, head from room.ticks where room_id = ${roomId} order by tick`);
}

/** Rows of one statement, so that forgetting a million never holds many locks at once. */
export const FORGOTTEN_AT_ONCE = 2_000;

/** Deletes tickets of logs that nobody may be asked about any more, so many at once. Returns how many went. */
export function forgetTickets(tx: Tx, on: LocalDate): Promise<number> {
  return run(
    tx,
    sql`delete from room.tickets where ctid = any(array(select ctid from room.tickets where erase_after < ${on} limit ${FORGOTTEN_AT_ONCE}))`,
  );
}

/** Calls of the same logs, once no ticket names them. */
export function forgetRings(tx: Tx, on: LocalDate): Promise<number> {
  return run(
    tx,
    sql`delete from room.rings where ctid = any(array(select ctid from room.rings where erase_after < ${on} limit ${FORGOTTEN_AT_ONCE}))`,
  );
}
