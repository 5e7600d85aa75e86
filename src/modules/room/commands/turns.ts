import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { ContactId, LocalDate } from "#kernel/ids.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import type { Context } from "#platform/context.ts";
import { findTicketFacts, type TicketFacts } from "../queries/turn.ts";
import { rankOf } from "../rules/rank.ts";
import { ROOM_KEPT_DAYS } from "../rules/rooms.ts";
import { chanceOf, parseStatus, standingOf, STATUS_MAX_AGE_S, type Chance } from "../rules/status.ts";
import { judgeTurn } from "../rules/tickets.ts";
import { roundPublishedAt, seedRound } from "../rules/ticks.ts";
import { listLastStatuses } from "../store/published.ts";
import { findRoom } from "../store/rooms.ts";
import type {
  PlacesLeft,
  Rank,
  Room,
  RoomId,
  RoomRefusal,
  Standing,
  Status,
  StoredRoom,
  Ticket,
  Turn,
} from "../types.ts";
import { rankIdsOf, readTicket } from "./tickets.ts";

export interface TurnRequest {
  readonly roomId: RoomId;
  readonly token: string;
  readonly contactId: ContactId;
  /** The name key of each person to be booked. */
  readonly persons: readonly string[];
}

/** A turn that may be taken, in the transaction of its hold. */
export interface JudgedTurn extends Turn {
  readonly room: Room;
  readonly eraseAfter: LocalDate;
}

/**
 * Whether a ticket may hold places now. Asked at every write, from the tables: logs, seeds and thresholds only ever
 * grow, and a room that ends meanwhile has no places of its own any more.
 */
export async function judgeTicket(ctx: Context, request: TurnRequest): Promise<Outcome<JudgedTurn, RoomRefusal>> {
  const { roomId, token, contactId, persons } = request;
  const [ticket, party] = await Promise.all([
    readTicket(ctx.keyring, token, contactId),
    rankIdsOf(ctx.keyring, roomId, persons),
  ]);
  const [room, facts] = await ctx.database.reading("citizen_reader", (tx) =>
    Promise.all([findRoom(tx, roomId), ticket?.roomId === roomId ? findTicketFacts(tx, ticket, contactId) : undefined]),
  );
  if (!room) return refuse({ code: "unknown_room" });
  if (room.state === "over") return refuse({ code: "room_over" });
  const judged = judgeTurn({
    room,
    now: ctx.now.getTime(),
    ticket,
    logged: facts?.logged ?? false,
    seed: facts?.seed ?? undefined,
    admitted: facts?.admitted ?? "",
    party,
  });
  if (!judged.ok) return judged;
  // Its own key refuses a second hold in the hold's transaction; this spares it the way there.
  if (facts?.turnTaken) return refuse({ code: "turn_taken" });
  const eraseAfter = addDays(localDateAt(new Date(room.opensAt), "UTC"), ROOM_KEPT_DAYS);
  return accept({ room, roomId, rankId: judged.value.rankId, contactId, eraseAfter });
}

/** What a page tells whoever holds a ticket. */
export interface Place {
  readonly room: Room;
  readonly standing: Standing;
  readonly ticket: Ticket;
  readonly turnTaken: boolean;
  /** Of whoever waits and is drawn. */
  readonly chance: Chance | undefined;
  readonly rank: Rank | undefined;
  readonly placesLeft: PlacesLeft | undefined;
  /** The round that orders her tick is overdue: the room waits for it, and for nothing else. */
  readonly late: boolean;
}

/** So long after a round was due it counts as late: three rounds, which a beacon may take to reach us. */
const LATE_AFTER_MS = 10_000;

/** Where a ticket stands; undefined when it is not this contact's or in no log. `chance` (0 to 1) spreads the pages' next looks. */
export async function findPlace(
  ctx: Context,
  request: Pick<TurnRequest, "roomId" | "token" | "contactId"> & { readonly chance: number },
): Promise<Place | undefined> {
  const ticket = await readTicket(ctx.keyring, request.token, request.contactId);
  if (ticket?.roomId !== request.roomId) return undefined;
  const [room, facts, [last]] = await ctx.database.reading("citizen_reader", (tx) =>
    Promise.all([
      findRoom(tx, ticket.roomId),
      findTicketFacts(tx, ticket, request.contactId),
      listLastStatuses(tx, [ticket.roomId]),
    ]),
  );
  if (room === undefined || !facts.logged) return undefined;
  const now = ctx.now.getTime();
  const status = last && parseStatus(last.body);
  const rank = facts.seed === null ? undefined : rankOf(facts.seed, ticket);
  const dueAt = roundPublishedAt(seedRound(room, ticket.loggedIn));
  return {
    room,
    ticket,
    turnTaken: facts.turnTaken,
    standing: standing(room, ticket, facts, status, now, request.chance),
    chance: status && rank && room.places !== null ? chanceOf(status, rank, room.places) : undefined,
    rank,
    placesLeft: status?.places,
    late: facts.seed === null && now >= dueAt + LATE_AFTER_MS,
  };
}

function standing(
  room: StoredRoom,
  ticket: Ticket,
  { seed }: TicketFacts,
  status: Status | undefined,
  now: number,
  chance: number,
): Standing {
  if (room.state === "over") return { state: "over" };
  const rank = seed === null ? undefined : rankOf(seed, ticket);
  if (status !== undefined) return standingOf(room, status, { ...ticket, rank }, now, chance);
  // For the moment in which the room is announced and its first document is not out yet.
  return { state: "before", pollSeconds: STATUS_MAX_AGE_S };
}
