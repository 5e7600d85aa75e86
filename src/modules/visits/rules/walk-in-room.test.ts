import fc from "fast-check";
import { expect, test } from "vitest";
import type { Station } from "../types.ts";
import { PROMISED_SHARE, UNMEASURED_MINUTES, walkInRoom, type StationLoad } from "./walk-in-room.ts";

const load = (station: Station, change: Partial<StationLoad> = {}): StationLoad => ({
  station,
  counters: 2,
  minutes: 10,
  ahead: 0,
  ...change,
});

test("what is left is what the tightest station can still take before the office closes", () => {
  // Two counters, an hour, ten minutes each, nine tenths of it promised: ten turns, of which seven are taken.
  expect(walkInRoom([load("filter", { minutes: 2 }), load("capture", { ahead: 7 })], 60)).toEqual({
    turns: 3,
    tightest: "capture",
  });
});

test("nobody is promised anything where those who are there fill the day, after closing, or without a counter", () => {
  expect(walkInRoom([load("window", { ahead: 30 })], 60).turns).toBe(0);
  expect(walkInRoom([load("window")], -5).turns).toBe(0);
  expect(walkInRoom([load("window"), load("cashier", { counters: 0 })], 60)).toEqual({ turns: 0, tightest: "cashier" });
  expect(walkInRoom([], 60)).toEqual({ turns: 0, tightest: undefined });
});

test("a station that has measured nothing is taken to be slow", () => {
  const hours = 300;
  const expected = Math.floor((2 * hours * PROMISED_SHARE) / UNMEASURED_MINUTES);
  expect(walkInRoom([load("window", { minutes: null })], hours).turns).toBe(expected);
});

const loads = fc.array(
  fc.record({
    station: fc.constantFrom<Station>("filter", "cashier", "capture", "window"),
    counters: fc.nat(9),
    minutes: fc.option(fc.nat(60)),
    ahead: fc.nat(50),
  }),
  { minLength: 1, maxLength: 4 },
);

test("one turn more ahead never makes room, a minute more never takes it, and all who are promised fit", () => {
  fc.assert(
    fc.property(loads, fc.nat(600), (stations, minutesLeft) => {
      const { turns } = walkInRoom(stations, minutesLeft);
      const busier = stations.map((one) => ({ ...one, ahead: one.ahead + 1 }));
      expect(walkInRoom(busier, minutesLeft).turns).toBeLessThanOrEqual(turns);
      expect(walkInRoom(stations, minutesLeft + 1).turns).toBeGreaterThanOrEqual(turns);
      for (const { counters, minutes, ahead } of turns > 0 ? stations : [])
        expect((ahead + turns) * Math.max(1, minutes ?? UNMEASURED_MINUTES)).toBeLessThanOrEqual(
          counters * minutesLeft,
        );
    }),
  );
});
