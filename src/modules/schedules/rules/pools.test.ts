import { expect, test } from "vitest";
import type { Band } from "../types.ts";
import { BLOCK_STEPS } from "#kernel/limits.ts";
import { blockedSteps, poolOf } from "./pools.ts";

const steps = (...bands: [Band, number][]) =>
  bands.flatMap(([band, count]) => Array.from({ length: count }, (_, i) => ({ startsAt: i, band })));

test("blocks begin with each part of the day; what does not fill one is in none", () => {
  const blocked = blockedSteps(steps(["morning", 6], ["midday", 4]));
  expect(blocked.map((step) => step.block)).toEqual([0, 0, 0, 0, null, null, 1, 1, 1, 1]);
});

test("of ten blocks eight are drawn, one is kept for urgent cases, one for what is left over", () => {
  const counts: Record<string, number> = {};
  for (let counter = 1; counter <= 20; counter++)
    for (let block = 0; block < 6; block++) {
      const pool = poolOf(block, counter, 6);
      counts[pool] = (counts[pool] ?? 0) + 1;
    }
  expect(counts).toEqual({ draw: 96, urgent: 12, waitlist: 12 });
});

test("a place outside a block is never drawn: nobody could be promised an hour there", () => {
  expect(poolOf(null, 1, 6)).toBe("waitlist");
  expect(BLOCK_STEPS).toBe(4);
});
