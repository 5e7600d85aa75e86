import type { FastifyInstance, InjectOptions } from "fastify";
import type { StaffId } from "#kernel/ids.ts";
import { openStaffSession } from "#modules/people/index.ts";
import { contextFor } from "#platform/context.ts";
import { createHttpServer } from "#platform/http/index.ts";
import type { TestServices } from "#tests/support/database.ts";
import { consoleRoutes, type ConsoleDeps } from "./console.ts";

export const PREFIX = "/api/v1/console";

/** The console's routes on a server of their own. */
export async function aConsole(services: TestServices, deps?: ConsoleDeps) {
  const app = createHttpServer({ log: services.log, publicOrigin: services.publicOrigin });
  const routes = await consoleRoutes(app, services, deps);
  await app.ready();
  return {
    app,
    async close() {
      await routes.close();
      await app.close();
    },
  };
}

/** The cookie of a member of staff who just signed in. */
export async function cookieOf(services: TestServices, staffId: string): Promise<string> {
  const ctx = contextFor(services, {
    actor: { kind: "visitor", sessionId: undefined },
    channel: "console",
    purpose: "test",
    requestId: "test",
    language: "es",
  });
  const opened = await openStaffSession(ctx, staffId as StaffId);
  if (!opened.ok) throw new Error(opened.refusal.code);
  return opened.value.token;
}

/** Asks as our own page does. */
export async function ask(
  app: FastifyInstance,
  method: "GET" | "POST" | "PUT",
  path: string,
  cookie?: string,
  payload?: unknown,
  headers: Record<string, string> = {},
) {
  const options: InjectOptions = {
    method,
    url: `${PREFIX}${path}`,
    headers: { "sec-fetch-site": "same-origin", ...headers },
    cookies: cookie === undefined ? {} : { staff: cookie },
  };
  const answer = await app.inject(
    payload === undefined ? options : { ...options, payload: payload as Record<string, unknown> },
  );
  return {
    status: answer.statusCode,
    body: answer.body === "" ? undefined : answer.json(),
    headers: answer.headers,
    cookies: answer.cookies,
  };
}
