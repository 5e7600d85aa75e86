import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { getRoom, getRoomKey, getSeeds, getStatus, STATUS_MAX_AGE_S, type RoomId } from "#modules/room/index.ts";
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
  app.get(roomUrls.seeds(":sala"), async (request, reply) => {
    const seeds = await getSeeds(services, roomIn(request));
    const text = JSON.stringify({
      seeds: seeds.map(({ tick, round, signature, randomness, seed }) => ({
        tick,
        round,
        signature,
        randomness,
        seed,
      })),
    });
    return send(request, reply, seeds.length === 0 ? undefined : text, FOR_A_MOMENT);
  });
  app.get(roomUrls.key, async (request, reply) =>
    send(request, reply, JSON.stringify({ algorithm: "Ed25519", key: await getRoomKey(services) }), FOR_A_MOMENT),
  );
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  text: string | undefined,
  caching: string,
): FastifyReply | Promise<FastifyReply> {
  if (text === undefined) return reply.callNotFound() as unknown as FastifyReply;
  const etag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
  void reply.header("etag", etag).header("cache-control", caching);
  if (request.headers["if-none-match"]?.includes(etag)) return reply.code(304).send();
  return reply.type("application/json; charset=utf-8").send(text);
}

function roomIn(request: FastifyRequest): RoomId {
  const { sala } = request.params as { sala: string };
  return (/^[0-9a-z-]{1,64}$/.test(sala) ? sala : "") as RoomId;
}
