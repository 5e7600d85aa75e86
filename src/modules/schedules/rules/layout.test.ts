import { describe, expect, test } from "vitest";
import { instantOf } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { NO_EXTRAS, type Extras } from "../types.ts";
import { bottleneckOf, layPlaces } from "./layout.ts";

const ZONE = "America/Los_Angeles";
const DAY = "2026-12-05" as LocalDate;
const MINUTE = 60_000;

function laid(extras: Partial<Extras>, { counters = 4, stepMinutes = 15, opens = "08:00", closes = "14:00" } = {}) {
  const session = { localDate: DAY, startsAt: instantOf(DAY, opens, ZONE), endsAt: instantOf(DAY, closes, ZONE) };
  return layPlaces({ ...session, counters, stepMinutes, layout: { ...NO_EXTRAS, ...extras } }, ZONE);
}
const steps = (places: ReturnType<typeof laid>) => [...new Set(places.map((one) => one.startsAt))];
const perStep = (places: ReturnType<typeof laid>) =>
  steps(places).map((startsAt) => places.filter((one) => one.startsAt === startsAt).length);

test("without more each counter has a place in each step, for everybody", () => {
  const places = laid({});
  expect(places).toHaveLength(4 * 24);
  expect(new Set(places.map((one) => one.pool))).toEqual(new Set(["open"]));
});

describe("breaks", () => {
  const breaks = { from: "10:00", until: "12:00", minutes: 30 };

  test.each([2, 3, 4, 9, 14])("of %i counters are taken in turn: the group never closes as a whole", (counters) => {
    const places = laid({ breaks }, { counters });
    expect(places).toHaveLength(counters * 24 - counters * 2);
    expect(steps(places)).toHaveLength(24);
    for (let counter = 1; counter <= counters; counter += 1) {
      const own = places.filter((one) => one.counter === counter).map((one) => one.startsAt);
      const gaps = own.slice(1).map((startsAt, i) => (startsAt - own[i]!) / MINUTE - 15);
      expect(gaps.filter((gap) => gap > 0)).toEqual([30]);
    }
  });

  test("of a lone counter close the group: there is nobody to stay", () => {
    expect(steps(laid({ breaks }, { counters: 1 }))).toHaveLength(22);
  });
});

test.each([90, 50, 33, 10])("at %i percent what is left out is spread over the day and the counters", (percent) => {
  const places = laid({ percent }, { counters: 5 });
  expect(places).toHaveLength(Math.floor((5 * 24 * percent) / 100));
  const first = places.filter((one) => one.startsAt < instantOf(DAY, "11:00", ZONE).getTime()).length;
  expect(Math.abs(first - (places.length - first))).toBeLessThanOrEqual(1);
  const byCounter = [1, 2, 3, 4, 5].map((counter) => places.filter((one) => one.counter === counter).length);
  expect(Math.max(...byCounter) - Math.min(...byCounter)).toBeLessThanOrEqual(1);
});

describe("stations", () => {
  const stations: Extras["stations"] = [
    { station: "cashier", desks: 1, minutes: 5 },
    { station: "capture", desks: 3, minutes: 18 },
  ];

  test("the smallest of them is what a session carries", () => {
    expect(bottleneckOf({ counters: 4, stepMinutes: 15, stations })).toEqual({ station: "capture", counters: 2.5 });
    const places = laid({ stations });
    expect(places).toHaveLength(60);
    expect(new Set(perStep(places))).toEqual(new Set([2, 3]));
  });

  test("that carry more than the counters change nothing", () => {
    const wide: Extras["stations"] = [{ station: "capture", desks: 6, minutes: 15 }];
    expect(bottleneckOf({ counters: 4, stepMinutes: 15, stations: wide })).toBeUndefined();
    expect(laid({ stations: wide })).toHaveLength(96);
  });

  test("carry on while counters rest", () => {
    const resting = laid({ stations, breaks: { from: "10:00", until: "12:00", minutes: 30 } });
    expect(Math.min(...perStep(resting))).toBeGreaterThanOrEqual(2);
    expect(resting.length).toBeLessThanOrEqual(60);
  });
});

test("reserves are kept in their shares, all day long, and the rest is for everybody", () => {
  const places = laid({ reserves: { urgent: 10, walkIn: 20, assisted: 5 } }, { counters: 5 });
  const count = (pool: string) => places.filter((one) => one.pool === pool).length;
  expect(["urgent", "walk_in", "assisted", "open"].map(count)).toEqual([12, 24, 6, 78]);
  const noon = instantOf(DAY, "11:00", ZONE).getTime();
  const before = places.filter((one) => one.pool === "walk_in" && one.startsAt < noon).length;
  expect([11, 12, 13]).toContain(before);
});

test("on the day on which the clock goes back a session over it has the hours that it really has", () => {
  const day = "2026-11-01" as LocalDate;
  const session = { localDate: day, startsAt: instantOf(day, "00:00", ZONE), endsAt: instantOf(day, "04:00", ZONE) };
  expect(layPlaces({ ...session, counters: 1, stepMinutes: 60, layout: NO_EXTRAS }, ZONE)).toHaveLength(5);
});
