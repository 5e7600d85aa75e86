import { expect, test } from "vitest";
import type { Database } from "../db/index.ts";
import { createInternalServer, openMetrics } from "./internal.ts";

const database = { stats: () => ({ citizen_writer: { waiting: 3 } }) } as unknown as Database;

test("a figure is counted when it is asked for, and its failure or slowness costs no other figure", async () => {
  const metrics = openMetrics(database);
  let views = 12;
  metrics.measure("ventanilla_views", "Looks.", () => Promise.resolve({ all: views, most: 5 }));
  metrics.measure("ventanilla_broken", "Never.", () => Promise.reject(new Error("no database")));
  metrics.measure("ventanilla_slow", "Never.", () => new Promise(() => undefined));
  const app = createInternalServer({ metrics, ready: () => Promise.resolve(true) });
  const first = await app.inject("/metrics");
  expect(first.statusCode).toBe(200);
  expect(first.body).toContain('ventanilla_views{of="all"} 12');
  expect(first.body).toContain('ventanilla_views{of="most"} 5');
  expect(first.body).toContain('ventanilla_database_waiting{role="citizen_writer"} 3');
  expect(first.body).not.toMatch(/ventanilla_(broken|slow)\{/);
  views = 13;
  expect((await app.inject("/metrics")).body).toContain('ventanilla_views{of="all"} 13');
  await app.close();
});
