import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices } from "#tests/support/database.ts";
import { CONSOLE, isOpenToAll, ownKindOf } from "./access-policy.ts";
import { openProgram, type Program } from "./program.ts";
import { routesOf } from "./routes.ts";

const PREFIX = "/api/v1/console";
let program: Program;
beforeAll(async () => {
  program = await openProgram(await openTestServices());
});
afterAll(() => program.close());

test("every route of the console that the running server has stands in the table of who may use it, and no other", () => {
  const running = routesOf(program.web).filter((one) => one.includes(` ${PREFIX}/`));
  expect(running.map((one) => one.replace(PREFIX, "")).sort()).toEqual(Object.keys(CONSOLE).sort());
});

test("every address of the pages and the API that names something is one contact's own or open to all, by the table", () => {
  const named = routesOf(program.web).filter((one) => one.includes(":") && !one.includes("/console/"));
  expect(named.filter((one) => (ownKindOf(one) === undefined) === !isOpenToAll(one))).toEqual([]);
  expect(new Set(named.map(ownKindOf))).toEqual(new Set(["booking", "request", "emergency", undefined]));
});
