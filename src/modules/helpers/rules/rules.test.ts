import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HELPER_STATES } from "../types.ts";
import { allowanceOf, FIRST_PERSONS, leftOf, MOST_PERSONS, MOST_PERSONS_A_DAY } from "./allowance.ts";
import { readAsking } from "./asking.ts";
import { figuresOf } from "./figures.ts";
import { fitsReason, helperMay, judgeApproval, NETWORK } from "./states.ts";

const count = fc.nat(2_000);
const visits = fc.record({ kept: count, missed: count });

describe("the allowance", () => {
  test("begins at 60 persons and reaches no more than 120", () => {
    expect(allowanceOf({ kept: 0, missed: 0 })).toBe(FIRST_PERSONS);
    fc.assert(
      fc.property(visits, (all) => {
        expect(allowanceOf(all)).toBeGreaterThanOrEqual(FIRST_PERSONS);
        expect(allowanceOf(all)).toBeLessThanOrEqual(MOST_PERSONS);
      }),
    );
  });

  test("a kept visit never lowers it, a missed one never raises it", () => {
    fc.assert(
      fc.property(visits, ({ kept, missed }) => {
        const before = allowanceOf({ kept, missed });
        expect(allowanceOf({ kept: kept + 1, missed })).toBeGreaterThanOrEqual(before);
        expect(allowanceOf({ kept, missed: missed + 1 })).toBeLessThanOrEqual(before);
      }),
    );
  });

  test.each([
    [{ kept: 20, missed: 0 }, 90],
    [{ kept: 60, missed: 0 }, 105],
    [{ kept: 60, missed: 20 }, 96],
    [{ kept: 0, missed: 50 }, 60],
  ])("%o is %i persons", (all, persons) => expect(allowanceOf(all)).toBe(persons));

  test("what is left is never less than none, and a day has its own end", () => {
    fc.assert(
      fc.property(visits, fc.record({ persons: count, today: count }), (all, used) => {
        const { now, today } = leftOf(all, used);
        expect(now).toBeGreaterThanOrEqual(0);
        expect(now).toBeLessThanOrEqual(today);
      }),
    );
    expect(leftOf({ kept: 500, missed: 0 }, { persons: 50, today: MOST_PERSONS_A_DAY })).toEqual({ now: 0, today: 0 });
  });
});

describe("approvals", () => {
  const one = { staffId: "a", house: "fresno" };
  test("two people of two houses, and nothing less", () => {
    expect(judgeApproval([], one)).toBe("first");
    expect(judgeApproval([one], { staffId: "a", house: NETWORK })).toBe("needs_another_person");
    expect(judgeApproval([one], { staffId: "b", house: "fresno" })).toBe("needs_another_office");
    expect(judgeApproval([{ ...one, house: NETWORK }], { staffId: "b", house: NETWORK })).toBe("needs_another_office");
    expect(judgeApproval([one], { staffId: "b", house: NETWORK })).toBe("approved");
  });

  test("what is over begins no more, and every no has a reason of its own", () => {
    for (const to of HELPER_STATES) {
      expect(helperMay("ended", to)).toBe(false);
      expect(helperMay("refused", to)).toBe(false);
    }
    expect(fitsReason("approved", undefined)).toBe(true);
    expect(fitsReason("refused", undefined)).toBe(false);
    expect(fitsReason("refused", "own_wish")).toBe(false);
    expect(fitsReason("suspended", "rules_broken")).toBe(true);
  });
});

test("what is asked with is tidied, and what is missing, too long or hidden is named in the order of the form", () => {
  const typed = { name: " Parroquia  Inventada ", place: "Fresno", answers: "Ficticia", contact: "559 555 0171" };
  expect(readAsking({ ...typed, kind: "parish", peopleAWeek: " 12" })).toEqual({
    asking: { ...typed, name: "Parroquia Inventada", kind: "parish", peopleAWeek: 12 },
  });
  expect(
    readAsking({
      name: "",
      place: "x".repeat(121),
      answers: "a\u202Eb",
      contact: "\u0000",
      kind: "seller",
      peopleAWeek: "501",
    }),
  ).toEqual({ wrong: ["name", "place", "answers", "contact", "kind", "peopleAWeek"] });
});

test("small counts are not told: neither a language of few nor the few who did not come", () => {
  const languages = [
    { language: "es", entries: 40 },
    { language: "maya", entries: 12 },
    { language: "tsotsil", entries: 3 },
  ] as const;
  expect(figuresOf(80, { kept: 31, missed: 1 }, languages)).toEqual({
    persons: 80,
    kept: 31,
    keptShare: 95,
    languages: [
      { language: "es", entries: 40 },
      { language: "maya", entries: null },
      { language: "tsotsil", entries: null },
    ],
  });
  expect(figuresOf(6, { kept: 4, missed: 0 }, [])).toEqual({ persons: 6, kept: null, keptShare: null, languages: [] });
});
