import type { TestProject } from "vitest/node";
import { startPostgres } from "../../src/dev/postgres/launcher.ts";
import { migrate } from "../../src/platform/db/index.ts";
import { loadReference } from "../../src/modules/offices/index.ts";
import { REFERENCE_NOW } from "./reference.ts";
import { adminQuery, TEST_ROLE_SECRET, withDatabaseName } from "./cluster.ts";

declare module "vitest" {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

/** One server for the whole run, with a migrated template that each test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres({ purpose: "test" });
  await adminQuery(server.url, "create database ventanilla_template");
  const template = withDatabaseName(server.url, "ventanilla_template");
  await migrate({ url: template, roleSecret: TEST_ROLE_SECRET, stamp: "demo", directory: "db/migrations" });
  await loadReference({ url: template, directory: "db/reference", invented: true, now: REFERENCE_NOW });
  await adminQuery(server.url, "alter database ventanilla_template with allow_connections false");
  project.provide("databaseUrl", server.url);
  return () => server.stop();
}
