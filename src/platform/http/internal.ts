import fastify, { type FastifyInstance } from "fastify";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Database } from "../db/index.ts";

/** Figures without names: by route and status, never by person or office of a person. */
export interface Metrics {
  readonly registry: Registry;
  observe(route: string, status: number, seconds: number): void;
}

export function openMetrics(database: Database): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time from the first byte of a request to the last of its answer.",
    labelNames: ["route", "status"],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });
  new Gauge({
    name: "ventanilla_database_waiting",
    help: "Requests that wait for a connection, by path.",
    labelNames: ["role"],
    registers: [registry],
    collect() {
      for (const [role, { waiting }] of Object.entries(database.stats())) this.set({ role }, waiting);
    },
  });
  return {
    registry,
    observe: (route, status, seconds) => requests.observe({ route, status: `${Math.floor(status / 100)}xx` }, seconds),
  };
}

/** Health and figures on a listener of their own, which no visitor reaches. */
export function createInternalServer(options: { metrics: Metrics; ready: () => Promise<boolean> }): FastifyInstance {
  const app = fastify({ logger: false });
  app.get("/healthz", () => ({ status: "up" }));
  app.get("/readyz", async (_request, reply) => {
    const ready = await options.ready().catch(() => false);
    return reply.code(ready ? 200 : 503).send({ status: ready ? "ready" : "not ready" });
  });
  app.get("/metrics", async (_request, reply) =>
    reply.type(options.metrics.registry.contentType).send(await options.metrics.registry.metrics()),
  );
  return app;
}
