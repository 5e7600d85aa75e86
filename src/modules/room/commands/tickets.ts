import type { ContactId } from "#kernel/ids.ts";
import { accept, type Outcome } from "#kernel/outcome.ts";
import type { Keyring } from "#platform/keyring/index.ts";
import { MOST_PERSONS, parseTicket, ticketText } from "../rules/tickets.ts";
import { arrive } from "../rules/ticks.ts";
import type { Arrival, RankId, Room, RoomId, RoomRefusal, Ticket, TicketId } from "../types.ts";

type Secrets = Pick<Keyring, "digest" | "sign" | "verify">;

const ID_DIGITS = 32;
/** What the keyring's signatures have in base64url. */
const SIGNED = /^(.+)~([\w-]{24})$/s;

export interface JoinRequest {
  readonly room: Room;
  readonly contactId: ContactId;
  /** The name key of each person (never the CURP, which some give and some do not), the first applicant first. */
  readonly persons: readonly string[];
  readonly arrival: Arrival;
}

/**
 * A ticket for a verified contact. The same contact, persons and arrival make the same ticket on any
 * node. The token goes into a cookie or stays with the call, never into an address.
 */
export async function issueTicket(
  keyring: Secrets,
  request: JoinRequest,
): Promise<Outcome<{ readonly ticket: Ticket; readonly token: string }, RoomRefusal>> {
  const { room, contactId, persons, arrival } = request;
  const arrived = arrive(room, arrival);
  if (!arrived.ok) return arrived;
  return accept(await signTicket(keyring, { room, contactId, persons }, { ...arrived.value, ring: arrival.ring?.id }));
}

/** The ticket of an arrival that is known already: in its log, or about to be written there. */
export async function signTicket(
  keyring: Secrets,
  { room, contactId, persons }: Pick<JoinRequest, "room" | "contactId" | "persons">,
  { tick, loggedIn, ring }: { readonly tick: number; readonly loggedIn: number; readonly ring: string | undefined },
): Promise<{ readonly ticket: Ticket; readonly token: string }> {
  // During a rotation the oldest version is the one that every node knows.
  const rankIds = [...new Set((await rankIdsOf(keyring, room.id, persons)).map((versions) => versions.at(-1)!))];
  if (rankIds.length === 0 || rankIds.length > MOST_PERSONS) throw new Error("a ticket names one to eight persons");
  const [digests] = await keyring.digest("room", [`ticket\0${room.id}\0${rankIds[0]!}\0${contactId}`]);
  const id = digests!.at(-1)!.digest.toString("hex").slice(0, ID_DIGITS) as TicketId;
  const ticket: Ticket = {
    id,
    roomId: room.id,
    persons: rankIds,
    tick,
    loggedIn,
    ...(ring === undefined ? {} : { ring }),
  };
  const text = ticketText(ticket);
  return { ticket, token: `${text}~${await keyring.sign("ticket", `${text}\0${contactId}`)}` };
}

/** The ticket behind a token, when it was issued to this very contact; undefined for everything else. */
export async function readTicket(keyring: Secrets, token: string, contactId: ContactId): Promise<Ticket | undefined> {
  const [, text, signature] = SIGNED.exec(token) ?? [];
  const ticket = text === undefined ? undefined : parseTicket(text);
  if (ticket === undefined || !(await keyring.verify("ticket", `${text!}\0${contactId}`, signature!))) return undefined;
  return ticket;
}

/** Rank ids of persons in one room, each under every live version of the key. */
export async function rankIdsOf(
  keyring: Pick<Keyring, "digest">,
  roomId: RoomId,
  persons: readonly string[],
): Promise<RankId[][]> {
  const digests = await keyring.digest(
    "room",
    persons.map((person) => `person\0${roomId}\0${person}`),
  );
  return digests.map((versions) => versions.map(({ digest }) => digest.toString("hex").slice(0, ID_DIGITS) as RankId));
}
