import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SERVICE_GROUPS, type LocalDate } from "#kernel/ids.ts";
import { attendanceBy, changesBy, isWholeWeeks, measured, toldMinutes, type DaySums } from "./reports.ts";

const sums = (change: Partial<DaySums>): DaySums => ({
  serviceGroup: "documentacion",
  weekday: 1,
  served: 0,
  unserved: 0,
  missed: 0,
  cancelled: 0,
  moved: 0,
  ...change,
});

describe("who came", () => {
  const rows = [
    sums({ served: 80, unserved: 12, missed: 10, cancelled: 30, moved: 15 }),
    sums({ weekday: 2, served: 20, unserved: 10, missed: 12, cancelled: 2 }),
    sums({ weekday: 6, serviceGroup: "visas", served: 30, unserved: 11, missed: 14, cancelled: 12, moved: 10 }),
  ];

  it("is counted by group and by weekday, in their order", () => {
    expect(attendanceBy(rows, SERVICE_GROUPS, (one) => one.serviceGroup)).toEqual([
      { key: "documentacion", expected: 144, came: 122, served: 100 },
      { key: "visas", expected: 55, came: 41, served: 30 },
    ]);
    expect(attendanceBy(rows, [1, 2, 3, 6], (one) => one.weekday).map(({ key, came }) => [key, came])).toEqual([
      [1, 92],
      [2, 30],
      [6, 41],
    ]);
  });

  it("is not told of a handful, nor of whom a handful could be worked out by", () => {
    const few = [...rows, sums({ weekday: 7, served: 3 })];
    const shown = attendanceBy(few, [1, 2, 3, 6, 7], (one) => one.weekday);
    expect(shown.filter(({ expected }) => expected === null).map(({ key }) => key)).toEqual([2, 7]);
    expect(shown.find(({ key }) => key === 7)).toEqual({ key: 7, expected: null, came: null, served: null });
  });

  it("is not told where it gives away a handful that did not come, or was not served, nor by the sum of all", () => {
    const few = [...rows, sums({ serviceGroup: "proteccion", served: 60, unserved: 10, missed: 3 })];
    const shown = attendanceBy(few, SERVICE_GROUPS, (one) => one.serviceGroup);
    expect(shown.map(({ key, expected, came, served }) => [key, expected, came, served])).toEqual([
      ["documentacion", 144, 122, 100],
      ["visas", 55, null, 30],
      ["proteccion", 73, null, 60],
    ]);
    expect(attendanceBy([sums({ served: 40, unserved: 4 })], SERVICE_GROUPS, (one) => one.serviceGroup)).toEqual([
      { key: "documentacion", expected: 44, came: 44, served: null },
    ]);
  });

  it("knows what was called off and moved", () => {
    expect(changesBy(rows, SERVICE_GROUPS)).toEqual([
      { key: "documentacion", made: 176, cancelled: 32, moved: 15 },
      { key: "visas", made: 67, cancelled: 12, moved: 10 },
    ]);
    const few = [...rows, sums({ serviceGroup: "proteccion", served: 20, cancelled: 3 })];
    expect(changesBy(few, SERVICE_GROUPS).map(({ made }) => made)).toEqual([176, null, null]);
  });
});

it.each([
  ["2026-11-02", "2026-11-08", true],
  ["2026-11-02", "2026-11-29", true],
  ["2026-11-03", "2026-11-08", false],
  ["2026-11-02", "2026-11-07", false],
])("from %s to %s are whole weeks: %s", (from, to, whole) =>
  expect(isWholeWeeks(from as LocalDate, to as LocalDate)).toBe(whole),
);

describe("minutes", () => {
  const oneByOne = (minutes: readonly number[], share: number) =>
    [...minutes].sort((a, b) => a - b)[Math.ceil(share * minutes.length) - 1];

  it("are those within which half and nine of ten stayed, as if they were counted one by one", () => {
    expect(measured("x", [])).toBeUndefined();
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 60 }), (minutes) => {
        const tallies = [...new Set(minutes)].map((one) => ({
          minutes: one,
          count: minutes.filter((other) => other === one).length,
        }));
        expect(measured("x", tallies)).toEqual({
          key: "x",
          count: minutes.length,
          median: oneByOne(minutes, 0.5),
          most: oneByOne(minutes, 0.9),
        });
      }),
    );
  });

  it("are not told of fewer than ten", () => {
    const rows = [40, 9, 60].map((count, key) => ({ key, count, median: 5, most: 9 }));
    const nothing = { count: null, median: null, most: null };
    expect(toldMinutes(rows)).toEqual([
      { key: 0, ...nothing },
      { key: 1, ...nothing },
      { key: 2, count: 60, median: 5, most: 9 },
    ]);
  });
});
