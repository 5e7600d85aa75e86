import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { publishableGiven, publishableResults, visibleOffers, type OfficeResult } from "./shares.ts";

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

describe("what staff see of an office's offers", () => {
  const answers = (office: string, open: number, accepted: number, silent: number, declined: number) => ({
    office,
    open,
    accepted,
    silent,
    declined,
  });
  const told = (...rows: ReturnType<typeof answers>[]) =>
    visibleOffers(rows).map(({ open, accepted, silent, declined }) => [open, accepted, silent, declined]);

  it("is what ten households and more said, or nobody", () => {
    expect(told(answers("a", 0, 40, 12, 10), answers("b", 0, 0, 0, 0))).toEqual([
      [0, 40, 12, 10],
      [0, 0, 0, 0],
    ]);
  });

  it("hides a few noes and with them the smallest other answer: the office's places tell their sum", () => {
    expect(told(answers("a", 0, 40, 12, 3))).toEqual([[0, 40, null, null]]);
    expect(told(answers("a", 0, 12, 0, 1))).toEqual([[0, null, 0, null]]);
    expect(told(answers("a", 0, 40, 6, 7))).toEqual([[0, 40, null, null]]);
  });

  it("tells nothing of an office with fewer than ten offers, and of the smallest other", () => {
    const none = [null, null, null, null];
    expect(told(answers("a", 0, 50, 20, 0), answers("b", 1, 2, 3, 0), answers("c", 0, 30, 10, 0))).toEqual([
      [0, 50, 20, 0],
      none,
      none,
    ]);
    expect(told(answers("a", 1, 2, 3, 0))).toEqual([none]);
  });

  it("never leaves a small number to be worked out from any sum", () => {
    const count = fc.integer({ min: 0, max: 25 });
    const some = fc.array(fc.tuple(count, count, count, count), { maxLength: 6 });
    fc.assert(
      fc.property(some, (counts) => {
        const rows = counts.map((one, i) => answers(`office-${i}`, ...one));
        const shown = told(...rows);
        const hiddenIn = (i: number): number[] => counts[i]!.filter((_, answer) => shown[i]![answer] === null);
        const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
        for (const [i, row] of shown.entries()) {
          for (const value of row) expect(value === null || value === 0 || value >= 10).toBe(true);
          const hidden = hiddenIn(i);
          // A row of which something is told hides ten households or more, in two answers or more, or none.
          if (hidden.length > 0 && hidden.length < 4) {
            expect(hidden.length).toBeGreaterThan(1);
            expect(sum(hidden)).toBeGreaterThanOrEqual(10);
          }
        }
        const rowsHidden = shown.flatMap((row, i) => (row.every((value) => value === null) ? [sum(counts[i]!)] : []));
        if (rowsHidden.length > 0 && rowsHidden.length < counts.filter((one) => sum(one) > 0).length)
          expect(sum(rowsHidden)).toBeGreaterThanOrEqual(10);
      }),
    );
  });
});
