import { describe, expect, test } from "vitest";
import { instantOf } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { aTemplate } from "../schedules.fixtures.ts";
import { NO_EXTRAS, type Layout } from "../types.ts";
import {
  dateProblem,
  givenOutOn,
  kindProblem,
  laidOn,
  layoutProblem,
  overlapProblem,
  shiftLayouts,
  stepProblem,
  templateProblem,
  templatesOverlap,
} from "./plan.ts";

const ZONE = "America/Los_Angeles";
const date = (text: string) => text as LocalDate;
const layout = (own: Partial<Layout> = {}): Layout => ({
  ...NO_EXTRAS,
  serviceGroup: "documentacion",
  opens: "08:00",
  closes: "14:00",
  counters: 4,
  stepMinutes: 15,
  ...own,
});

describe("one opening is refused", () => {
  const day = date("2026-12-05");
  test.each<[string, Partial<Layout>, string]>([
    ["when it is shorter than a step", { closes: "08:10" }, "nothing_fits"],
    ["when it is longer than anybody works", { opens: "05:00", closes: "20:00" }, "too_long_a_day"],
    [
      "when a break cannot be taken in turn",
      { breaks: { from: "11:00", until: "11:45", minutes: 30 } },
      "break_does_not_fit",
    ],
    [
      "when a break lies outside its hours",
      { breaks: { from: "15:00", until: "18:00", minutes: 30 } },
      "break_does_not_fit",
    ],
  ])("%s", (_, own, code) => expect(layoutProblem(layout(own), day, ZONE)?.code).toBe(code));

  test("and what fits is not", () => {
    expect(
      layoutProblem(layout({ breaks: { from: "11:00", until: "12:00", minutes: 30 } }), day, ZONE),
    ).toBeUndefined();
    const alone = layout({ counters: 1, breaks: { from: "11:00", until: "11:30", minutes: 30 } });
    expect(layoutProblem(alone, day, ZONE)).toBeUndefined();
  });
});

describe("the spring change of the clock", () => {
  const early = layout({ opens: "02:30", closes: "06:00" });

  test("a template with an hour that it skips on a Sunday names the day", () => {
    expect(templateProblem(early, [7], date("2026-12-01"), ZONE)).toEqual({
      code: "clock_gap",
      about: { localDate: "2027-03-14", time: "02:30" },
    });
  });

  test.each([
    ["on other weekdays", [1, 2, 3, 4, 5, 6], ZONE],
    ["where the clock never changes", [7], "America/Phoenix"],
  ])("it may stand %s", (_, weekdays, zone) =>
    expect(templateProblem(early, weekdays, date("2026-12-01"), zone)).toBeUndefined(),
  );
});

test("a day of yesterday, of today or of the year after next is no day to plan", () => {
  const today = date("2026-12-01");
  expect(dateProblem(date("2026-11-30"), today)?.code).toBe("in_the_past");
  expect(dateProblem(today, today)?.code).toBe("in_the_past");
  expect(dateProblem(date("2026-12-02"), today)).toBeUndefined();
  expect(dateProblem(date("2028-12-02"), today)?.code).toBe("too_far_ahead");
});

test("a Saturday is a Saturday, and who travels says where to", () => {
  expect(kindProblem("saturday", date("2026-12-06"), null)?.code).toBe("wrong_weekday");
  expect(kindProblem("sunday", date("2026-12-06"), null)).toBeUndefined();
  expect(kindProblem("on_wheels", date("2026-12-06"), null)?.code).toBe("venue_missing");
});

describe("two openings of one group at one place", () => {
  const opening = (opens: string, closes: string, venueId: string | null = null) => ({
    ...laidOn(layout({ opens, closes }), date("2026-12-05"), ZONE),
    venueId,
  });

  test("may follow each other, and not overlap", () => {
    expect(overlapProblem([opening("08:00", "12:00")], [opening("12:00", "15:00")], ZONE)).toBeUndefined();
    expect(overlapProblem([opening("08:00", "12:00")], [opening("11:45", "15:00")], ZONE)).toEqual({
      code: "overlapping_sessions",
      about: { serviceGroup: "documentacion", opens: "11:45", closes: "15:00" },
    });
    expect(overlapProblem([opening("08:00", "12:00"), opening("08:00", "12:00")], [], ZONE)?.code).toBe(
      "overlapping_sessions",
    );
  });

  test("are two places when one is away", () => {
    expect(overlapProblem([opening("08:00", "12:00", "hall")], [opening("08:00", "12:00")], ZONE)).toBeUndefined();
  });

  test("as templates: only on the weekdays and in the months that both have", () => {
    const one = aTemplate({ weekdays: [1, 2], opens: "08:00", closes: "12:00" });
    expect(templatesOverlap(one, aTemplate({ weekdays: [2], opens: "11:00", closes: "13:00" }))).toBe(true);
    expect(templatesOverlap(one, aTemplate({ weekdays: [3], opens: "11:00", closes: "13:00" }))).toBe(false);
    expect(
      templatesOverlap({ ...one, validTo: date("2026-06-01") }, aTemplate({ validFrom: date("2026-06-02") })),
    ).toBe(false);
  });
});

test("less than fourteen days ahead places are drawn at short notice, at offices of either kind", () => {
  const today = date("2026-12-01");
  expect(givenOutOn(date("2026-12-14"), today, undefined)).toBe("short_draw");
  expect(givenOutOn(date("2026-12-14"), today, today)).toBe("short_draw");
  expect(givenOutOn(date("2026-12-15"), today, undefined)).toBe("open");
  expect(givenOutOn(date("2026-12-15"), today, today)).toBe("draw");
});

test("at a venue no weekly draw has them: where places are drawn they are for short notice, elsewhere to be chosen", () => {
  const today = date("2026-12-01");
  expect(givenOutOn(date("2027-01-20"), today, today, "hall")).toBe("short_draw");
  expect(givenOutOn(date("2027-01-20"), today, undefined, "hall")).toBe("open");
  expect(givenOutOn(date("2027-01-20"), today, date("2027-02-01"), "hall")).toBe("open");
});

test("of a length that no draw gives, places are refused where they would be drawn, and only there", () => {
  const half = layout({ stepMinutes: 30 });
  const refused = { code: "step_not_drawn", about: { serviceGroup: "documentacion", minutes: "15" } };
  expect(stepProblem(half, "short_draw", 15)).toEqual(refused);
  expect(stepProblem(half, "draw", 15)).toEqual(refused);
  expect(stepProblem(half, "open", 15)).toBeUndefined();
  expect(stepProblem(half, "draw", 30)).toBeUndefined();
  // Of a group that no office has hours for, the first day says how long its places are.
  expect(stepProblem(half, "short_draw", undefined)).toBeUndefined();
});

test("moved to another hour all openings of a day keep their distance, or the day is not that long", () => {
  const both = [layout(), layout({ serviceGroup: "registro_civil", opens: "09:30", closes: "13:00" })];
  expect(shiftLayouts(both, "10:00")?.map((one) => [one.opens, one.closes])).toEqual([
    ["10:00", "16:00"],
    ["11:30", "15:00"],
  ]);
  expect(shiftLayouts(both, undefined)).toEqual(both);
  expect(shiftLayouts(both, "18:30")).toBeUndefined();
  expect(instantOf(date("2026-12-05"), "08:00", ZONE)).toEqual(laidOn(layout(), date("2026-12-05"), ZONE).startsAt);
});
