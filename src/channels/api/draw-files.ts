import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";
import { listDrawLines, type PublishedDraw } from "#modules/allocation/index.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { problem } from "#platform/http/index.ts";
import { systemContext, type Services } from "#platform/context.ts";

export type DrawFile = "documents" | "replay";

/** The papers of a draw that is over never change; until then each step adds lines. */
const FOR_EVER = "public, max-age=31536000, immutable";
const FOR_A_MINUTE = "public, max-age=60";
/** Characters that leave together: one write for each line of a million would cost more than the rows. */
const CHUNK_CHARACTERS = 64 * 1024;
/** Rows of a large draw are read for minutes: more readers than this wait their turn, so that bookings have the database. */
const MOST_REPLAYS_AT_ONCE = 2;
/** Chunks that are made ahead of the network: few, so that whoever books is not kept waiting by the making. */
const CHUNKS_AHEAD = 4;
const COMPRESSION = { level: 6 };
/**
 * Whoever takes nothing for so long has gone, and gives the turn to another. The system keeps up to 4 MB for a
 * connection and asks for more once a third of it is free: a line of 90 kbit/s is still seen to move.
 */
const STALLED_MS = 2 * MINUTE_MS;

interface FileSource {
  readonly linesOf: typeof listDrawLines;
  readonly stalledMs: number;
}

/** Sends one of a draw's files as it is read. The caller has checked that everybody may have it. */
export function drawFileSender(
  services: Services,
  { linesOf, stalledMs }: FileSource = { linesOf: listDrawLines, stalledMs: STALLED_MS },
) {
  let replays = 0;
  return (
    request: FastifyRequest,
    reply: FastifyReply,
    { draw }: Pick<PublishedDraw, "draw">,
    file: DrawFile,
  ): FastifyReply => {
    if (file === "replay") {
      if (replays >= MOST_REPLAYS_AT_ONCE)
        return problem(reply, 503, "busy", "Others are reading the rows at this moment. Try again in a minute.");
      replays += 1;
    }
    const ended = draw.state === "settled" || draw.state === "void";
    void reply
      .type("application/x-ndjson; charset=utf-8")
      .header("cache-control", ended || file === "replay" ? FOR_EVER : FOR_A_MINUTE)
      .header("content-disposition", `attachment; filename="${file}-${draw.id}.jsonl"`)
      .header("vary", "accept-encoding");
    const lines = Readable.from(inChunks(linesOf(systemContext(services, "open_data"), draw.id, file)), {
      highWaterMark: CHUNKS_AHEAD,
    });
    lines.once("close", () => {
      if (file === "replay") replays -= 1;
    });
    // Ending the answer ends the reading.
    reply.raw.setTimeout(stalledMs, () => reply.raw.destroy());
    if (!/\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""))) return reply.send(lines);
    const packed = createGzip(COMPRESSION);
    lines.once("error", (error) => packed.destroy(error));
    // Whoever hangs up ends the reading too.
    packed.once("close", () => lines.destroy());
    return reply.header("content-encoding", "gzip").send(lines.pipe(packed));
  };
}

async function* inChunks(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = "";
  for await (const line of lines) {
    chunk += `${line}\n`;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}
