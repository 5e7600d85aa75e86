import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLocalDate } from "#kernel/time.ts";
import { dateOf, listOf, typedDate, typedOf } from "./forms.ts";

describe("a date out of three boxes", () => {
  const date = (day: string, month: string, year: string) => dateOf({ day, month, year });

  it("takes numbers and names of months in both languages", () => {
    for (const month of ["8", "08", "agosto", "Ago", "august", "AUG"]) {
      expect(date("7", month, "1990")).toEqual({ date: "1990-08-07" });
    }
  });

  it("says what is missing or wrong, and in which box", () => {
    expect(date("", "", "")).toEqual({ problem: "date_missing", wrong: ["day", "month", "year"] });
    expect(date("3", "", "1990")).toEqual({ problem: "date_incomplete", wrong: ["month"] });
    expect(date("3", "5", "90")).toEqual({ problem: "date_year", wrong: ["year"] });
    expect(date("31", "2", "1990")).toEqual({ problem: "date_impossible", wrong: ["day", "month"] });
    expect(date("3", "xyz", "1990")).toMatchObject({ problem: "date_impossible" });
  });

  it("gives a real day or a problem, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (day, month, year) => {
        const found = dateOf(typedDate({ "d-day": day, "d-month": month, "d-year": year }, "d"));
        expect("problem" in found || isLocalDate(found.date)).toBe(true);
      }),
    );
  });
});

describe("what stood in the boxes", () => {
  it("is one bounded text each, whatever was sent", () => {
    expect(typedOf({ a: ["x", " y "], b: 7, c: "z".repeat(9_999) }, ["a", "b", "c", "toString"])).toEqual({
      a: "y",
      b: "",
      c: "z".repeat(300),
      toString: "",
    });
    expect(typedOf(undefined, ["a"])).toEqual({ a: "" });
    expect(typedOf("a", ["a"])).toEqual({ a: "" });
  });

  it("is every ticked box of a name, up to a bound", () => {
    expect(listOf({ a: "x" }, "a")).toEqual(["x"]);
    expect(listOf({ a: ["x", "", 3, "y"] }, "a")).toEqual(["x", "y"]);
    expect(listOf({ a: Array.from({ length: 500 }, () => "x") }, "a")).toHaveLength(30);
    expect(listOf(null, "a")).toEqual([]);
  });
});
