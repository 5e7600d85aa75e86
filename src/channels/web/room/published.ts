import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import {
  getRoom,
  getRoomKey,
  getSeed,
  getStatus,
  roomIdFrom,
  STATUS_MAX_AGE_S,
  type LiveRoom,
  type RoomId,
} from "#modules/room/index.ts";
import type { Services } from "#platform/context.ts";
import { sendTagged, tag, type Tagged } from "#platform/http/index.ts";
import { roomUrls } from "../urls.ts";

/** What every page that waits looks at, the same for all, and what anybody needs to check it afterwards. */
const FOR_A_MOMENT = `public, max-age=${STATUS_MAX_AGE_S}`;
const FOR_EVER = "public, max-age=31536000, immutable";

export function servePublished(app: FastifyInstance, services: Services): void {
  app.get(roomUrls.status(":sala"), async (request, reply) => {
    const room = await getRoom(services, roomIn(request));
    return send(request, reply, room && statusOf(room), FOR_A_MOMENT);
  });
  app.get(roomUrls.statusOf(":sala", ":seq(^[0-9]{1,6}$)"), async (request, reply) => {
    const { seq } = request.params as { seq: string };
    const text = await getStatus(services, roomIn(request), Number(seq));
    return send(request, reply, text === undefined ? undefined : tag(text), FOR_EVER);
  });
  app.get(roomUrls.seed(":sala", ":tick(^[0-9]{1,6}$)"), async (request, reply) => {
    const { tick } = request.params as { tick: string };
    const found = await getSeed(services, roomIn(request), Number(tick));
    return send(request, reply, found && tag(JSON.stringify({ ...found, drawnAt: undefined })), FOR_EVER);
  });
  app.get(roomUrls.key, async (request, reply) =>
    send(request, reply, tag(JSON.stringify({ algorithm: "Ed25519", key: await getRoomKey(services) })), FOR_A_MOMENT),
  );
}

const statuses = new WeakMap<LiveRoom, Tagged>();

/** Everybody who waits asks for it: it is hashed once for each look at the rooms. */
function statusOf(room: LiveRoom): Tagged | undefined {
  let made = statuses.get(room);
  if (made === undefined && room.document !== undefined) statuses.set(room, (made = tag(room.document)));
  return made;
}

function send(request: FastifyRequest, reply: FastifyReply, found: Tagged | undefined, caching: string): FastifyReply {
  if (found !== undefined)
    return sendTagged(request, reply, found, { type: "application/json; charset=utf-8", caching });
  reply.callNotFound();
  return reply;
}

function roomIn(request: FastifyRequest): RoomId {
  const { sala } = request.params as { sala: string };
  return roomIdFrom(sala);
}
