import type { FastifyInstance } from "fastify";
import { startSnapshot } from "#modules/schedules/index.ts";
import { createHttpServer } from "#platform/http/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aSession } from "#tests/support/fixtures.ts";
import { registerApi } from "./api.ts";

export interface TestApi {
  readonly app: FastifyInstance;
  readonly services: TestServices;
  close(): Promise<void>;
}

/** The API over a database of its own, with some places in Fresno. */
export async function openTestApi(): Promise<TestApi> {
  const services = await openTestServices();
  await aSession(services, { steps: 8, counters: 3 });
  const snapshot = await startSnapshot(services);
  const app = createHttpServer({ log: services.log, publicOrigin: services.publicOrigin });
  const api = await registerApi(app, services, { snapshot, css: "/assets/site.css" });
  return {
    app,
    services,
    async close() {
      await api.close();
      await app.close();
      await snapshot.stop();
      await services.close();
    },
  };
}
