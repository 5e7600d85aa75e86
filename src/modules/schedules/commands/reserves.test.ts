import { afterEach, expect, test } from "vitest";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { systemContext } from "#platform/context.ts";
import type { TestServices } from "#tests/support/database.ts";
import { NO_EXTRAS } from "../types.ts";
import { aTemplate, openSchedules } from "../schedules.fixtures.ts";
import { openLeftovers, openPlanned } from "../store/releases.ts";
import { fillHorizon } from "./fill-horizon.ts";
import { reopenFreed } from "./release-places.ts";
import { setRelease } from "./set-release.ts";

/** A release tick; the days after it begin at seven in the morning, UTC. */
const TICK = new Date("2026-10-26T16:00:00Z");
const OFFICE = "testville" as OfficeId;
/** Of the twenty-four half hours of each counter two are its break. */
const LAID = {
  ...NO_EXTRAS,
  breaks: { from: "12:00", until: "14:00", minutes: 60 },
  reserves: { urgent: 10, walkIn: 20, assisted: 20 },
};
let services: TestServices;
afterEach(() => services.close());

const ctx = () => systemContext(services, "test");
const open = async () => {
  const template = aTemplate({ counters: 2, opens: "07:00", closes: "19:00" });
  services = await openSchedules({ [OFFICE]: { zone: "America/Phoenix", templates: [template] } }, TICK);
  await services.adminQuery("update schedules.templates set layout = $1", [JSON.stringify(LAID)]);
};
/** Places by pool and state, of days on this side of the line at which reserves melt and beyond it. */
const pools = async (where: string) =>
  Object.fromEntries(
    (
      await services.adminQuery<{ name: string; count: number }>(
        `select pool || ' ' || state as name, count(*)::int as count from schedules.places where ${where} group by 1`,
      )
    ).map(({ name, count }) => [name, count]),
  );
const near = () => pools("starts_at > '2026-10-26T16:00:00Z' and starts_at < '2026-10-28T16:00:00Z'");
const far = () => pools("starts_at >= '2026-10-28T16:00:00Z'");

test("a layout is filled once, with its breaks and reserves; what is kept is in nobody's offer", async () => {
  await open();
  expect(await fillHorizon(ctx(), { weeks: 1 })).toEqual({ sessions: 7, places: 7 * (2 * 24 - 2 * 2) });
  expect(await fillHorizon(ctx(), { weeks: 1 })).toEqual({ sessions: 0, places: 0 });
  const all = await pools("true");
  expect(Object.keys(all).sort()).toEqual(["assisted planned", "open open", "urgent planned", "walk_in planned"]);
  const whole = Object.values(all).reduce((sum, one) => sum + one, 0);
  expect(all["walk_in planned"]! / whole).toBeCloseTo(0.2, 1);
});

test("what was kept for the telephone is everybody's two days ahead, at a tick; what is kept for the door stays", async () => {
  await open();
  await fillHorizon(ctx(), { weeks: 1 });
  const [before, beyond] = [await near(), await far()];
  const melted = await reopenFreed(ctx());
  expect(melted).toBe(before["assisted planned"]);
  const after = await near();
  expect(after["assisted planned"]).toBeUndefined();
  expect(after["open open"]).toBe(before["open open"]! + melted);
  expect([after["walk_in planned"], after["urgent planned"]]).toEqual([
    before["walk_in planned"],
    before["urgent planned"],
  ]);
  expect(await far()).toEqual(beyond);
});

test("where places are drawn it goes to the next draw", async () => {
  await open();
  await fillHorizon(ctx(), { weeks: 1 });
  await setRelease(ctx(), {
    officeId: OFFICE,
    serviceGroup: "documentacion",
    regime: "draw",
    drawsFrom: "2026-10-26" as LocalDate,
    demand: null,
    decidedAt: TICK,
    decidedBy: "staff",
  });
  const [{ "assisted planned": kept, "draw planned": drawn }] = [await near()] as [Record<string, number>];
  await reopenFreed(ctx());
  expect(await near()).toMatchObject({ "draw planned": drawn! + kept! });
  expect((await near())["open open"]).toBeUndefined();
});

test("an office that draws no more opens what draws had, and keeps what its layout keeps", async () => {
  await open();
  await fillHorizon(ctx(), { weeks: 1 });
  const before = await pools("true");
  const opened = await services.database.transaction("worker", {}, async (tx) => {
    const planned = await openPlanned(tx, OFFICE, "documentacion");
    const soon = new Date("2026-10-28T16:00:00Z");
    return [planned, await openLeftovers(tx, OFFICE, "2026-10-28" as LocalDate, soon, soon, TICK)];
  });
  const after = await pools("true");
  expect(after["walk_in planned"]).toBe(before["walk_in planned"]);
  expect(after["assisted planned"]).toBe(before["assisted planned"]);
  // Urgent places of the next two days alone: afterwards nobody could still be sent to them.
  expect(opened[0]).toBe(0);
  expect(before["urgent planned"]! - after["urgent planned"]!).toBe(opened[1]);
});
