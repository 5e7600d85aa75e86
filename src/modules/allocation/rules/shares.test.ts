import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { publishableGiven, publishableResults, type OfficeResult } from "./shares.ts";

const row = (office: string, served: number, waiting: number): OfficeResult => ({ office, served, waiting });
const offices = (rows: readonly OfficeResult[]): string[] => rows.map(({ office }) => office);

describe("what is published of each office's households", () => {
  it("is everything where every number is ten or more", () => {
    expect(offices(publishableResults([row("b", 10, 10), row("a", 40, 11)]))).toEqual(["a", "b"]);
  });

  it("hides an office with fewer than ten on either side, and the smallest other with it", () => {
    const rows = [row("a", 100, 50), row("b", 9, 30), row("c", 20, 20)];
    expect(offices(publishableResults(rows))).toEqual(["a"]);
    expect(offices(publishableResults([row("a", 100, 50), row("b", 30, 0), row("c", 20, 20)]))).toEqual(["a"]);
  });

  it("hides no third office when two hide each other", () => {
    const rows = [row("a", 100, 50), row("b", 9, 30), row("c", 20, 9), row("d", 11, 11)];
    expect(offices(publishableResults(rows))).toEqual(["a", "d"]);
  });

  it("never leaves a small number to be worked out from the sums", () => {
    const count = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(fc.array(fc.record({ served: count, waiting: count }), { maxLength: 8 }), (counts) => {
        const rows = counts.map((one, i) => row(`office-${i}`, one.served, one.waiting));
        const shown = publishableResults(rows);
        for (const one of shown) expect(Math.min(one.served, one.waiting)).toBeGreaterThanOrEqual(10);
        const hidden = rows.length - shown.length;
        // One hidden office beside shown ones would be the difference of two published numbers.
        if (shown.length > 0) expect(hidden).not.toBe(1);
      }),
    );
  });
});

describe("what is published of each office's places", () => {
  const given = (office: string, parties: number) => ({ office, places: 100, given: 2 * parties, parties });
  const told = (...rows: ReturnType<typeof given>[]) => publishableGiven(rows).map((one) => one.given);

  it("is how many were given out, to ten households or more or to nobody", () => {
    expect(told(given("a", 30), given("b", 0), given("c", 10))).toEqual([60, 0, 20]);
  });

  it("hides few households, and takes the smallest other office with them", () => {
    expect(told(given("a", 30), given("b", 3), given("c", 12), given("d", 0))).toEqual([60, null, null, 0]);
    expect(told(given("a", 30), given("b", 3), given("c", 4))).toEqual([null, null, null]);
    expect(told(given("a", 30), given("b", 5), given("c", 6))).toEqual([60, null, null]);
  });
});
