import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { publishableResults, type OfficeResult } from "./shares.ts";

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
