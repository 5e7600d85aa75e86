import { afterEach, beforeEach, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { FRESNO } from "#tests/support/fixtures.ts";
import { aMonthOfWaits, aPastDraw, countedWaits } from "#tests/support/waits.ts";
import { getWaits, waitAt } from "./waits.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

const ALL_SERVED = [[10, 10]] as const;
const told = async () => waitAt(await getWaits(services), FRESNO, ["documentacion"]);

async function aMinuteLater() {
  services.clock.advance(MINUTE_MS);
  return told();
}

test("a wait is told after four draws, and stands while people can ask", async () => {
  for (const weeksAgo of [9, 8, 7]) await countedWaits(services, await aPastDraw(services, weeksAgo), ALL_SERVED);
  expect(await told()).toBeNull();
  await countedWaits(services, await aPastDraw(services, 6), ALL_SERVED);
  expect(await told()).toBeNull();
  expect(await aMinuteLater()).toEqual({ weeks: 1, more: false });
  const list = await getWaits(services);
  services.clock.advance(MINUTE_MS);
  // The same list, so that no page is made anew.
  expect(await getWaits(services)).toBe(list);

  const open = await aPastDraw(services, 0, "open");
  await services.adminQuery("update allocation.draws set opens_at = $2 where id = $1", [open, services.clock.now()]);
  services.clock.advance(1);
  await countedWaits(services, await aPastDraw(services, 5), [[1000, 0]]);
  expect(await aMinuteLater()).toEqual({ weeks: 1, more: false });
  // The control: without an open window it would be told of.
  await services.adminQuery("update allocation.draws set state = 'void' where state = 'open'");
  expect(await aMinuteLater()).toEqual({ weeks: 1, more: true });
});

test("a household with two services is told the longer wait, and none for one that nobody counted", async () => {
  await aMonthOfWaits(services, ALL_SERVED);
  const waits = await getWaits(services);
  expect(waitAt(waits, FRESNO, ["documentacion"])).toEqual({ weeks: 1, more: false });
  expect(waitAt(waits, FRESNO, ["documentacion", "visas"])).toBeNull();
});

test("what cannot be read is told as unknown, and what was told before stands", async () => {
  await aMonthOfWaits(services, ALL_SERVED);
  await services.adminQuery("revoke select on allocation.waits from ventanilla_report");
  expect(await getWaits(services)).toEqual([]);
  await services.adminQuery("grant select on allocation.waits to ventanilla_report");
  expect(await aMinuteLater()).toEqual({ weeks: 1, more: false });
  await services.adminQuery("revoke select on allocation.waits from ventanilla_report");
  expect(await aMinuteLater()).toEqual({ weeks: 1, more: false });
});
