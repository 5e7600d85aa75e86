import type { FastifyReply, FastifyRequest } from "fastify";
import type { Office } from "#modules/offices/index.ts";
import { findPlace, getRoom, type LiveRoom, type Place, roomIdFrom, type RoomId } from "#modules/room/index.ts";
import type { Services } from "#platform/context.ts";
import { randomBytes } from "#platform/random.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { attributes, cookiePrefix, ROOM_COOKIE_HOURS } from "../session.ts";
import { groupsOf, requestsOf } from "../visit/party.ts";
import { progressOf } from "../book-appointment/journey.tsx";
import { firstMissing } from "../book-appointment/steps.ts";
import { goTo, withSession, type Admit, type Answer, type Arrival, type Visit } from "../visit/visit.tsx";
import { roomUrls } from "../urls.ts";

/** A request at the pages of one waiting room. */
export interface InLine extends Arrival {
  readonly room: LiveRoom;
  readonly office: Office;
  /** Where she stands, when she has entered. */
  readonly place: Place | undefined;
}
/** The same of somebody who has a visit. */
export type InLineVisit = InLine & Visit;

/** Longer than a token ever is: eight persons, and what signs them. */
const LONGEST_TOKEN = 600;

/** The ticket that this browser keeps for a room. */
export function ticketOf({ request, web }: Arrival, roomId: RoomId): string | undefined {
  const token = request.cookies[cookiePrefix(web.services) + roomId];
  return token !== undefined && token.length <= LONGEST_TOKEN ? token : undefined;
}

export function keepTicket(services: Services, reply: FastifyReply, room: LiveRoom, token: string, now: Date): void {
  const maxAge = Math.ceil((room.opensAt + ROOM_COOKIE_HOURS * HOUR_MS - now.getTime()) / 1000);
  reply.setCookie(cookiePrefix(services) + room.id, token, { ...attributes(services), maxAge });
}

/** Finds the room of the address, and the asker's place in it. */
export const atRoom: Admit<InLine> = async (arrival) => {
  const { web, session, ctx, reply, network } = arrival;
  const room = await getRoom(web.services, roomIdIn(arrival.request));
  const office = room && network.officeById.get(room.officeId);
  if (!room || !office) return { answered: notFound(reply) };
  const token = ticketOf(arrival, room.id);
  const place =
    token === undefined || session?.contactId === undefined
      ? undefined
      : await findPlace(ctx, { roomId: room.id, token, contactId: session.contactId, chance: chance() });
  return { ...arrival, room, office, place };
};

/** The same, for pages that need a visit: whoever has none gets one. */
export const atRoomWithVisit: Admit<InLineVisit> = async (arrival) => {
  const admitted = await atRoom(arrival);
  return "answered" in admitted ? admitted : { ...admitted, ...(await withSession(admitted)) };
};

/** For those who hold a ticket and have answered who comes; everybody else is led to the room's own page. */
export const inLine: Admit<InLineVisit> = async (arrival) => {
  const admitted = await atRoom(arrival);
  if ("answered" in admitted) return admitted;
  const { session, place, language, room } = admitted;
  if (session === undefined || place === undefined || missingOf(admitted) !== undefined)
    return { answered: goTo(arrival, roomUrls.room(room.id)(language)) };
  return { ...admitted, session };
};

/** The questions of who comes and for what; the others of the journey do not matter here. */
const WHO_COMES: ReadonlySet<string> = new Set(["people", "person", "services", "parents", "prepare"]);

/** What is still to be answered before somebody can enter. */
export function missingOf(visit: InLine): "people" | "group" | "contact" | undefined {
  const { session, draft, network, today, room } = visit;
  if (session === undefined) return "people";
  const { step } = firstMissing(progressOf({ ...visit, session }));
  if (WHO_COMES.has(step)) return "people";
  if (!groupsOf(requestsOf(draft, network, today), network).includes(room.serviceGroup)) return "group";
  return session.contactId === undefined ? "contact" : undefined;
}

/** Between 0 and 1: spreads the pages' next looks. */
function chance(): number {
  return randomBytes(4).readUInt32LE() / 2 ** 32;
}

async function notFound(reply: FastifyReply): Answer {
  reply.callNotFound();
  return reply;
}

function roomIdIn(request: FastifyRequest): RoomId {
  const { sala } = request.params as { sala?: string };
  return roomIdFrom(sala);
}
