import { setTimeout as wait } from "node:timers/promises";
import fastify, { type FastifyInstance } from "fastify";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Database } from "../db/index.ts";

/** A figure that takes longer is left out. */
const COUNT_MS = 1_000;

/** Figures without names: by route and status, never by person or office of a person. */
export interface Metrics {
  readonly registry: Registry;
  observe(route: string, status: number, seconds: number): void;
  /** A figure that is counted when it is asked for; `of` names its parts. It is left out while it cannot be counted. */
  measure(name: string, help: string, count: () => Promise<Readonly<Record<string, number>>>): void;
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
    measure(name, help, count) {
      new Gauge({
        name,
        help,
        labelNames: ["of"],
        registers: [registry],
        // On a bad day the other figures matter most: none of them waits for the database.
        async collect() {
          const giveUp = new AbortController();
          const none = wait(COUNT_MS, {}, { signal: giveUp.signal, ref: false }).catch(() => ({}));
          const counted = await Promise.race([count().catch(() => ({})), none]);
          giveUp.abort();
          this.reset();
          for (const [of, value] of Object.entries(counted)) this.set({ of }, value);
        },
      });
    },
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
