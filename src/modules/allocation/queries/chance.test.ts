import { afterEach, beforeEach, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { aDrawWorld, goOn, HOURS, someRequests } from "#tests/support/draw-world.ts";
import { systemContext } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { openNextDraw } from "../commands/advance.ts";
import type { DrawId } from "../types.ts";
import { getChance } from "./chance.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

const MATRICULA = { persons: 1, groups: ["documentacion"], office: "fresno" };

test("a chance is told from draws that were over when this one opened, and then stands whatever happens", async () => {
  const first = await aDrawWorld(services);
  await someRequests(services, 16);
  const ctx = () => systemContext(services, "test");
  const opensAt = new Date("2026-11-23T06:00:00Z");
  expect(await getChance(ctx(), { id: first, opensAt }, MATRICULA)).toBeUndefined();
  for (const hour of [HOURS.lock, HOURS.round, HOURS.answers]) await goOn(services, hour);
  await goOn(services, HOURS.secondRound);
  await goOn(services, HOURS.over);
  services.clock.set(new Date("2026-12-07T12:00:00Z"));
  const next = (await openNextDraw(ctx(), "weekly"))!;
  const opened = { id: next, opensAt: new Date("2026-12-07T06:00:00Z") };
  // Eight places for sixteen households.
  expect(await getChance(ctx(), opened, MATRICULA)).toEqual({ inTen: 5, nobody: false, like: "size" });
  expect(await getChance(ctx(), opened, { ...MATRICULA, persons: 4 })).toMatchObject({ inTen: 5, like: "office" });
  expect(await getChance(ctx(), opened, { ...MATRICULA, groups: ["visas"] })).toBeUndefined();

  // What is filed, or changed in the old rows, does not move it while the window is open.
  await services.adminQuery("update allocation.outcomes set option = null, office_id = null");
  expect(await getChance(ctx(), opened, MATRICULA)).toMatchObject({ inTen: 5 });
  // A window that opened before those draws were over knows nothing of them.
  const before = { id: "00000000-0000-4000-8000-00000000000a" as DrawId, opensAt };
  expect(await getChance(ctx(), before, MATRICULA)).toBeUndefined();
});

test("a count that fails is told as none, is not tried by everybody, and comes back by itself", async () => {
  const draw = await aDrawWorld(services);
  await someRequests(services, 16);
  for (const hour of [HOURS.lock, HOURS.round, HOURS.answers, HOURS.secondRound, HOURS.over])
    await goOn(services, hour);
  const opened = { id: draw, opensAt: new Date("2026-12-07T06:00:00Z") };
  const told = () => getChance(systemContext(services, "test"), opened, MATRICULA);
  await services.adminQuery("revoke select on allocation.entries from ventanilla_report");
  expect(await told()).toBeUndefined();
  await services.adminQuery("grant select on allocation.entries to ventanilla_report");
  services.clock.advance(4 * MINUTE_MS);
  expect(await told()).toBeUndefined();
  services.clock.advance(MINUTE_MS);
  expect(await told()).toEqual({ inTen: 5, nobody: false, like: "size" });
});
