import type { FastifyInstance } from "fastify";
import swagger from "@fastify/swagger";
import { jsonSchemaTransform } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Carrier } from "#modules/conversations/index.ts";
import type { LiveSnapshot } from "#modules/schedules/index.ts";
import type { Services } from "#platform/context.ts";
import { readQrToken } from "#channels/documents/qr-token.ts";
import { absenceRoutes } from "./absences.ts";
import { bookingRoutes } from "./bookings.ts";
import { holdRoutes } from "./holds.ts";
import { consoleRoutes } from "./console/console.ts";
import { problemDocument } from "./console/contract.ts";
import { staffCookieName } from "./console/cookies.ts";
import { emergencyRoutes } from "./emergencies.ts";
import { exampleTime, withExampleTime } from "./example-time.ts";
import { networkRoutes } from "./network.ts";
import { openRoutes } from "./open.ts";
import { commonProblems } from "./problems.ts";
import { referencePage } from "./reference-page.ts";
import { requestRoutes } from "./requests.ts";
import { sessionRoutes } from "./sessions.ts";

export interface ApiDeps {
  readonly snapshot: LiveSnapshot;
  /** Path of the site's stylesheet, for the readable page. */
  readonly css: string;
  /** Who gives what people sent on their channel. */
  readonly carriers?: readonly Carrier[];
}

/** What somebody asks who is not signed in yet. */
const SIGNING_IN = /\/console\/(sign-in|enrol)\//;

/** The public API under /api/v1 and the open data under /open/v1, described by the same schemas that validate them. */
export async function registerApi(
  app: FastifyInstance,
  services: Services,
  deps: ApiDeps,
): Promise<Awaited<ReturnType<typeof consoleRoutes>>> {
  let staff: Awaited<ReturnType<typeof consoleRoutes>> | undefined;
  await app.register(async (api) => {
    // Forms belong to the pages: what any site can make a browser send is no command here.
    api.removeContentTypeParser("application/x-www-form-urlencoded");
    await api.register(swagger, {
      openapi: {
        openapi: "3.1.0",
        info: {
          title: "Ventanilla",
          version: "1",
          description:
            "Appointments at a country's consulates. Refusals are problem documents (RFC 9457) with a stable `code`. Instants are UTC, days are the office's own. Repeat a POST /bookings, /holds or /sessions/code with its Idempotency-Key as often as you like: it has one effect. A key is its caller's own, so POST /sessions takes none: a repeated one starts another session, and the first ends by itself. Where something is limited, RateLimit says what is left and Retry-After from when on more is given.",
        },
        servers: [{ url: services.publicOrigin }],
        tags: [
          { name: "network", description: "Offices, services, availability" },
          { name: "sessions", description: "A session and its verified contact" },
          { name: "bookings", description: "Bookings of a verified contact" },
          { name: "requests", description: "Requests for places that are drawn among all who ask" },
          { name: "emergencies", description: "Urgent attention: asked with two questions, answered by a person" },
          { name: "open", description: "Open data: draws, their files, when places come out" },
          { name: "console", description: "The staff console; an office sees only itself" },
        ],
        components: {
          schemas: { Problem: z.toJSONSchema(problemDocument) as Record<string, unknown> },
          securitySchemes: {
            session: {
              type: "http",
              scheme: "bearer",
              description: "The token of POST /sessions; the one of /sessions/verify or /sessions/card is verified.",
            },
            staff: {
              type: "apiKey",
              in: "cookie",
              name: staffCookieName(services.publicOrigin),
              description: "Set by signing in with a passkey. Writes also name this site in `Origin`.",
            },
          },
        },
      },
      transform: jsonSchemaTransform,
    });
    api.addHook("onRoute", (route) => {
      if (route.schema?.hide) return;
      if (route.url.startsWith("/api/v1/console"))
        route.schema = {
          tags: ["console"],
          security: SIGNING_IN.test(route.url) ? [] : [{ staff: [] }],
          summary: consoleSummary(route.url),
          ...route.schema,
        };
      route.schema = {
        ...route.schema,
        response: { ...commonProblems(route), ...(route.schema?.response as object | undefined) },
      };
    });
    await api.register((open) => openRoutes(open, services), { prefix: "/open/v1" });
    await api.register(
      async (v1) => {
        networkRoutes(v1, services, deps.snapshot);
        sessionRoutes(v1, services);
        bookingRoutes(v1, services);
        absenceRoutes(v1, services);
        holdRoutes(v1, services);
        requestRoutes(v1, services);
        emergencyRoutes(v1, services);
        staff = await consoleRoutes(v1, services, { readQrToken, carriers: deps.carriers ?? [] }, "/console");
        v1.get("/openapi.json", { schema: { hide: true } }, async (_request, reply) => {
          const time = await exampleTime(services, deps.snapshot.current());
          return reply.header("cache-control", "public, max-age=300").send(withExampleTime(api.swagger(), time));
        });
        v1.get("/", { schema: { hide: true } }, async (_request, reply) => {
          const time = await exampleTime(services, deps.snapshot.current());
          return reply
            .type("text/html; charset=utf-8")
            .header("cache-control", "public, max-age=300")
            .send(referencePage(api.swagger() as Parameters<typeof referencePage>[0], deps.css, time));
        });
      },
      { prefix: "/api/v1" },
    );
  });
  return staff!;
}

/** `/api/v1/console/visits/:id/call` → `visits call`: the path says what it does. */
function consoleSummary(url: string): string {
  return url
    .replace("/api/v1/console/", "")
    .replace(/\/:\w+/g, "")
    .replaceAll("/", " ")
    .replaceAll("-", " ");
}
