import { describe, expect, it } from "vitest";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { DRAW_POLICY } from "./policy.ts";
import { optionProblemOf } from "./leaf.ts";
import { MOST_OFFICES, optionsOf, optionsWithin, type Wish } from "./wishes.ts";

const aWish = (change: Partial<Wish> = {}): Wish => ({
  offices: ["fresno", "san-jose"] as OfficeId[],
  weekdays: [1, 3, 6],
  bands: ["morning", "afternoon"],
  from: "2026-12-10" as LocalDate,
  to: null,
  first: "day",
  orElse: [],
  ...change,
});
const HORIZON = { from: "2026-12-14", to: "2027-01-17" };
const WEEKLY = { kind: "weekly", horizonFrom: HORIZON.from, horizonTo: HORIZON.to } as Parameters<
  typeof optionsWithin
>[1];

describe("three answers become options", () => {
  it("one for the earliest day at any of the offices, the preferred one first", () => {
    expect(optionsWithin(optionsOf(aWish()), WEEKLY)).toEqual([
      { offices: ["fresno", "san-jose"], ...HORIZON, weekdays: 0b0100101, bands: 0b101 },
    ]);
  });

  it("one for each office where the office counts more", () => {
    expect(optionsOf(aWish({ first: "office" })).map((one) => one.offices)).toEqual([["fresno"], ["san-jose"]]);
  });

  it("and a last one that takes any other office, on any day on which she can", () => {
    const wish = aWish({ to: "2026-12-20" as LocalDate, orElse: ["oxnard", "fresno"] as OfficeId[] });
    const [own, last] = optionsWithin(optionsOf(wish), WEEKLY);
    expect(own).toMatchObject({ from: "2026-12-14", to: "2026-12-20" });
    expect(last).toEqual({ offices: ["fresno", "san-jose", "oxnard"], ...HORIZON, weekdays: 0b0100101, bands: 0b101 });
  });

  it("that every draw takes, however many offices", () => {
    const offices = Array.from({ length: MOST_OFFICES }, (_, i) => `office-${i}` as OfficeId);
    const options = optionsOf(aWish({ offices, first: "office", orElse: ["oxnard"] as OfficeId[] }));
    expect(options.length).toBeLessThanOrEqual(DRAW_POLICY.maxOptions);
    expect(options.map((option) => optionProblemOf(option, DRAW_POLICY))).toEqual(options.map(() => undefined));
  });

  it("of which a draw is told no day but its own", () => {
    const past = aWish({ from: "2026-11-01" as LocalDate, to: "2026-12-13" as LocalDate });
    expect(optionsWithin(optionsOf(past), WEEKLY)).toEqual([]);
  });

  it("and whoever may be called at short notice takes an earlier day than she asked for", () => {
    const daily = { ...WEEKLY, kind: "daily", horizonFrom: "2026-12-03", horizonTo: "2026-12-09" } as typeof WEEKLY;
    const [option] = optionsWithin(optionsOf(aWish({ from: "2026-12-20" as LocalDate })), daily);
    expect(option).toMatchObject({ from: "2026-12-03", to: "2026-12-09" });
  });

  it("and is not asked again by a short draw for a day that she was asked for", () => {
    const short = { kind: "short", horizonFrom: "2026-12-09", horizonTo: "2026-12-10" } as typeof WEEKLY;
    // A Wednesday and a Thursday; she can on Mondays, Wednesdays and Saturdays.
    const options = optionsOf(aWish({ from: "2026-12-20" as LocalDate }));
    expect(optionsWithin(options, short)).toMatchObject([
      { from: "2026-12-09", to: "2026-12-10", weekdays: 0b0100101 },
    ]);
    expect(optionsWithin(options, short, ["2026-12-09" as LocalDate])).toMatchObject([{ weekdays: 0b0100001 }]);
    expect(optionsWithin(options, short, ["2026-12-02" as LocalDate])).toEqual(optionsWithin(options, short));
    const wednesdays = optionsOf(aWish({ weekdays: [3] }));
    expect(optionsWithin(wednesdays, short, ["2026-12-09" as LocalDate])).toEqual([]);
  });
});
