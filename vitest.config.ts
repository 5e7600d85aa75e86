import { existsSync } from "node:fs";
import { configDefaults, defineConfig } from "vitest/config";

const long = process.env.VENTANILLA_LONG === "1";
/** Starts the database of the tests; the checks of `npm run check` need none. */
const globalSetup = "tests/support/global-setup.ts";
const withDatabase = process.env.VENTANILLA_NO_DATABASE !== "1" && existsSync(globalSetup);

export default defineConfig({
  test: {
    environment: "node",
    include: long
      ? ["src/**/*.long.test.{ts,tsx}", "tests/**/*.long.test.{ts,tsx}"]
      : ["src/**/*.test.{ts,tsx}", "tests/**/*.test.{ts,tsx}"],
    exclude: [...configDefaults.exclude, ...(long ? [] : ["**/*.long.test.{ts,tsx}"])],
    globalSetup: withDatabase ? [globalSetup] : [],
    pool: "forks",
    // Two cores carry the whole suite; each worker has a database of its own beside it.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
