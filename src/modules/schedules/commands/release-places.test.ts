import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { systemContext } from "#platform/context.ts";
import { run, sql } from "#platform/db/index.ts";
import type { TestServices } from "#tests/support/database.ts";
import { aTemplate, openSchedules } from "../schedules.fixtures.ts";
import { fillHorizon } from "./fill-horizon.ts";
import { expireHolds, reopenFreed } from "./release-places.ts";

const NOW = new Date("2026-10-26T16:00:00Z");
const HELD_UNTIL = new Date("2026-10-26T16:10:00Z");
let services: TestServices;
const ctx = () => systemContext(services, "test");

beforeAll(async () => {
  const office = () => ({ zone: "America/Phoenix", templates: [aTemplate({ counters: 1 })] });
  services = await openSchedules({ testville: office(), otherville: office() }, NOW);
  await fillHorizon(ctx(), { weeks: 1 });
});
beforeEach(async () => {
  services.clock.set(NOW);
  await services.adminQuery("update schedules.places set state = 'open', holder = null, held_until = null");
});
afterAll(() => services.close());

const set = (state: string, where: string, heldUntil: Date | null = null) =>
  services.adminQuery(`update schedules.places set state = $1, holder = $2, held_until = $3 where ${where}`, [
    state,
    state === "freed" ? null : randomUUID(),
    heldUntil,
  ]);
const states = () =>
  services.adminQuery(
    "select state, count(*)::int as n from schedules.places where state <> 'open' group by 1 order by 1",
  );

test("a hold is over at the very instant it names, and not before", async () => {
  await set("held", "starts_at = '2026-10-28T15:00:00Z'", HELD_UNTIL);
  services.clock.set(new Date(HELD_UNTIL.getTime() - 1));
  expect(await expireHolds(ctx())).toBe(0);
  services.clock.set(HELD_UNTIL);
  expect(await expireHolds(ctx())).toBe(2);
  expect(await states()).toEqual([]);
});

test("a hold that is being confirmed at this moment is left to its booking", async () => {
  await set("held", "starts_at = '2026-10-28T15:00:00Z'", HELD_UNTIL);
  services.clock.set(HELD_UNTIL);
  let opened = -1;
  await services.database.transaction("citizen_writer", {}, async (tx) => {
    await run(
      tx,
      sql`update schedules.places set state = 'booked', held_until = null where office_id = 'testville' and state = 'held'`,
    );
    opened = await expireHolds(ctx());
  });
  expect(opened).toBe(1);
  expect(await states()).toEqual([{ state: "booked", n: 1 }]);
});

test("freed places of the whole network return together, booked and past ones do not", async () => {
  await set("freed", "starts_at in ('2026-10-28T15:00:00Z', '2026-10-26T15:30:00Z')");
  await set("booked", "starts_at = '2026-10-29T15:00:00Z'");
  expect(await reopenFreed(ctx())).toBe(2);
  expect(await states()).toEqual([
    { state: "booked", n: 2 },
    { state: "freed", n: 2 },
  ]);
});

test("ended holds never open a freed place, nor the release a held one", async () => {
  await set("freed", "office_id = 'testville'");
  await set("held", "office_id = 'otherville'", new Date("2026-12-31T00:00:00Z"));
  expect(await expireHolds(ctx())).toBe(0);
  const held = (await states()).find((row) => row["state"] === "held")!;
  await reopenFreed(ctx());
  expect(await states()).toContainEqual(held);
});
