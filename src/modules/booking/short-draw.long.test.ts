import { afterEach, beforeEach, expect, test } from "vitest";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { advanceDraws, openUndrawn } from "#modules/allocation/index.ts";
import { reopenFreed } from "#modules/schedules/index.ts";
import { goOn } from "#tests/support/draw-world.ts";
import { at, shortDraws, shortWorld, SOON } from "#tests/support/short-draws.ts";
import { acceptOffer, decline } from "./index.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

const { system, own, places, asked, hour, drawn, freed } = shortWorld(() => services);

test("somebody who is asked has two hours however late the round came", async () => {
  const [one] = await freed(1, [SOON]);
  await hour("16:00");
  await goOn(services, at("16:05"));
  await goOn(services, at("18:30"));
  expect((await own(one!)).state).toBe("offered");
  await goOn(services, at("20:29"));
  expect((await own(one!)).state).toBe("offered");
  await goOn(services, at("20:30"));
  expect((await own(one!)).state).toBe("standing");
});

test("yes, no and the end of the two hours in one instant: each place has one end, and each household one answer", async () => {
  const households = await freed(4, [SOON, SOON, SOON, SOON]);
  await drawn("16:00");
  services.clock.set(at("18:15"));
  const [first, second, third, fourth] = households.map(asked);
  const [, yes, too, , , last] = await Promise.all([
    advanceDraws(system()),
    acceptOffer(...first!),
    acceptOffer(...second!),
    decline(...third!),
    advanceDraws(system()),
    acceptOffer(...fourth!),
  ]);
  await advanceDraws(system());
  const booked = [yes, too, last].filter(({ ok }) => ok).length;
  const states = await Promise.all(households.map(async (one) => (await own(one)).state));
  expect(states.filter((state) => state === "confirmed")).toHaveLength(booked);
  expect(states.filter((state) => state === "standing")).toHaveLength(4 - booked);
  expect(await places()).toEqual(Array.from({ length: 4 - booked }, () => "freed draw"));
  expect(await brokenRules(services.adminQuery)).toEqual({});
});

test("control: a place that passes on without a look at the answer is given twice, and the check sees it", async () => {
  const [one] = await freed(1, [SOON]);
  await drawn("16:00");
  expect(await acceptOffer(...asked(one!))).toMatchObject({ ok: true });
  expect(await brokenRules(services.adminQuery)).toEqual({});
  await services.adminQuery("update allocation.requests set state = 'standing'");
  await services.adminQuery("update schedules.places set state = 'freed', holder = null where state = 'booked'");
  expect(Object.keys(await brokenRules(services.adminQuery)).length).toBeGreaterThan(0);
});

test.each([
  ["who did not say that she can come at short notice", { ...SOON, shortNotice: false }],
  ["for a part of the day for which she did not ask", { ...SOON, wish: { ...SOON.wish, bands: ["afternoon"] } }],
  ["for a weekday on which she cannot come", { ...SOON, wish: { ...SOON.wish, weekdays: [2, 3] } }],
] as const)(
  "nobody is asked %s: there is no draw, and everybody has the place from the next tick on",
  async (_, change) => {
    await freed(1, [change]);
    services.clock.set(at("16:00"));
    await reopenFreed(system());
    expect(await places()).toEqual(["planned draw"]);
    expect(await hour("16:00")).toBeUndefined();
    expect(await shortDraws(services)).toEqual([]);
    await openUndrawn(system());
    expect(await places()).toEqual(["open open"]);
  },
);

test("nobody is asked for a place that begins in less than twelve hours: it is everybody's at the next tick", async () => {
  await freed(1, [SOON]);
  expect(await hour("05:00", 14)).toBeUndefined();
  services.clock.set(at("16:00", 14));
  await reopenFreed(system());
  await openUndrawn(system());
  expect(await places()).toEqual(["open open"]);
});

test("nobody is asked for what a daily draw will have", async () => {
  await freed(1, [SOON]);
  // Two days ahead, before six in the evening of Mexico City; after it no daily draw has that day any more.
  expect(await hour("22:00", 12)).toBeUndefined();
  expect(await hour("00:00", 13)).toBeDefined();
});

test("a draw that could not be locked before its round is void, and the next hour has its place", async () => {
  const [one] = await freed(1, [SOON]);
  await hour("16:00");
  await goOn(services, at("16:15"));
  expect(await shortDraws(services)).toEqual(["void"]);
  expect(await places()).toEqual(["freed draw"]);
  await drawn("17:00");
  expect((await own(one!)).state).toBe("offered");
});

test("a draw whose only household left before the lock is void, and keeps nothing", async () => {
  const [one] = await freed(1, [SOON]);
  await hour("16:00");
  await services.adminQuery("update allocation.requests set state = 'withdrawn' where id = $1", [one!.requestId]);
  await goOn(services, at("16:05"));
  expect(await shortDraws(services)).toEqual(["void"]);
  expect(await places()).toEqual(["planned waitlist"]);
});
