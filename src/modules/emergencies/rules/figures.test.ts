import fc from "fast-check";
import { expect, test } from "vitest";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { SMALLEST_COUNT } from "#kernel/draws.ts";
import { networkPeriods, officeFigures, type WeekOfOffice } from "./figures.ts";

const WEEKS = ["2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23"] as LocalDate[];
const row = (week: number, asked: number, change: Partial<WeekOfOffice> = {}): WeekOfOffice => ({
  officeId: "fresno" as OfficeId,
  week: WEEKS[week]!,
  asked,
  granted: asked,
  refused: 0,
  alone: 0,
  late: 0,
  minutes: Array.from({ length: asked }, (_, i) => i),
  ...change,
});

test("weeks of fewer than ten are told with the next, and what is not ten yet is not told", () => {
  const periods = networkPeriods([row(0, 4), row(1, 3), row(2, 5), row(3, 2)]);
  expect(periods.map(({ from, to, asked }) => [from, to, asked])).toEqual([["2026-11-02", "2026-11-22", 12]]);
});

test("a no that fewer than ten heard is not told, nor what would give it away; none is told as none", () => {
  const [few] = networkPeriods([row(0, 40, { granted: 37, refused: 3, alone: 2 })]);
  expect(few).toMatchObject({ asked: 40, granted: null, refused: null, alone: null, late: 0 });
  const [all] = networkPeriods([row(0, 40, { granted: 28, refused: 12, alone: 10, late: 0 })]);
  expect(all).toMatchObject({ asked: 40, granted: 28, refused: 12, alone: 10, late: 0, medianMinutes: 19 });
});

test("a small office is not told, nor the one beside it that would give it away", () => {
  const offices = [
    row(0, 30),
    row(0, 4, { officeId: "dallas" as OfficeId }),
    row(0, 12, { officeId: "reno" as OfficeId }),
  ];
  expect(officeFigures(offices).map(({ officeId, asked }) => [officeId, asked])).toEqual([
    ["dallas", null],
    ["fresno", 30],
    ["reno", null],
  ]);
});

test("whatever happened, no figure is a handful, and the parts that are told leave no handful over", () => {
  const counts = fc.record({ granted: fc.nat(30), refused: fc.nat(30), open: fc.nat(30) });
  fc.assert(
    fc.property(fc.array(counts, { minLength: 1, maxLength: 4 }), (weeks) => {
      const rows = weeks.map(({ granted, refused, open }, i) =>
        row(i, granted + refused + open, { granted, refused, minutes: [] }),
      );
      for (const { asked, granted, refused } of networkPeriods(rows.filter((one) => one.asked > 0))) {
        for (const told of [asked, granted, refused])
          expect(told === null || told === 0 || told >= SMALLEST_COUNT).toBe(true);
        if (granted === null || refused === null) continue;
        const left = asked! - granted - refused;
        expect(left === 0 || left >= SMALLEST_COUNT).toBe(true);
      }
    }),
  );
});
