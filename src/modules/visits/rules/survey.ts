import { SMALLEST_COUNT } from "#kernel/draws.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { SURVEY_DAYS } from "#kernel/limits.ts";
import { addDays } from "#kernel/time.ts";
import { told, type Told } from "#kernel/small-counts.ts";

/** The first counts by itself; the others may be left open. */
export const SURVEY_QUESTIONS = ["visit", "punctual", "time_taken", "courtesy"] as const;
export type SurveyQuestion = (typeof SURVEY_QUESTIONS)[number];

/** The three faces. */
export const SURVEY_ANSWERS = ["good", "fair", "bad"] as const;
export type SurveyAnswer = (typeof SURVEY_ANSWERS)[number];

/** What one person said, or what stands on a pile of papers when `n` of each are counted. */
export type SurveyReply = { readonly visit: SurveyAnswer } & {
  readonly [Question in Exclude<SurveyQuestion, "visit">]?: SurveyAnswer | undefined;
};
export type SurveyTally = { readonly [Question in SurveyQuestion]: { readonly [Answer in SurveyAnswer]: number } };

/** Question by question, and of each the faces from good to bad: the order of the stored counts. */
const PLACES = SURVEY_QUESTIONS.flatMap((question) => SURVEY_ANSWERS.map((answer) => ({ question, answer })));

export function countsOfReply(reply: SurveyReply): number[] {
  return PLACES.map(({ question, answer }) => (reply[question] === answer ? 1 : 0));
}

export function countsOfTally(tally: SurveyTally): number[] {
  return PLACES.map(({ question, answer }) => tally[question][answer]);
}

/** How many people answered: whoever leaves the first question open did not. */
export function peopleOf(counts: readonly number[]): number {
  return sumOf(counts.slice(0, SURVEY_ANSWERS.length));
}

/** Whether nobody answered more of the other questions than of the first one. */
export function isTally(tally: SurveyTally): boolean {
  const people = sumOf(Object.values(tally.visit));
  return people > 0 && SURVEY_QUESTIONS.every((question) => sumOf(Object.values(tally[question])) <= people);
}

/** What was said in one month at one office, as it may be told: nothing of fewer than ten. */
export interface SurveyMonth {
  /** `2026-11` */
  readonly month: string;
  readonly people: Told;
  readonly questions: { readonly [Question in SurveyQuestion]: { readonly [Answer in SurveyAnswer]: Told } };
}

/** Rows of the same month are added up, the latest month first. Of a month of fewer than ten people nothing is told but that it is one. */
export function surveyMonths(
  rows: readonly { readonly month: LocalDate; readonly counts: readonly number[] }[],
): SurveyMonth[] {
  const sums = new Map<string, number[]>();
  for (const { month, counts } of rows) {
    const key = month.slice(0, 7);
    sums.set(key, added(sums.get(key) ?? PLACES.map(() => 0), counts));
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([month, counts]) => {
      const people = peopleOf(counts);
      return { month, people: people < SMALLEST_COUNT ? null : people, questions: toldQuestions(counts) };
    });
}

function toldQuestions(counts: readonly number[]): SurveyMonth["questions"] {
  const isTold = peopleOf(counts) >= SMALLEST_COUNT;
  const pairs = SURVEY_QUESTIONS.map((question, i) => {
    const own = counts.slice(i * SURVEY_ANSWERS.length, (i + 1) * SURVEY_ANSWERS.length);
    const shown = isTold ? told(own) : own.map(() => null);
    return [question, Object.fromEntries(SURVEY_ANSWERS.map((answer, n) => [answer, shown[n]!]))] as const;
  });
  return Object.fromEntries(pairs) as unknown as SurveyMonth["questions"];
}

/** First day of the month of a day. */
export function monthOf(day: LocalDate): LocalDate {
  return `${day.slice(0, 7)}-01` as LocalDate;
}

/** Whether a visit of that day may still be answered for. */
export function isAskedOn(today: LocalDate, visitOn: LocalDate): boolean {
  return visitOn <= today && today <= addDays(visitOn, SURVEY_DAYS);
}

/** Last day of the month in which the link of a visit stops to work: the same for many, so that it points at no day. */
export function forgetMarkAfter(visitOn: LocalDate): LocalDate {
  const month = monthOf(addDays(visitOn, SURVEY_DAYS));
  return addDays(monthOf(addDays(month, 31)), -1);
}

function added(one: readonly number[], other: readonly number[]): number[] {
  return one.map((count, i) => count + other[i]!);
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
