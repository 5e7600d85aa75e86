import { existsSync } from "node:fs";
import { configDefaults, defineConfig } from "vitest/config";

const long = process.env.VENTANILLA_LONG === "1";
const LONG = "**/*.long.test.{ts,tsx}";
const everywhere = (name: string) => [`src/**/${name}`, `tests/**/${name}`];
/** Tests that put another module in place of ours see it only in a process that has not loaded ours yet. */
const REPLACING = ["src/modules/booking/controls.races.test.ts", "src/modules/booking/cuts.races.test.ts"];
/** Starts the database of the tests; the checks of `npm run check` need none. */
const globalSetup = "tests/support/global-setup.ts";
const withDatabase = process.env.VENTANILLA_NO_DATABASE !== "1" && existsSync(globalSetup);

export default defineConfig({
  test: {
    environment: "node",
    globalSetup: withDatabase ? [globalSetup] : [],
    pool: "forks",
    // Two cores carry the whole suite; each worker has a database of its own beside it.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: long
      ? [{ extends: true, test: { name: "long", include: everywhere("*.long.test.{ts,tsx}") } }]
      : [
          {
            extends: true,
            test: {
              name: "together",
              include: everywhere("*.test.{ts,tsx}"),
              exclude: [...configDefaults.exclude, LONG, ...REPLACING],
              // A worker loads our modules once for all its files: alone that is a quarter of the time of them all.
              isolate: false,
            },
          },
          { extends: true, test: { name: "apart", include: REPLACING } },
        ],
  },
});
