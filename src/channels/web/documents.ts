import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { FastifyReply } from "fastify";
import { etagOf } from "#platform/etag.ts";
import { isUnchanged } from "#platform/http/index.ts";

export type Caching = "public" | "none";

/** How long a page that everybody sees alike may be kept: as long as the picture of the places stands. */
const CACHE_CONTROL: Readonly<Record<Caching, string>> = { public: "public, max-age=60", none: "no-store" };
/** Below this size the compressed form is no smaller on the wire. */
const WORTH_COMPRESSING_BYTES = 600;
/** A twelfth smaller than 4 for a third of a millisecond; higher costs more time than it saves of a page that is made for one request. */
const BROTLI_QUALITY = 5;

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

type Encoding = "br" | "gzip";

/** A page as it travels; kept for a minute, each encoding is made once. */
export interface WebDocument {
  readonly etag: string;
  readonly body: Buffer;
  encoded(encoding: Encoding): Promise<Buffer>;
}

export function makeDocument(text: string): WebDocument {
  const body = Buffer.from(text);
  const made = new Map<Encoding, Promise<Buffer>>();
  return {
    // Weak: the same page, whichever encoding it travels in.
    etag: `W/${etagOf(body)}`,
    body,
    encoded(encoding) {
      let compressed = made.get(encoding);
      if (compressed === undefined) made.set(encoding, (compressed = compress(body, encoding)));
      return compressed;
    },
  };
}

/** Sends a page, compressed if the browser takes it. Public pages carry an ETag and are answered 304. */
export async function sendDocument(reply: FastifyReply, document: WebDocument, cache: Caching): Promise<FastifyReply> {
  const { headers } = reply.request;
  reply
    .type("text/html; charset=utf-8")
    .header("cache-control", CACHE_CONTROL[cache])
    .header("vary", "accept-encoding");
  if (cache === "public") {
    reply.header("etag", document.etag);
    if (isUnchanged(reply.request, document.etag)) return reply.code(304).send();
  }
  const encoding =
    document.body.length < WORTH_COMPRESSING_BYTES ? undefined : chosenEncoding(headers["accept-encoding"]);
  if (encoding === undefined) return reply.send(document.body);
  return reply.header("content-encoding", encoding).send(await document.encoded(encoding));
}

function chosenEncoding(accepted = ""): Encoding | undefined {
  const refused = /;\s*q=0(\.0*)?$/;
  const named = accepted
    .split(",")
    .map((one) => one.trim())
    .filter((one) => !refused.test(one))
    .map((one) => one.split(";")[0]);
  return (["br", "gzip"] as const).find((one) => named.includes(one));
}

function compress(body: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === "gzip") return compressGzip(body);
  return compressBrotli(body, {
    params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
  });
}
