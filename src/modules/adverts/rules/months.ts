import type { LocalDate } from "#kernel/ids.ts";

/** Adverts of one month; numbers of nobody. */
export interface MonthOfAdverts {
  /** Its first day. */
  readonly month: LocalDate;
  readonly adverts: number;
  readonly reports: number;
  readonly confirmed: number;
  readonly removed: number;
}

/** The fall of resale adverts that the ministry reached with the platforms by June 2021 (facts 3.1.1; seed 001). */
export const FALL_OF_2021 = 0.7;
/** Months that make the measure against which the fall is told: one alone may be a campaign. */
export const BASE_MONTHS = 3;

/**
 * The count that a fall like that of 2021 would leave, measured against the mean of the first three months; undefined until
 * these are over, for a line without a measure would be a wish.
 */
export function lineOf2021(months: readonly MonthOfAdverts[]): number | undefined {
  if (months.length < BASE_MONTHS) return undefined;
  const first = [...months].sort((a, b) => (a.month < b.month ? -1 : 1)).slice(0, BASE_MONTHS);
  const mean = first.reduce((sum, one) => sum + one.adverts, 0) / BASE_MONTHS;
  return Math.round(mean * (1 - FALL_OF_2021) * 10) / 10;
}
