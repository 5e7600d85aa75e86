import { expect, it } from "vitest";
import type { DrawId } from "../types.ts";
import { leafBounds, personLabels } from "./people.ts";

const [DRAW, OTHER] = ["one", "another"] as unknown as [DrawId, DrawId];
const who = (name: string, curp: string | null = null) => ({ name, curp });
/** The same number for the same person. */
function groups(people: { name: string; curp: string | null }[], draw = DRAW): number[] {
  const labels = personLabels(draw, people);
  return labels.map((label) => labels.indexOf(label));
}

it("the same CURP is one person, whatever was typed as a name", () => {
  expect(groups([who("rosa", "r1"), who("roza", "r1"), who("ana", "a1")])).toEqual([0, 0, 2]);
});

it("two CURPs are two people of one name, and a name alone is then neither", () => {
  expect(groups([who("rosa", "r1"), who("rosa", "r2"), who("rosa")])).toEqual([0, 1, 2]);
});

it("a name without a CURP is whoever alone has that name", () => {
  expect(groups([who("rosa"), who("rosa", "r1"), who("rosa")])).toEqual([0, 0, 0]);
});

it("labels of two draws have nothing in common", () => {
  expect(personLabels(DRAW, [who("rosa")])).not.toEqual(personLabels(OTHER, [who("rosa")]));
});

it("pages of leaves follow one another without a gap, from the first number to the last, alike in size", () => {
  const [first, last] = ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"];
  expect(leafBounds(1)).toEqual([first, last]);
  const bounds = leafBounds(20);
  expect([bounds[0], bounds.at(-1), bounds.length]).toEqual([first, last, 21]);
  expect([...bounds].sort()).toEqual(bounds);
  const starts = bounds.map((bound) => parseInt(bound.slice(0, 8), 16));
  const sizes = starts.slice(1).map((start, page) => start - starts[page]!);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
});
