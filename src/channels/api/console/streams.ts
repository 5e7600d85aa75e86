import type { ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { can, findStaffSession } from "#modules/people/index.ts";
import type { OfficeFeed } from "#modules/visits/index.ts";
import type { Services } from "#platform/context.ts";
import { faultFields } from "#platform/log.ts";
import { problems } from "../problems.ts";
import type { ConsoleEvent } from "./contract.ts";
import { staffToken } from "./cookies.ts";
import { memberOf, officeOf, staffContext } from "./gate.ts";
import { refused } from "./refusals.ts";
import { viewChange } from "./views.ts";

/** Proxies and browsers give up on a line that says nothing for longer. */
const HEARTBEAT_MS = 15_000;
/** Nobody reads a list of names again more often than that, however often the feed was interrupted. */
const CHANGED_EVERY_MS = 1_000;
/** One browser keeps one stream; more of one person are forgotten tabs or a loop. */
const MOST_STREAMS_PER_PERSON = 8;

export interface Streams {
  /** Ends every stream: the server closes. */
  close(): void;
}

/**
 * GET /events: what happens at the caller's office, as it happens. Where a party stands is told whole, in
 * ids and codes; what has names in it is read again. A stream ends as soon as its session does.
 */
export function streamRoutes(
  app: FastifyInstance,
  services: Services,
  feed: OfficeFeed,
  heartbeatMs = HEARTBEAT_MS,
): Streams {
  const open = new Map<ServerResponse, { readonly staffId: string; readonly end: () => void }>();
  let closed = false;

  const stream = {
    description: "Server-sent events, without end",
    content: { "text/event-stream": { schema: z.string() } },
  };
  app.get("/events", { schema: { response: { 200: stream, ...problems(403, 429) } } }, async (request, reply) => {
    const officeId = officeOf(request);
    const { id: staffId } = memberOf(request);
    if (!can(staffContext(services, request, "reception").actor, "see_today", officeId))
      return refused(reply, { code: "not_allowed" });
    if ([...open.values()].filter((one) => one.staffId === staffId).length >= MOST_STREAMS_PER_PERSON)
      return refused(reply, { code: "too_many_streams" });
    const token = staffToken(request, services.publicOrigin)!;
    let lastId = lastEventId(request.headers["last-event-id"]);

    reply.hijack();
    const { raw } = reply;
    // A stream that ended leaves no idle connection behind for the server's shutdown to wait for.
    raw.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
      connection: "close",
    });
    const send = ({ event, data }: ConsoleEvent): void => {
      lastId = Math.max(lastId + 1, services.clock.now().getTime());
      raw.write(`id: ${lastId}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    };
    let resting: NodeJS.Timeout | undefined;
    let missed = false;
    const tellChanged = (): void => {
      if (resting) {
        missed = true;
        return;
      }
      send({ event: "changed", data: {} });
      resting = setTimeout(() => {
        resting = undefined;
        if (missed) tellChanged();
      }, CHANGED_EVERY_MS);
      missed = false;
    };
    const check = async (): Promise<void> => {
      const member = await findStaffSession(services, token);
      if (member?.officeId === officeId || !open.has(raw)) return;
      send({ event: "revoked", data: {} });
      end();
    };
    const checkAndLog = (): void =>
      void check().catch((fault: unknown) =>
        services.log.warn("a staff session could not be checked", faultFields(fault)),
      );
    const leave = feed.subscribe(officeId, (event) => {
      if (event.kind === "staff") checkAndLog();
      else if (event.kind === "care") send({ event: "care", data: {} });
      else if (event.party) send({ event: "party", data: viewChange(event.party, services.clock.now()) });
      else if (event.booking)
        send({ event: "booking", data: { bookingId: event.booking.id, localDate: event.booking.localDate } });
      else if (event.emergencies) send({ event: "emergencies", data: {} });
      else if (!event.devices && !event.wall) tellChanged();
    });
    const beat = setInterval(() => {
      raw.write(": beat\n\n");
      checkAndLog();
    }, heartbeatMs);
    const end = (): void => {
      clearInterval(beat);
      clearTimeout(resting);
      leave();
      open.delete(raw);
      raw.end();
    };
    raw.on("close", end);
    open.set(raw, { staffId, end });
    tellChanged();
    if (closed) end();
    return reply;
  });

  return {
    close() {
      closed = true;
      for (const { end } of [...open.values()]) end();
    },
  };
}

/** Ids only ever grow for one browser, also when its next stream is another node's. */
function lastEventId(header: string | string[] | undefined): number {
  return typeof header === "string" && /^\d{1,15}$/.test(header) ? Number(header) : 0;
}
