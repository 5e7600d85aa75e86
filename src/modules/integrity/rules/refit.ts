import { POINTS, type ScoreTerm, type TermCode } from "./score.ts";

/** A case that a person decided, with what spoke for it. */
export interface LabelledTerms {
  readonly terms: readonly ScoreTerm[];
  readonly middleman: boolean;
}

export type Points = Readonly<Record<keyof typeof POINTS, number>>;

/** Decided cases from which weights may be fitted (fairness.md 4.4.4), and of either end at least. Below, chance would be fitted. */
export const LEAST_LABELLED = 500;
const LEAST_OF_EACH = 50;
/** Cases in which a kind of evidence was seen before its weight is touched. */
const LEAST_SEEN = 20;
/** A fit may halve or double what a weight was: what moves further is for a person to think about. */
const MOST_CHANGE = 2;
/** Pulls what few cases say towards nothing. */
const RIDGE = 1;
const STEPS = 400;
const PACE = 0.5;
/** Points of one unit of a feature: keeps the numbers of the fit near one. */
const UNIT = 10;

/** Weights that are fitted, by the code of their term. A confirmed advert is hard evidence by a person's word and stays as it is, as credits do. */
const FITTED: readonly (readonly [TermCode, readonly (keyof typeof POINTS)[]])[] = [
  ["disposable", ["disposable"]],
  ["fresh_contacts", ["fresh_contacts"]],
  ["fast_form", ["fast_form"]],
  ["honeypot", ["honeypot"]],
  ["same_trace", ["same_trace"]],
  ["swaps", ["swaps"]],
  ["no_shows", ["no_shows"]],
  ["many_surnames", ["many_surnames"]],
  ["near_duplicate", ["near_duplicate", "maybe_duplicate"]],
  ["mismatch", ["mismatch"]],
];

/**
 * Weights as a logistic regression over decided cases would have them, in whole points: what a point of each kind of
 * evidence was worth beside what a point of all of them was worth. Undefined as long as there are too few cases, or they
 * say nothing. Pure; it proposes, and an analyst sets.
 */
export function refit(cases: readonly LabelledTerms[], now: Points = POINTS): Points | undefined {
  const middlemen = cases.filter((one) => one.middleman).length;
  if (cases.length < LEAST_LABELLED || Math.min(middlemen, cases.length - middlemen) < LEAST_OF_EACH) return undefined;
  const seen = new Map<TermCode, number>();
  for (const { terms } of cases) for (const { code } of terms) seen.set(code, (seen.get(code) ?? 0) + 1);
  const codes = [...seen].filter(([, count]) => count >= LEAST_SEEN).map(([code]) => code);
  const worth = regress(
    cases.map(({ terms }) => codes.map((code) => (terms.find((one) => one.code === code)?.points ?? 0) / UNIT)),
    cases.map((one) => (one.middleman ? 1 : 0)),
  );
  const all = codes.reduce((sum, code) => sum + seen.get(code)!, 0);
  const usual = codes.reduce((sum, code, i) => sum + worth[i]! * seen.get(code)!, 0) / all;
  if (!(usual > 0)) return undefined;
  const fitted: Record<keyof typeof POINTS, number> = { ...now };
  for (const [code, keys] of FITTED) {
    const at = codes.indexOf(code);
    if (at < 0) continue;
    const change = Math.min(MOST_CHANGE, Math.max(1 / MOST_CHANGE, worth[at]! / usual));
    for (const key of keys) fitted[key] = Math.max(1, Math.round(now[key] * change));
  }
  return fitted;
}

/** What a case's points would be under other weights; its terms were noted with the weights of `now`. */
export function pointsUnder(terms: readonly ScoreTerm[], points: number, now: Points, then: Points): number {
  const moved = FITTED.reduce((sum, [code, [key]]) => {
    const term = terms.find((one) => one.code === code);
    return term ? sum + term.points * (then[key!] / now[key!] - 1) : sum;
  }, 0);
  return Math.min(100, Math.max(0, Math.round(points + moved)));
}

/** Whether these numbers can be weights: those that are fitted, whole, and no more than twice or less than half of what they were. */
export function areWeights(points: Points, now: Points): boolean {
  return (Object.keys(POINTS) as (keyof typeof POINTS)[]).every((key) => {
    const value = points[key];
    if (!FITTED.some(([, keys]) => keys.includes(key))) return value === now[key];
    return (
      Number.isInteger(value) && value >= 1 && value <= MOST_CHANGE * now[key] && value * MOST_CHANGE >= now[key] - 1
    );
  });
}

/** Coefficients of a logistic regression with an intercept that is not pulled; by gradient, for a handful of columns. */
function regress(rows: readonly (readonly number[])[], labels: readonly number[]): number[] {
  const columns = rows[0]!.length;
  const weights = new Array<number>(columns).fill(0);
  let intercept = 0;
  for (let step = 0; step < STEPS; step++) {
    const slope = weights.map((weight) => RIDGE * weight);
    let lift = 0;
    rows.forEach((row, i) => {
      const sum = row.reduce((total, value, c) => total + value * weights[c]!, intercept);
      const off = 1 / (1 + Math.exp(-sum)) - labels[i]!;
      lift += off;
      row.forEach((value, c) => (slope[c]! += off * value));
    });
    intercept -= (PACE * lift) / rows.length;
    weights.forEach((weight, c) => (weights[c] = weight - (PACE * slope[c]!) / rows.length));
  }
  return weights;
}
