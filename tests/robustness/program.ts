import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApplication, type Application } from "#app/application.ts";
import type { TestServices } from "#tests/support/database.ts";

export type Program = Pick<Application, "web" | "dispatcher" | "refreshSnapshot"> & { close(): Promise<void> };

/** The whole program over the services of a test: API, console and pages, with nothing running by itself. Its close closes the services too. */
export async function openProgram(services: TestServices): Promise<Program> {
  const dist = await mkdtemp(join(tmpdir(), "ventanilla-program-"));
  await mkdir(join(dist, "public"));
  await writeFile(join(dist, "public/manifest.json"), '{"site.css":"site.css"}');
  await writeFile(join(dist, "public/site.css"), "");
  const config = {
    HOST: "127.0.0.1",
    PORT: 0,
    INTERNAL_HOST: "127.0.0.1",
    INTERNAL_PORT: 0,
    TRUSTED_PROXY: undefined,
    TLS_CERT: undefined,
    TLS_KEY: undefined,
  };
  const application = await createApplication({ config, services, senders: [], dist, automatic: false });
  await application.web.ready();
  return {
    web: application.web,
    dispatcher: application.dispatcher,
    refreshSnapshot: application.refreshSnapshot,
    async close() {
      await application.close();
      await rm(dist, { recursive: true, force: true });
    },
  };
}
