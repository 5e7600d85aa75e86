import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { getNetwork } from "#modules/offices/index.ts";
import { enrolDevice, findDevice, openLiveBoards, type Device, type OfficeFeed } from "#modules/visits/index.ts";
import { contextFor } from "#platform/context.ts";
import { problem } from "#platform/http/index.ts";
import { makeDocument, sendDocument } from "../documents.ts";
import { hallUrls } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { enrolPage, hallPage, type HallFrame } from "./hall-page.tsx";
import { openScreens, type Screens } from "./screens.ts";

export interface HallDeps {
  readonly feed: OfficeFeed;
  readonly heartbeatMs?: number;
  /** At least so long between two looks at one hall. */
  readonly readEveryMs?: number;
}

/** Seconds for which a browser keeps its token: browsers allow no more (400 days). A screen is enrolled once. */
const COOKIE_S = 400 * 86_400;

/** The screen on the wall of a hall: its page, what it hears, and what lets it open without a network. Close it before the server. */
export function serveHall(app: FastifyInstance, web: HallFrame, { feed, heartbeatMs, readEveryMs }: HallDeps): Screens {
  const { services } = web;
  const screens = openScreens(services, { feed, boards: openLiveBoards(services, feed, readEveryMs), heartbeatMs });
  const secure = services.publicOrigin.startsWith("https:");
  const cookie = secure ? "__Host-screen" : "screen";

  async function screenOf(request: FastifyRequest): Promise<Device | undefined> {
    const token = request.cookies[cookie];
    const device = token === undefined ? undefined : await findDevice(services, token);
    return device?.kind === "screen" ? device : undefined;
  }
  const send = (reply: FastifyReply, status: number, page: string): Promise<FastifyReply> =>
    sendDocument(reply.code(status), makeDocument(page), "none");

  app.get(hallUrls.page, async (request, reply) => {
    const screen = await screenOf(request);
    if (!screen) return send(reply, 403, enrolPage(web, false));
    const office = (await getNetwork(services)).officeById.get(screen.officeId)!;
    return send(reply, 200, hallPage(web, office));
  });

  app.post(hallUrls.page, async (request, reply) => {
    const { codigo } = typedOf(request.body, ["codigo"]);
    const ctx = contextFor(services, {
      actor: { kind: "visitor", sessionId: undefined },
      channel: "web",
      purpose: "enrol",
      requestId: request.id,
      language: "es",
    });
    const outcome = await enrolDevice(ctx, { kind: "screen", code: codigo });
    if (!outcome.ok) return send(reply, 422, enrolPage(web, true));
    void reply.setCookie(cookie, outcome.value.token, {
      path: "/",
      httpOnly: true,
      sameSite: "strict",
      secure,
      maxAge: COOKIE_S,
    });
    return reply.redirect(hallUrls.page, 303);
  });

  app.get(hallUrls.events, async (request, reply) => {
    const screen = await screenOf(request);
    if (!screen) return problem(reply, 403, "not_enrolled", "A supervisor enrols screens in the console.");
    return screens.open(screen, request, reply);
  });

  const worker = workerOf(web);
  if (worker !== undefined)
    app.get(hallUrls.worker, (_request, reply) =>
      reply
        .type("text/javascript; charset=utf-8")
        .header("cache-control", "no-cache")
        .header("service-worker-allowed", hallUrls.page)
        .send(worker),
    );
  return screens;
}

/** A worker has one address for ever: the browser asks there for the next one. */
function workerOf({ assets }: HallFrame): Buffer | undefined {
  const address = assets.scripts?.["hall-worker"];
  if (address === undefined || assets.directory === undefined) return undefined;
  return readFileSync(join(assets.directory, basename(address)));
}
