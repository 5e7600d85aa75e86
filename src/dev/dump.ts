import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { migrate } from "#platform/db/index.ts";
import { dumpSchema } from "./dump/dump.ts";
import { startPostgres } from "./postgres/launcher.ts";

/** `npm run db:dump`: runs the migrations on a throwaway server and writes what they leave to db/schema.sql. */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const server = await startPostgres({ purpose: "test" });
try {
  await migrate({
    url: server.url,
    roleSecret: randomBytes(32).toString("hex"),
    stamp: "demo",
    directory: join(root, "db/migrations"),
  });
  await writeFile(join(root, "db/schema.sql"), await dumpSchema(server.url));
  process.stdout.write("db/schema.sql says what the migrations leave.\n");
} finally {
  await server.stop();
}
