import { describe, expect, test } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import {
  countsOfReply,
  countsOfTally,
  forgetMarkAfter,
  isAskedOn,
  isTally,
  peopleOf,
  surveyMonths,
  type SurveyTally,
} from "./survey.ts";

const NONE = { good: 0, fair: 0, bad: 0 };
const day = (text: string) => text as LocalDate;
const counts = (visit: readonly number[], courtesy: readonly number[] = [0, 0, 0]) => [
  ...visit,
  ...[0, 0, 0],
  ...[0, 0, 0],
  ...courtesy,
];

test("an answer is one face of each question that was answered, and nothing else of whoever gave it", () => {
  expect(countsOfReply({ visit: "fair", courtesy: "good" })).toEqual(counts([0, 1, 0], [1, 0, 0]));
  expect(peopleOf(countsOfReply({ visit: "bad" }))).toBe(1);
});

test("a pile of papers has as many people as first answers, and no other question has more", () => {
  const pile: SurveyTally = { visit: { good: 8, fair: 1, bad: 2 }, punctual: NONE, time_taken: NONE, courtesy: NONE };
  expect(peopleOf(countsOfTally(pile))).toBe(11);
  expect(isTally(pile)).toBe(true);
  expect(isTally({ ...pile, courtesy: { good: 12, fair: 0, bad: 0 } })).toBe(false);
  expect(isTally({ ...pile, visit: NONE })).toBe(false);
});

describe("what is told of a month", () => {
  test("is the sum of page and paper, the latest month first", () => {
    const [december, november] = surveyMonths([
      { month: day("2026-11-01"), counts: counts([40, 12, 11]) },
      { month: day("2026-12-01"), counts: counts([10, 0, 0]) },
      { month: day("2026-11-01"), counts: counts([5, 0, 0]) },
    ]);
    expect(december).toMatchObject({ month: "2026-12", people: 10 });
    expect(november).toMatchObject({
      month: "2026-11",
      people: 68,
      questions: { visit: { good: 45, fair: 12, bad: 11 } },
    });
  });

  test("hides a face that fewer than ten chose, with the one that would give it away", () => {
    const [month] = surveyMonths([{ month: day("2026-11-01"), counts: counts([40, 12, 3], [30, 4, 5]) }]);
    expect(month!.questions.visit).toEqual({ good: 40, fair: null, bad: null });
    expect(month!.questions.courtesy).toEqual({ good: null, fair: null, bad: null });
  });

  test("is nothing where fewer than ten answered", () => {
    const [month] = surveyMonths([{ month: day("2026-11-01"), counts: counts([9, 0, 0]) }]);
    expect(month).toMatchObject({ people: null, questions: { visit: { good: null, fair: null, bad: null } } });
  });
});

test("a visit is asked about for two weeks, and that it answered is forgotten at the end of a month", () => {
  expect(isAskedOn(day("2026-12-03"), day("2026-12-03"))).toBe(true);
  expect(isAskedOn(day("2026-12-17"), day("2026-12-03"))).toBe(true);
  expect(isAskedOn(day("2026-12-18"), day("2026-12-03"))).toBe(false);
  expect(isAskedOn(day("2026-12-02"), day("2026-12-03"))).toBe(false);
  expect(["2026-12-03", "2026-12-17", "2026-12-18", "2027-02-01"].map((one) => forgetMarkAfter(day(one)))).toEqual([
    "2026-12-31",
    "2026-12-31",
    "2027-01-31",
    "2027-02-28",
  ]);
});
