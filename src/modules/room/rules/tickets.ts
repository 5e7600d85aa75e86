import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { isAdmitted } from "./status.ts";
import { rankOf } from "./rank.ts";
import type { Rank, RankId, Room, RoomId, RoomRefusal, Seed, Ticket, TicketId } from "../types.ts";

/** People of one party: five online, eight with an agent, at the counter or with a helper (fairness 4.0). */
export const MOST_PERSONS = 8;
const VERSION = "1";
/** Neither needs quoting in a cookie nor occurs in a field. */
const BETWEEN = "~";
const FIELDS = 7;
const ID = /^[0-9a-f]{32}$/;
const ROOM = /^[0-9a-z-]{1,64}$/;
const RING = /^[0-9a-zA-Z-]{0,64}$/;
const TICK = /^(0|[1-9][0-9]{0,8})$/;

/** The ticket as it travels, without its signature: everything but the contact, which whoever shows it must have verified. */
export function ticketText(ticket: Ticket): string {
  const { roomId, tick, loggedIn, id, ring, persons } = ticket;
  return [VERSION, roomId, tick, loggedIn, id, ring ?? "", persons.join(".")].join(BETWEEN);
}

/** Undefined for whatever is not exactly what `ticketText` writes; the signature is judged elsewhere. */
export function parseTicket(text: string): Ticket | undefined {
  const fields = text.split(BETWEEN);
  const [version, room, tick, loggedIn, id, ring, list] = fields as [string, ...string[]];
  if (fields.length !== FIELDS || version !== VERSION) return undefined;
  const persons = list!.split(".");
  const wellFormed =
    ROOM.test(room!) &&
    TICK.test(tick!) &&
    TICK.test(loggedIn!) &&
    ID.test(id!) &&
    RING.test(ring!) &&
    persons.every((one) => ID.test(one));
  if (!wellFormed || persons.length > MOST_PERSONS || new Set(persons).size < persons.length) return undefined;
  return {
    id: id as TicketId,
    roomId: room as RoomId,
    persons: persons as RankId[],
    tick: Number(tick),
    loggedIn: Number(loggedIn),
    ...(ring === "" ? {} : { ring: ring! }),
  };
}

export interface TurnAsked {
  readonly room: Room;
  readonly now: number;
  /** Undefined when it was not signed for the contact that shows it. */
  readonly ticket: Ticket | undefined;
  /** Whether the ticket (and the ring it names) stands in the log of its tick. */
  readonly logged: boolean;
  /** Of the tick in which the ticket is logged; undefined while nobody can know it. */
  readonly seed: Seed | undefined;
  /** The threshold as it is published. */
  readonly admitted: Rank | "";
  /** Under every live version of the key, the rank ids of each person to be booked. */
  readonly party: readonly (readonly RankId[])[];
}

/**
 * Asked at every write, whoever asks: a family, a caller, an agent for somebody. A ticket of an insider
 * with the signing key is refused here because it stands in no log, and an early one because of its rank.
 */
export function judgeTurn(asked: TurnAsked): Outcome<{ readonly rankId: RankId }, RoomRefusal> {
  const { room, ticket, seed, admitted } = asked;
  if (asked.now < room.opensAt) return refuse({ code: "room_not_open", from: new Date(room.opensAt) });
  if (asked.now >= room.closesAt) return refuse({ code: "room_over" });
  if (ticket === undefined || ticket.roomId !== room.id || !asked.logged) return refuse({ code: "ticket_not_valid" });
  if (ticket.tick > ticket.loggedIn || (ticket.tick < ticket.loggedIn && ticket.ring === undefined))
    return refuse({ code: "ticket_not_valid" });
  const named = (person: readonly RankId[]): boolean => person.some((rankId) => ticket.persons.includes(rankId));
  if (asked.party.length === 0 || !asked.party.every(named)) return refuse({ code: "ticket_for_others" });
  if (!isAdmitted(admitted, ticket.tick, seed && rankOf(seed, ticket))) return refuse({ code: "not_your_turn" });
  return accept({ rankId: ticket.persons[0]! });
}
