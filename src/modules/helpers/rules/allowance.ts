/**
 * How many people a registered helper may help (fairness.md 3.1 and 4.4.4: 60 persons, 120 at most). It grows with visits
 * that took place, so that a parish whose people come is never the bottleneck, and stays small for who books for nobody.
 */

/** Days over which people and visits are counted, as the score counts them (4.4.4). */
export const COUNTED_DAYS = 90;
/** People in those days for who has just been approved (4.4.4: a registered helper's free persons on one contact). */
export const FIRST_PERSONS = 60;
/** People in those days at most (4.4.4: the same on one device). */
export const MOST_PERSONS = 120;
/** Visits that a new helper is taken to have lost beside its own: one kept visit does not yet prove anything. Ours. */
export const DOUBTED_VISITS = 20;
/** People in one day: two desks, ten minutes a person, four hours of an afternoon after mass or of a fair. Ours. */
export const MOST_PERSONS_A_DAY = 48;

export interface Visits {
  readonly kept: number;
  readonly missed: number;
}

/** People in 90 days: from 60 to 120 by the share of kept visits. A kept visit never lowers it, a missed one never raises it. */
export function allowanceOf({ kept, missed }: Visits): number {
  const share = kept / (kept + missed + DOUBTED_VISITS);
  return FIRST_PERSONS + Math.floor((MOST_PERSONS - FIRST_PERSONS) * share);
}

export interface Used {
  /** People helped in the last 90 days and today; help that is going on counts as one each. */
  readonly persons: number;
  readonly today: number;
}

/** People who may still be helped now. A household is not cut in half: whoever has one left helps a family of five. */
export function leftOf(visits: Visits, used: Used): { readonly now: number; readonly today: number } {
  const today = Math.max(0, MOST_PERSONS_A_DAY - used.today);
  return { now: Math.max(0, Math.min(allowanceOf(visits) - used.persons, today)), today };
}
