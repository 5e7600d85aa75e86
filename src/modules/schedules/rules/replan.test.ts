import { describe, expect, test } from "vitest";
import type { PlaceState } from "../types.ts";
import type { LaidPlace } from "./layout.ts";
import { replan, type StandingPlace } from "./replan.ts";

const MINUTE = 60_000;
const at = (minutes: number) => minutes * MINUTE;

const standing = (minutes: number, counter = 1, state: PlaceState = "open", pool = "open"): StandingPlace => ({
  startsAt: at(minutes),
  counter,
  state,
  pool,
  isCut: false,
});
const wanted = (minutes: number, counter = 1, pool: LaidPlace["pool"] = "open"): LaidPlace => ({
  startsAt: at(minutes),
  counter,
  band: "morning",
  pool,
});
const minutesOf = (places: readonly { startsAt: number; counter: number }[]) =>
  places.map((one) => [one.startsAt / MINUTE, one.counter]);

describe("in line with what was", () => {
  const before = { stepMinutes: 15, places: [standing(0), standing(15, 1, "booked"), standing(30, 1, "booked")] };

  test("what is there stays, what is new is gained, what is no more is lost whoever has it", () => {
    const found = replan(before, { stepMinutes: 15, places: [wanted(15), wanted(15, 2), wanted(45)] });
    expect(found.stays).toBe(true);
    expect(minutesOf(found.gained)).toEqual([
      [15, 2],
      [45, 1],
    ]);
    expect(minutesOf(found.lost)).toEqual([
      [0, 1],
      [30, 1],
    ]);
  });

  test("the same again changes nothing", () => {
    const found = replan(before, { stepMinutes: 15, places: [wanted(0), wanted(15), wanted(30)] });
    expect(found).toEqual({ stays: true, gained: [], lost: [], repooled: [] });
  });

  test("free places pass into a reserve and out of it; what somebody has does not", () => {
    const places = [standing(0), standing(15, 1, "booked"), standing(30, 1, "planned", "walk_in")];
    const kept = [wanted(0, 1, "walk_in"), wanted(15, 1, "walk_in"), wanted(30)];
    const { repooled } = replan({ stepMinutes: 15, places }, { stepMinutes: 15, places: kept });
    expect(repooled.map((one) => [one.startsAt / MINUTE, one.to])).toEqual([
      [0, "walk_in"],
      [30, "open"],
    ]);
  });

  test("what a cut took is neither lost nor gained again", () => {
    const places = [{ ...standing(0, 1, "withdrawn"), isCut: true }];
    expect(replan({ stepMinutes: 15, places }, { stepMinutes: 15, places: [wanted(0)] }).gained).toEqual([]);
    expect(replan({ stepMinutes: 15, places }, { stepMinutes: 15, places: [] }).lost).toEqual([]);
  });
});

describe("with other minutes", () => {
  const before = { stepMinutes: 15, places: [0, 15, 30, 45].map((minutes) => standing(minutes)) };

  test("all that is free is replaced", () => {
    const found = replan(before, { stepMinutes: 20, places: [0, 20, 40].map((minutes) => wanted(minutes)) });
    expect([found.stays, found.gained.length, found.lost.length]).toEqual([false, 3, 4]);
  });

  test("who has a place keeps it, and no place of her counter overlaps it", () => {
    const places = before.places.map((one) => (one.startsAt === at(15) ? { ...one, state: "booked" as const } : one));
    const found = replan(
      { ...before, places },
      { stepMinutes: 20, places: [0, 20, 40].flatMap((minutes) => [wanted(minutes), wanted(minutes, 2)]) },
    );
    expect(minutesOf(found.gained)).toEqual([
      [0, 2],
      [20, 2],
      [40, 1],
      [40, 2],
    ]);
    expect(minutesOf(found.lost)).toEqual([
      [0, 1],
      [30, 1],
      [45, 1],
    ]);
  });

  test("who has a place at an hour at which her counter rests loses it", () => {
    const places = [standing(15, 1, "booked")];
    const found = replan({ stepMinutes: 15, places }, { stepMinutes: 20, places: [wanted(0), wanted(40)] });
    expect(minutesOf(found.lost)).toEqual([[15, 1]]);
  });
});
