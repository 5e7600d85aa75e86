import { afterAll, beforeAll, expect, test } from "vitest";
import { cookieOf } from "#channels/api/console/console.fixtures.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aStaffId } from "../../src/modules/visits/visits.fixtures.ts";
import { newSeed } from "./chance.ts";
import { openProgram, type Program } from "./program.ts";
import { rowCounts, sendBadRequests } from "./bad-input.ts";

let services: TestServices;
let program: Program;
let cookies: string[];
beforeAll(async () => {
  services = await openTestServices();
  program = await openProgram(services);
  cookies = [await cookieOf(services, await aStaffId(services)), await cookieOf(services, await aStaffId(services, "office_head"))];
});
afterAll(() => program.close());

test("4,000 bad requests over every route of the description: each is answered with a problem that says what to do, and nothing is stored", async () => {
  await sendBadRequests(program.web, services, cookies, 64, 1);
  const before = await rowCounts(services);
  const { complaints, byStatus } = await sendBadRequests(program.web, services, cookies, 20_000, newSeed("bad input"));
  expect(complaints).toEqual([]);
  const after = await rowCounts(services);
  expect(after).toEqual({ ...before, "people.contacts": before["people.contacts"]! + 1, "people.sessions": before["people.sessions"]! + 1 });
  expect(Object.keys(byStatus).length).toBeGreaterThan(5);
});
