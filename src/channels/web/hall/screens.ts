import type { ServerResponse } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { OfficeId } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { getNetwork, type Network, type Office } from "#modules/offices/index.ts";
import {
  enrolledIds,
  KEPT_MINUTES,
  type Device,
  type HallCall,
  type LiveBoard,
  type LiveBoards,
  type OfficeFeed,
  type Watch,
} from "#modules/visits/index.ts";
import type { Services } from "#platform/context.ts";
import { problem } from "#platform/http/index.ts";
import { faultFields } from "#platform/log.ts";
import { wireBoard } from "./wire.ts";

/** Proxies and browsers give up on a line that says nothing for longer (engineering.md 24). */
const HEARTBEAT_MS = 15_000;
/** The largest hall has eight; more in one office are a loop. Our own number. */
const MOST_SCREENS_PER_OFFICE = 50;
/** After a restart the network's screens come back within seconds; a storm of anybody else does not get that far. */
const MOST_NEW_PER_SECOND = 100;
const COME_BACK_SECONDS = 5;
/** Boards that a screen may be behind, about thirty: then its line is cut, and it begins anew where it stopped. */
export const MOST_BUFFERED_BYTES = 64 * 1024;

export interface Screens {
  /** Answers with events without end, and tells what was missed since the request's `Last-Event-ID`. */
  open(screen: Device, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>;
  /** Ends every line: the server closes. */
  close(): void;
}

export interface ScreensOptions {
  readonly feed: OfficeFeed;
  readonly boards: LiveBoards;
  readonly heartbeatMs?: number | undefined;
}

interface Line {
  readonly deviceId: string;
  readonly raw: ServerResponse;
  /** Position after which it is told everything; undefined when it comes for the first time. */
  readonly from: number | undefined;
  begun: boolean;
}

interface Hall {
  readonly office: Office;
  readonly lines: Set<Line>;
  readonly watch: Watch;
  stop(): void;
}

/** Boards go out to all screens of a hall as one and the same bytes; no screen is waited for. */
export function openScreens(services: Services, { feed, boards, heartbeatMs }: ScreensOptions): Screens {
  const halls = new Map<OfficeId, Hall>();
  let admitted: number[] = [];
  let network: Network | undefined;
  let closed = false;

  return {
    async open(screen, request, reply) {
      network = await getNetwork(services);
      const office = network.officeById.get(screen.officeId)!;
      const now = performance.now();
      admitted = admitted.filter((at) => at > now - 1_000);
      if (
        (halls.get(screen.officeId)?.lines.size ?? 0) >= MOST_SCREENS_PER_OFFICE ||
        admitted.length >= MOST_NEW_PER_SECOND
      )
        return problem(reply.header("retry-after", COME_BACK_SECONDS), 503, "busy", "Come back in a few seconds.");
      admitted.push(now);

      reply.hijack();
      const { raw } = reply;
      // Ended by its connection: no length and no chunks, so that the same bytes go to everybody.
      raw.useChunkedEncodingByDefault = false;
      raw.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
        connection: "close",
      });
      raw.flushHeaders();
      const hall = halls.get(screen.officeId) ?? enter(office);
      const line: Line = { deviceId: screen.id, raw, from: positionOf(request.headers["last-event-id"]), begun: false };
      hall.lines.add(line);
      raw.on("close", () => leave(hall, line));
      raw.on("error", () => leave(hall, line));
      const current = hall.watch.current();
      if (current) begin(hall, line, current);
      if (closed) raw.end();
      return reply;
    },
    close() {
      closed = true;
      for (const hall of halls.values()) for (const { raw } of hall.lines) raw.end();
    },
  };

  function enter(office: Office): Hall {
    const lines = new Set<Line>();
    const tell = (live: LiveBoard): void => {
      const frame = frameOf(live, live.news, office);
      for (const line of [...lines]) {
        if (line.begun) send(line, frame);
        else begin(hall, line, live);
      }
    };
    const beat = setInterval(() => {
      for (const line of lines) send(line, ": \n\n");
      void check(hall).catch(noted);
    }, heartbeatMs ?? HEARTBEAT_MS);
    const unsubscribe = feed.subscribe(office.id, (event) => {
      if (event.kind === "visits" && event.devices) void check(hall).catch(noted);
    });
    const watch = boards.watch(office.id, tell);
    const stop = (): void => {
      clearInterval(beat);
      unsubscribe();
      watch.stop();
    };
    const hall: Hall = { office, lines, watch, stop };
    halls.set(office.id, hall);
    return hall;
  }

  /** The first board of a line, with all that it missed. */
  function begin(hall: Hall, line: Line, live: LiveBoard): void {
    line.begun = true;
    const since = line.from ?? Infinity;
    const missed = live.asOf - since > KEPT_MINUTES * MINUTE_MS ? -Infinity : since;
    send(line, frameOf(live, hall.watch.since(missed), hall.office));
  }

  function frameOf(live: LiveBoard, news: readonly HallCall[], office: Office): Buffer {
    const data = JSON.stringify(wireBoard(live, news, office, network!));
    return Buffer.from(`id: ${live.asOf}\nevent: board\ndata: ${data}\n\n`);
  }

  function send({ raw }: Line, frame: Buffer | string): void {
    if (raw.writableLength > MOST_BUFFERED_BYTES) raw.destroy();
    else raw.write(frame);
  }

  /** The line of a screen that is no longer enrolled ends. */
  async function check({ office, lines }: Hall): Promise<void> {
    const enrolled = await enrolledIds(services, office.id);
    for (const line of [...lines]) {
      if (enrolled.has(line.deviceId)) continue;
      send(line, "event: revoked\ndata: {}\n\n");
      line.raw.end();
    }
  }

  function leave(hall: Hall, line: Line): void {
    hall.lines.delete(line);
    if (hall.lines.size > 0 || halls.get(hall.office.id) !== hall) return;
    halls.delete(hall.office.id);
    hall.stop();
  }

  function noted(fault: unknown): void {
    services.log.warn("screens could not be checked", faultFields(fault));
  }
}

/** Undefined for a screen that was never here, or that says something else. */
function positionOf(header: string | string[] | undefined): number | undefined {
  return typeof header === "string" && /^\d{1,15}$/.test(header) ? Number(header) : undefined;
}
