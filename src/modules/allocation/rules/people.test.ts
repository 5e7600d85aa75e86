import { expect, it } from "vitest";
import type { AppId, Digest, DrawId } from "../types.ts";
import { deadLeaves, leafBounds, personLabels } from "./people.ts";

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

const SEED = "5e".repeat(32) as Digest;
const leaf = (app: string, name: string, groups: string[]) => ({
  ...who(name),
  app: app as AppId,
  salt: app.repeat(64).slice(0, 64) as Digest,
  level2: false,
  groups,
});

it("of several leaves of one person one is live for each service group; another group has a chance of its own", () => {
  const shared = [
    leaf("a", "rosa", ["documents"]),
    leaf("b", "rosa", ["documents"]),
    leaf("c", "rosa", ["registry"]),
    leaf("d", "ana", ["documents"]),
  ];
  const dead = deadLeaves(DRAW, SEED, { shared, served: [] });
  expect(dead).toHaveLength(1);
  expect(["a", "b"]).toContain(dead[0]);
  // Both are one chance where one leaf asks for both.
  expect(
    deadLeaves(DRAW, SEED, { shared: [...shared.slice(1), leaf("e", "rosa", ["documents", "registry"])], served: [] })
      .length,
  ).toBeGreaterThan(0);
});

it("whoever was given a place in the first round has no second one of that group, and keeps the chance of another", () => {
  const served = [
    { ...leaf("a", "rosa", ["documents"]), served: true },
    { ...leaf("b", "rosa", ["documents"]), served: false },
    { ...leaf("c", "rosa", ["registry"]), served: false },
    { ...leaf("d", "ana", ["documents"]), served: false },
  ];
  expect(deadLeaves(DRAW, SEED, { shared: [], served })).toEqual(["b"]);
});
