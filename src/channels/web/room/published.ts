import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { getRoom, getRoomKey, getSeed, getStatus, STATUS_MAX_AGE_S, type RoomId } from "#modules/room/index.ts";
import type { Services } from "#platform/context.ts";
import { roomUrls } from "../urls.ts";

/** What every page that waits looks at, the same for all, and what anybody needs to check it afterwards. */
const FOR_A_MOMENT = `public, max-age=${STATUS_MAX_AGE_S}`;
const FOR_EVER = "public, max-age=31536000, immutable";

export function servePublished(app: FastifyInstance, services: Services): void {
  app.get(roomUrls.status(":sala"), async (request, reply) => {
    const room = await getRoom(services, roomIn(request));
    return send(request, reply, room?.document, FOR_A_MOMENT);
  });
  app.get(roomUrls.statusOf(":sala", ":seq(^[0-9]{1,6}$)"), async (request, reply) => {
    const { seq } = request.params as { seq: string };
    return send(request, reply, await getStatus(services, roomIn(request), Number(seq)), FOR_EVER);
  });
  app.get(roomUrls.seed(":sala", ":tick(^[0-9]{1,6}$)"), async (request, reply) => {
    const { tick } = request.params as { tick: string };
    const found = await getSeed(services, roomIn(request), Number(tick));
    const text = found && JSON.stringify({ ...found, drawnAt: undefined });
    return send(request, reply, text, FOR_EVER);
  });
  app.get(roomUrls.key, async (request, reply) =>
    send(request, reply, JSON.stringify({ algorithm: "Ed25519", key: await getRoomKey(services) }), FOR_A_MOMENT),
  );
}

function send(request: FastifyRequest, reply: FastifyReply, text: string | undefined, caching: string): FastifyReply {
  if (text === undefined) {
    reply.callNotFound();
    return reply;
  }
  const etag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
  void reply.header("etag", etag).header("cache-control", caching);
  if (request.headers["if-none-match"]?.includes(etag)) return reply.code(304).send();
  return reply.type("application/json; charset=utf-8").send(text);
}

function roomIn(request: FastifyRequest): RoomId {
  const { sala } = request.params as { sala: string };
  return (/^[0-9a-z-]{1,64}$/.test(sala) ? sala : "") as RoomId;
}
