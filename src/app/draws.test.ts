import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aDrawWorld, HOURS, someRequests } from "#tests/support/draw-world.ts";
import { systemContext } from "#platform/context.ts";
import { TEST_ROLE_SECRET, TEST_ROOT_KEY } from "#tests/support/cluster.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { drawsAside } from "./draws.ts";

const PROGRAM = "node_modules/.cache/ventanilla-draws/manage.js";
let services: TestServices;
beforeAll(async () => {
  services = await openTestServices();
  await build({
    entryPoints: ["src/app/manage.ts"],
    outfile: PROGRAM,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    jsx: "automatic",
    logLevel: "error",
  });
});
afterAll(() => services.close());

const state = async (): Promise<unknown> =>
  (await services.adminQuery<{ state: string }>("select state from allocation.draws where follows is null"))[0]?.state;

test("a draw is locked in a process of its own; a program that cannot run leaves it as it was, for the next try", async () => {
  await aDrawWorld(services);
  await someRequests(services, 3);
  // The other process has the clock of the machine; the draw's hours are brought to it.
  await services.adminQuery(
    "update allocation.draws set locks_at = now() - interval '1 minute', opens_at = now() - interval '1 day' where follows is null",
  );
  services.clock.set(new Date(Math.max(Date.now(), HOURS.lock.getTime())));
  const ctx = systemContext(services, "test");
  Object.assign(process.env, {
    DATABASE_URL: services.url,
    DATABASE_ROLE_SECRET: TEST_ROLE_SECRET,
    KEYRING_ROOT_KEY: TEST_ROOT_KEY.toString("base64"),
    BEACON: "operator",
    PUBLIC_ORIGIN: services.publicOrigin,
  });
  await expect(drawsAside("nothing/there.js")(ctx)).rejects.toThrow("ended early");
  expect(await state()).toBe("open");
  await drawsAside(PROGRAM)(ctx);
  expect(await state()).toBe("locked");
});
