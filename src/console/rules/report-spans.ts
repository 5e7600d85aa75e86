import { addDays, daysBetween } from "../parts/format.ts";

/** Days of the longest report. */
const MOST_DAYS = 366;
export const SPANS = ["week", "month", "year", "own"] as const;
export type SpanKind = (typeof SPANS)[number];
export interface Span {
  readonly from: string;
  readonly to: string;
}

/** Whole days that are over: today is counted tomorrow. */
const DAYS: Readonly<Record<Exclude<SpanKind, "own">, number>> = { week: 7, month: 30, year: 365 };

export function spanOf(kind: Exclude<SpanKind, "own">, today: string): Span {
  return { from: addDays(today, -DAYS[kind]), to: addDays(today, -1) };
}

/** The same in whole weeks, from a Monday to a Sunday: all that headquarters sees of an office. */
const WEEKS: Readonly<Record<Exclude<SpanKind, "own">, number>> = { week: 1, month: 4, year: 52 };

export function weeksOf(kind: Exclude<SpanKind, "own">, today: string): Span {
  const monday = mondayOf(today);
  return { from: addDays(monday, -7 * WEEKS[kind]), to: addDays(monday, -1) };
}

/** The weeks that have these days, whole; dates that are not chosen yet stay as they are. */
export function wholeWeeks({ from, to }: Span): Span {
  return from === "" || to === "" ? { from, to } : { from: mondayOf(from), to: addDays(mondayOf(to), 6) };
}

export function isSpan({ from, to }: Span): boolean {
  if (from === "" || to === "") return false;
  const days = daysBetween(from, to) + 1;
  return days >= 1 && days <= MOST_DAYS;
}

/** The Monday of the week that has this day. */
export function mondayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  return addDays(day, 1 - weekday);
}

/** Part of a whole in percent, without decimals; null where one of them is not told, or there is no whole. */
export function percent(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : Math.round((100 * part) / whole);
}
