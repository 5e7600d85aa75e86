import { afterEach, beforeEach, expect, test } from "vitest";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { citizen } from "#tests/support/fixtures.ts";
import type { BookingId } from "#kernel/ids.ts";
import { listRequests, openDailyDraw } from "#modules/allocation/index.ts";
import { reopenFreed } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import {
  aDrawWorld,
  ANY_MORNING,
  DAILY,
  goOn,
  HOURS,
  someRequests,
  type AskingHousehold,
} from "#tests/support/draw-world.ts";
import { cancelBooking } from "./index.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

const own = async ({ contactId }: AskingHousehold) => (await listRequests(citizen(services, contactId)))[0]!;
const states = async () =>
  (
    await services.adminQuery<{ state: string; pool: string }>(
      "select state, pool from schedules.places where state <> 'booked'",
    )
  ).map((one) => `${one.state} ${one.pool}`);

/** A draw that is over, with all its places booked; then one of the booked families cancels, nine days before its day. */
async function aPlaceComesBack(waiting: { readonly shortNotice: boolean }) {
  await aDrawWorld(services, { counters: 2 });
  const households = await someRequests(services, 10, { ...waiting, wish: { ...ANY_MORNING, to: null } });
  for (const to of Object.values(HOURS)) await goOn(services, to);
  const requests = await Promise.all(households.map(own));
  const booked = requests.findIndex((one) => one.state === "confirmed");
  services.clock.set(new Date("2026-12-05T20:00:00Z"));
  const ctx = citizen(services, households[booked]!.contactId);
  const cancelled = await cancelBooking(ctx, {
    bookingId: requests[booked]!.bookingId as BookingId,
    contactId: households[booked]!.contactId,
  });
  if (!cancelled.ok) throw new Error(cancelled.refusal.code);
  return households;
}

test("a place that comes back within ten days is drawn among those who may be called at short notice, and seen by nobody before", async () => {
  const households = await aPlaceComesBack({ shortNotice: true });
  expect(await states()).toEqual(["freed draw"]);
  services.clock.set(DAILY.tick);
  await reopenFreed(systemContext(services, "test"));
  expect(await states()).toEqual(["planned draw"]);
  expect(await openDailyDraw(systemContext(services, "test"))).toBeDefined();
  expect(await openDailyDraw(systemContext(services, "test"))).toBeUndefined();
  await goOn(services, DAILY.lock);
  expect(await states()).toEqual(["committed draw"]);
  await goOn(services, DAILY.round);
  expect(await states()).toEqual([]);
  const confirmed = (await Promise.all(households.map(own))).filter((one) => one.state === "confirmed");
  expect(confirmed).toHaveLength(9);
  expect(
    confirmed.flatMap((one) => one.draws.filter((draw) => draw.kind === "daily" && draw.answer === "accepted")),
  ).toHaveLength(1);
  await goOn(services, DAILY.over);
  expect(await brokenRules(services.adminQuery)).toEqual({});
});

test("whoever did not ask for it is not called at short notice; the place stays for the next day", async () => {
  const households = await aPlaceComesBack({ shortNotice: false });
  services.clock.set(DAILY.tick);
  await reopenFreed(systemContext(services, "test"));
  await openDailyDraw(systemContext(services, "test"));
  for (const to of [DAILY.lock, DAILY.round, DAILY.over, DAILY.over]) await goOn(services, to);
  expect(await states()).toEqual(["planned draw"]);
  const kinds = (await Promise.all(households.map(own))).flatMap((one) => one.draws.map((draw) => draw.kind));
  expect(kinds).not.toContain("daily");
});

test("a day on which nothing came back has no draw", async () => {
  await aDrawWorld(services);
  services.clock.set(DAILY.tick);
  await openDailyDraw(systemContext(services, "test"));
  await goOn(services, DAILY.lock);
  const draws = await services.adminQuery<{ state: string }>("select state from allocation.draws where kind = 'daily'");
  expect(draws.map((one) => one.state)).toEqual(["void"]);
});
