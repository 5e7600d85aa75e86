import type { FastifyReply, FastifyRequest } from "fastify";
import { etagOf } from "../etag.ts";

/** What is the same for everybody for a while, with a name for just this content. */
export interface Tagged {
  readonly body: string | Buffer;
  /** As the header has it, in quotes. */
  readonly etag: string;
}

/** Hashes the body: to be done once for each content, not for each request. */
export function tag(body: string | Buffer): Tagged {
  return { body, etag: etagOf(body) };
}

/** Sends it with that type and that `cache-control`, or 304 to whoever has it already. */
export function sendTagged(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, etag }: Tagged,
  { type, caching }: { readonly type: string; readonly caching: string },
): FastifyReply {
  void reply.header("etag", etag).header("cache-control", caching);
  if (isUnchanged(request, etag)) return reply.code(304).send();
  return reply.type(type).send(body);
}

/** Proxies that compress answers make the tag weak; the comparison here is the weak one (RFC 9110, 13.1.2). */
export function isUnchanged(request: FastifyRequest, etag: string): boolean {
  const held = request.headers["if-none-match"]?.split(",").map(strong);
  return held !== undefined && (held.includes(strong(etag)) || held[0] === "*");
}

function strong(etag: string): string {
  return etag.trim().replace(/^W\//, "");
}
