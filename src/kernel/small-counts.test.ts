import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SMALLEST_COUNT } from "./draws.ts";
import { told } from "./small-counts.ts";

describe("what may be told", () => {
  it.each<[string, number[], (number | null)[]]>([
    ["all that are ten and more", [10, 200], [10, 200]],
    ["none as none", [0, 12], [0, 12]],
    [
      "not one alone: the sum would give it away, so that the smallest of the others goes too",
      [3, 40, 12],
      [null, 40, null],
    ],
    ["not two that are few together", [3, 4, 40, 50], [null, null, null, 50]],
    ["two that are ten together hide each other", [6, 7, 40], [null, null, 40]],
    ["nothing where there is nothing else", [4], [null]],
  ])("%s", (_, counts, expected) => expect(told(counts)).toEqual(expected));

  it("never lets a hidden count be worked out from the sum of all, whatever the counts", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 8 }), (counts) => {
        const shown = told(counts);
        const hidden = counts.filter((_, i) => shown[i] === null);
        expect(shown.every((count) => count === null || count === 0 || count >= SMALLEST_COUNT)).toBe(true);
        const isWhole = shown.every((count) => count === null || count === 0);
        if (hidden.length > 0 && !isWhole) {
          expect(hidden.length).toBeGreaterThan(1);
          expect(hidden.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(SMALLEST_COUNT);
        }
      }),
    );
  });
});
