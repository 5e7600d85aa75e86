import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { ContactId, LocalDate } from "#kernel/ids.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import { coalesce } from "#platform/coalesce.ts";
import { transaction, type Context, type Services, type Tx } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { getRoom, lookAgain, type LiveRoom } from "../queries/rooms.ts";
import { ROOM_KEPT_DAYS } from "../rules/rooms.ts";
import { arrive, tickAt, tickEndsAt } from "../rules/ticks.ts";
import { findRing, findTickets, insertRing, insertTickets, type LoggedTicket } from "../store/log.ts";
import { passDoors } from "../store/rooms.ts";
import type { Arrival, Room, RoomId, RoomRefusal, Ticket } from "../types.ts";
import { signTicket } from "./tickets.ts";

export interface JoinRequest {
  readonly roomId: RoomId;
  readonly contactId: ContactId;
  /** The name key of each person, the first applicant first. */
  readonly persons: readonly string[];
  /** What `ring` gave when the call rang. */
  readonly ringId?: string | undefined;
}

export interface Joined {
  readonly room: Room;
  readonly ticket: Ticket;
  readonly token: string;
}

type NewTicket = LoggedTicket & { readonly eraseAfter: LocalDate };
type Queue = ((input: NewTicket) => Promise<LoggedTicket | undefined>) & { idle(): Promise<void> };
const queues = new WeakMap<object, Queue>();

/** One queue per database of the process: at an opening thousands come in the same minute. */
function queueOf({ database }: Pick<Services, "database">): Queue {
  let own = queues.get(database);
  if (!own) {
    own = coalesce<NewTicket, LoggedTicket | undefined>({ database, role: "citizen_writer", many: joinMany });
    queues.set(database, own);
  }
  return own;
}

/** Resolves when every arrival that was accepted has been answered: asked at shutdown. */
export async function joinsIdle(services: Pick<Services, "database">): Promise<void> {
  await queues.get(services.database)?.idle();
}

/**
 * Writes arrivals into the logs of their ticks and answers with what the log has of each: who came before has her first
 * arrival for ever. Undefined where the tick was closed meanwhile, or another ticket names that call.
 */
export async function joinMany(tx: Tx, inputs: readonly NewTicket[]): Promise<(LoggedTicket | undefined)[]> {
  const [, , found] = await Promise.all([
    passDoors(
      tx,
      inputs.map((one) => one.roomId),
    ),
    insertTickets(tx, inputs),
    findTickets(tx, inputs),
  ]);
  const byTicket = new Map(found.map((one) => [`${one.roomId} ${one.ticketId}`, one]));
  return inputs.map((one) => byTicket.get(`${one.roomId} ${one.ticketId}`));
}

/** How often an arrival is taken into the next tick when its own closes under it. */
const TRIES = 3;

/**
 * A place in the line for a verified contact and the persons it may book. Whoever asks again, from wherever, gets the
 * same place: a reload, a lost cookie or a second telephone neither betters nor worsens it.
 */
export async function joinRoom(ctx: Context, request: JoinRequest): Promise<Outcome<Joined, RoomRefusal>> {
  const { roomId, contactId, persons, ringId } = request;
  for (let tries = 0; tries < TRIES; tries++) {
    // As the pages see it, which costs thousands nothing; where a tick was closed meanwhile the log refuses, and it is read anew.
    if (tries > 0) lookAgain(ctx);
    const room = await getRoom(ctx, roomId);
    if (!room) return refuse({ code: "unknown_room" });
    if (room.state === "over") return refuse({ code: "room_over" });
    const ring =
      ringId === undefined ? undefined : await transaction(ctx, "citizen_reader", (tx) => findRing(tx, roomId, ringId));
    if (ringId !== undefined && !ring) return refuse({ code: "ring_used" });
    const arrived = arrive(room, arrivalOf(room, ctx.now, ring && { at: ring.rangAt.getTime(), id: ring.id }));
    if (!arrived.ok) return arrived;
    const own = await signTicket(ctx.keyring, { room, contactId, persons }, { ...arrived.value, ring: ringId });
    const logged = await queueOf(ctx)({
      roomId,
      ticketId: own.ticket.id,
      rankId: own.ticket.persons[0]!,
      tick: own.ticket.tick,
      loggedIn: own.ticket.loggedIn,
      ringId: ringId ?? null,
      eraseAfter: eraseAfter(room),
    });
    if (logged)
      return accept({
        room,
        ...(await signTicket(
          ctx.keyring,
          { room, contactId, persons },
          { ...logged, ring: logged.ringId ?? undefined },
        )),
      });
  }
  return refuse({ code: ringId === undefined ? "room_over" : "ring_used" });
}

/** Writes down that a call rings, before anybody knows who calls. Whoever answers it joins with the id. */
export async function ringRoom(
  ctx: Context,
  roomId: RoomId,
): Promise<Outcome<{ readonly ringId: string }, RoomRefusal>> {
  const id = newId<string>();
  for (let tries = 0; tries < TRIES; tries++) {
    if (tries > 0) lookAgain(ctx);
    const room = await getRoom(ctx, roomId);
    if (!room) return refuse({ code: "unknown_room" });
    const { at } = arrivalOf(room, ctx.now, undefined);
    const arrived = arrive(room, { at });
    if (!arrived.ok) return arrived;
    const ring = { roomId, id, rangAt: new Date(at), tick: tickAt(room, at), eraseAfter: eraseAfter(room) };
    const written = await transaction(ctx, "citizen_writer", async (tx) => {
      await passDoors(tx, [roomId]);
      return insertRing(tx, ring);
    });
    if (written) return accept({ ringId: id });
  }
  return refuse({ code: "room_over" });
}

/** Now, or the beginning of the first tick that is not closed: whoever comes while one closes comes after it. */
function arrivalOf(room: LiveRoom, now: Date, ring: Arrival["ring"]): Arrival {
  const open = room.closedThrough < 0 ? 0 : tickEndsAt(room, room.closedThrough);
  const at = Math.max(now.getTime(), open);
  return { at, ...(ring ? { ring } : {}) };
}

function eraseAfter(room: Room): LocalDate {
  return addDays(localDateAt(new Date(room.opensAt), "UTC"), ROOM_KEPT_DAYS);
}
