import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { HOUR_MS } from "#kernel/time.ts";
import type { Services } from "#platform/context.ts";
import type { Dispatcher } from "#platform/dispatcher.ts";
import type { Timetable } from "#platform/timetable.ts";
import type { MovableClock } from "./clock.ts";
import type { World } from "./demo-world/world.ts";
import type { Outbox } from "./outbox.ts";
import { registerPlay } from "./demo-draw/routes.ts";
import { clockPage } from "./pages/clock-page.tsx";
import { DEV_URLS } from "./pages/frame.tsx";
import { outboxPage } from "./pages/outbox-page.tsx";
import { startPage } from "./pages/start-page.tsx";
import { STYLES } from "./pages/styles.ts";
import { demoLogins, registerSignIn } from "./sign-in.ts";

export interface DevDeps {
  readonly clock: MovableClock;
  readonly outbox: Outbox;
  readonly world: World;
  /** Path of the site's stylesheet. */
  readonly css: string;
  readonly internalOrigin?: string | undefined;
}

/** Further ahead nothing of the demo world is left. */
const MOST_HOURS = 24 * 7;
const moveBody = z.object({ hours: z.coerce.number().int().min(0).max(MOST_HOURS) });
const outboxQuery = z.object({ to: z.string().max(254).optional(), paused: z.string().max(1).optional() });
/** An e-mail brings its own style attributes, and nothing else of it may act. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

/** Everything under /dev, and the demo sign-in of the console. */
export function registerDev(
  web: FastifyInstance,
  running: { services: Services; dispatcher: Dispatcher; timetable: Timetable },
  deps: DevDeps,
): void {
  const { services, dispatcher, timetable } = running;
  const { clock, outbox, world, css } = deps;
  registerSignIn(web, services, world.staff);
  registerPlay(web, services);

  web.get(DEV_URLS.styles, (_request, reply) => reply.type("text/css; charset=utf-8").send(STYLES));
  web.get(DEV_URLS.index, async (_request, reply) =>
    page(
      reply,
      startPage({
        css,
        cards: world.cards,
        logins: await demoLogins(services, world.staff),
        internalOrigin: deps.internalOrigin,
      }),
    ),
  );

  web.get(DEV_URLS.outbox, (request, reply) => {
    const { to, paused } = outboxQuery.safeParse(request.query).data ?? {};
    return page(reply, outboxPage({ css, to, paused: paused === "1", messages: outbox.list(to) }));
  });
  web.get(DEV_URLS.outboxJson, (request, reply) => {
    const { to } = outboxQuery.safeParse(request.query).data ?? {};
    return reply.header("cache-control", "no-store").send({ messages: outbox.list(to) });
  });
  web.get<{ Params: { id: string } }>(`${DEV_URLS.outbox}/:id`, (request, reply) => {
    const html = outbox.find(request.params.id)?.html;
    if (html === undefined) return reply.callNotFound();
    return page(reply.header("content-security-policy", MAIL_POLICY), html);
  });

  web.get(DEV_URLS.clock, (_request, reply) =>
    page(reply, clockPage({ css, now: clock.now(), aheadMs: clock.ahead() })),
  );
  web.post(DEV_URLS.clock, async (request, reply) => {
    const { data } = moveBody.safeParse(request.body);
    if (data?.hours === 0) clock.reset();
    else if (data) clock.move(data.hours * HOUR_MS);
    // What fell due meanwhile, and what that announced.
    await timetable.tick();
    await dispatcher.drain();
    if (request.headers["content-type"]?.includes("json"))
      return { now: clock.now().toISOString(), aheadHours: clock.ahead() / HOUR_MS };
    return reply.redirect(DEV_URLS.clock, 303);
  });
}

function page(reply: FastifyReply, html: string): FastifyReply {
  return reply.type("text/html; charset=utf-8").header("cache-control", "no-store").send(html);
}
