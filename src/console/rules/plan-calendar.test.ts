import { describe, expect, it } from "vitest";
import { aPlanSession } from "../testing/plan.ts";
import {
  addMonths,
  barParts,
  dayByKey,
  fullness,
  mondayOf,
  stationsOf,
  sumOf,
  turned,
  weeksOf,
} from "./plan-calendar.ts";

const places = (some: Partial<Parameters<typeof fullness>[0]>) => ({
  all: 0,
  free: 0,
  kept: 0,
  taken: 0,
  cut: 0,
  ...some,
});

describe("the calendar", () => {
  it("begins its weeks on Monday", () => {
    expect(["2026-11-30", "2026-12-03", "2026-12-06"].map(mondayOf)).toEqual([
      "2026-11-30",
      "2026-11-30",
      "2026-11-30",
    ]);
    expect(mondayOf("2027-01-01")).toBe("2026-12-28");
  });

  it("lays a month out in rows of seven, with nothing before its first day and after its last", () => {
    const weeks = weeksOf("2026-12");
    expect(weeks.map((week) => week.length)).toEqual([7, 7, 7, 7, 7]);
    expect(weeks[0]).toEqual([
      null,
      "2026-12-01",
      "2026-12-02",
      "2026-12-03",
      "2026-12-04",
      "2026-12-05",
      "2026-12-06",
    ]);
    expect(weeks.flat().filter((day) => day !== null)).toHaveLength(31);
    expect(weeks[4]!.slice(4)).toEqual([null, null, null]);
  });

  it("goes to the same day of another month, or to its last", () => {
    expect(addMonths("2027-01-31", 1)).toBe("2027-02-28");
    expect(addMonths("2026-12-15", 1)).toBe("2027-01-15");
    expect(addMonths("2027-01-15", -1)).toBe("2026-12-15");
    expect(turned("2026-12-03", "week", -1)).toBe("2026-11-26");
    expect(turned("2026-12-03", "month", 1)).toBe("2027-01-03");
  });

  it("is led by keys, and by no other key", () => {
    const by = (key: string) => dayByKey(key, "2026-12-03", "week", "2026-11-22");
    expect(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].map(by)).toEqual([
      "2026-12-02",
      "2026-12-04",
      "2026-11-26",
      "2026-12-10",
    ]);
    expect(["Home", "End", "t", "T"].map(by)).toEqual(["2026-11-30", "2026-12-06", "2026-11-22", "2026-11-22"]);
    expect(["PageUp", "PageDown"].map((key) => dayByKey(key, "2026-12-03", "month", "2026-11-22"))).toEqual([
      "2026-11-03",
      "2027-01-03",
    ]);
    expect(["Enter", "x", "Tab"].map(by)).toEqual([undefined, undefined, undefined]);
  });
});

describe("how full it is", () => {
  it("counts what is given out and not what was closed", () => {
    expect(fullness(places({ all: 50, taken: 20, free: 20, cut: 10 }))).toBe(50);
    expect(fullness(places({ all: 10, cut: 10 }))).toBeUndefined();
    expect(fullness(places({}))).toBeUndefined();
  });

  it("is drawn as stretches that fill the bar one after the other", () => {
    const parts = barParts(places({ all: 40, taken: 10, free: 20, kept: 0, cut: 10 }), 100);
    expect(parts).toEqual([
      { part: "taken", from: 0, width: 25 },
      { part: "free", from: 25, width: 50 },
      { part: "cut", from: 75, width: 25 },
    ]);
    expect(barParts(places({}), 100)).toEqual([]);
  });

  it("adds up over several openings", () => {
    expect(sumOf([places({ all: 3, taken: 1, kept: 2 }), places({ all: 4, free: 4 })])).toEqual(
      places({ all: 7, taken: 1, kept: 2, free: 4 }),
    );
    expect(sumOf([])).toEqual(places({}));
  });
});

describe("stations of a session", () => {
  it("say how many people fit on that day, and which holds the others up", () => {
    const stations = [
      { station: "filter" as const, desks: 1, minutes: 5 },
      { station: "capture" as const, desks: 3, minutes: 18 },
    ];
    const session = aPlanSession({ opens: "08:00", closes: "13:30" });
    const carried = stationsOf({ ...session, layout: { ...session.layout, stations } });
    expect(carried.map(({ people, isSmallest }) => [people, isSmallest])).toEqual([
      [66, false],
      [55, true],
    ]);
    expect(stationsOf(session)).toEqual([]);
  });
});
