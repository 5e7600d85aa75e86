import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aDrawWorld } from "#tests/support/draw-world.ts";
import { listPublicDraws } from "./draws.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

test("however many ask, the list of all draws is looked up once a second, and a look that fails is forgotten", async () => {
  await services.adminQuery("revoke select on allocation.draws from ventanilla_citizen_reader");
  await expect(listPublicDraws(services)).rejects.toThrow();
  await services.adminQuery("grant select on allocation.draws to ventanilla_citizen_reader");
  const [none, ...others] = await Promise.all(Array.from({ length: 20 }, () => listPublicDraws(services)));
  expect(none).toEqual([]);
  for (const other of others) expect(other).toBe(none);

  await aDrawWorld(services);
  services.clock.advance(999);
  expect(await listPublicDraws(services)).toBe(none);
  services.clock.advance(1);
  const kinds = (await listPublicDraws(services)).map(({ kind }) => kind);
  expect(kinds.sort()).toEqual(["second", "weekly"]);
});
