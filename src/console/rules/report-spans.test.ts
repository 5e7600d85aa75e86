import { expect, it } from "vitest";
import { isSpan, mondayOf, percent, spanOf, weeksOf, wholeWeeks } from "./report-spans.ts";

it("a report ends yesterday", () => {
  expect(spanOf("week", "2026-12-03")).toEqual({ from: "2026-11-26", to: "2026-12-02" });
  expect(spanOf("year", "2026-12-03")).toEqual({ from: "2025-12-03", to: "2026-12-02" });
  expect(isSpan(spanOf("year", "2024-12-31"))).toBe(true);
});

it("headquarters sees whole weeks that are over, and of dates of its own the weeks that have them", () => {
  expect(weeksOf("week", "2026-12-03")).toEqual({ from: "2026-11-23", to: "2026-11-29" });
  expect(isSpan(weeksOf("year", "2026-12-03"))).toBe(true);
  expect(wholeWeeks({ from: "2026-11-04", to: "2026-11-12" })).toEqual({ from: "2026-11-02", to: "2026-11-15" });
  expect(wholeWeeks({ from: "", to: "2026-11-12" })).toEqual({ from: "", to: "2026-11-12" });
});

it.each([
  ["2026-01-01", "2026-01-01", true],
  ["2026-01-02", "2026-01-01", false],
  ["2024-01-01", "2024-12-31", true],
  ["2024-01-01", "2025-01-01", false],
  ["", "2026-01-01", false],
])("from %s to %s: %s", (from, to, expected) => expect(isSpan({ from, to })).toBe(expected));

it.each([
  ["2026-11-30", "2026-11-30"],
  ["2026-12-03", "2026-11-30"],
  ["2026-12-06", "2026-11-30"],
  ["2027-01-01", "2026-12-28"],
])("the week of %s begins on %s", (day, monday) => expect(mondayOf(day)).toBe(monday));

it("nothing is a share of nothing, nor of what is not told", () => {
  expect([percent(2, 3), percent(0, 4), percent(0, 0), percent(null, 5), percent(5, null)]).toEqual([
    67,
    0,
    null,
    null,
    null,
  ]);
});
