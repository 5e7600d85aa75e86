import { expect, test } from "vitest";
import { PLACE_STATES, type PlaceState } from "../types.ts";
import { placeMay } from "./transitions.ts";

const followers = (state: PlaceState) => PLACE_STATES.filter((next) => placeMay(state, next));

test("nothing but a release tick brings a booked place back to everybody", () => {
  expect(followers("booked")).toEqual(["used", "freed", "withdrawn"]);
  expect(followers("freed")).toEqual(["planned", "open", "withdrawn"]);
});

test("an ended hold is open again at once, never freed", () => {
  expect(followers("held")).toEqual(["planned", "open", "booked", "withdrawn"]);
});

test("what was taken is nobody's before it was given back or planned again", () => {
  expect(followers("withdrawn")).toEqual(["planned", "open", "committed", "freed"]);
});

test("no state follows itself and every state can be left and reached", () => {
  for (const state of PLACE_STATES) {
    expect(placeMay(state, state)).toBe(false);
    expect(followers(state).length).toBeGreaterThan(0);
    if (state !== "planned") expect(PLACE_STATES.some((from) => placeMay(from, state))).toBe(true);
  }
});
