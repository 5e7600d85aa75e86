import { compareTexts } from "./leaf.ts";
import { SMALLEST_COUNT } from "#kernel/draws.ts";

/** What became of the households whose first wish was one office. */
export interface OfficeResult {
  readonly office: string;
  /** Of them, given a place, wherever it is. */
  readonly served: number;
  readonly waiting: number;
}

/** Places of one office, and how many households were given some of them. */
export interface OfficeGiven {
  readonly office: string;
  readonly places: number;
  readonly given: number;
  readonly parties: number;
}

/**
 * The rows that may be published: no number below ten, neither of those who got a place nor of those who wait, and
 * none that the sums over all offices, which the signed result tells, give away.
 */
export function publishableResults(rows: readonly OfficeResult[]): OfficeResult[] {
  const ordered = [...rows].sort((a, b) => compareTexts(a.office, b.office));
  const shown = shownOf(
    ordered,
    ({ served, waiting }) => [served, waiting],
    ({ served, waiting }) => served + waiting,
  );
  return ordered.filter((row) => shown.has(row));
}

/** Every office's places, and how many were given out: none, or to ten households and more; null where that is not told. */
export function publishableGiven(
  rows: readonly OfficeGiven[],
): { office: string; places: number; given: number | null }[] {
  const used = rows.filter(({ parties }) => parties > 0);
  const shown = shownOf(
    used,
    ({ parties }) => [parties],
    ({ parties }) => parties,
  );
  return rows.map((row) => {
    const { office, places, given, parties } = row;
    return { office, places, given: parties === 0 || shown.has(row) ? given : null };
  });
}

/** What became of the households that were offered a place at one office. */
export interface OfficeOffers {
  readonly office: string;
  readonly open: number;
  /** Said yes, at filing or when asked. */
  readonly accepted: number;
  /** Said nothing, and kept the place. */
  readonly silent: number;
  readonly declined: number;
}
const ANSWERS = ["open", "accepted", "silent", "declined"] as const;

/** The same as staff may see it: nobody, or ten households and more; null where that is not told. */
export type ToldOffers = {
  readonly [Field in keyof OfficeOffers]: OfficeOffers[Field] | (Field extends "office" ? never : null);
};

export function visibleOffers(rows: readonly OfficeOffers[]): ToldOffers[] {
  const told = toldCounts(rows.map((row) => ANSWERS.map((answer) => row[answer])));
  return rows.map(({ office }, i) => {
    const [open, accepted, silent, declined] = told[i] as [Told, Told, Told, Told];
    return { office, open, accepted, silent, declined };
  });
}
type Told = number | null;

/**
 * Rows of counts as staff may see them. A row with few in all is not told. Of the others each count is told that is
 * none or ten and more: their sum is often public, so that a count that is hidden alone takes another with it.
 */
export function toldCounts(rows: readonly (readonly number[])[]): Told[][] {
  const sumOf = (row: readonly number[]): number => row.reduce((sum, count) => sum + count, 0);
  const visible = shownOf(
    rows.filter((row) => sumOf(row) > 0),
    (row) => [sumOf(row)],
    sumOf,
  );
  return rows.map((row) => {
    const given = [...row.keys()].filter((i) => row[i]! > 0);
    const shown = shownOf(
      given,
      (i) => [row[i]!],
      (i) => row[i]!,
    );
    const isTold = (i: number): boolean => sumOf(row) === 0 || (visible.has(row) && (row[i] === 0 || shown.has(i)));
    return row.map((count, i) => (isTold(i) ? count : null));
  });
}

/**
 * Rows of which no count is below ten and none can be worked out from the sums: a hidden row that is alone, or small
 * together with its like, takes the smallest of the others with it.
 */
export function shownOf<Row>(
  rows: readonly Row[],
  countsOf: (row: Row) => readonly number[],
  sizeOf: (row: Row) => number,
): Set<Row> {
  const isSmall = (count: number): boolean => count < SMALLEST_COUNT;
  const shown = new Set(rows.filter((row) => !countsOf(row).some(isSmall)));
  const hidden = rows.filter((row) => !shown.has(row));
  const sums = hidden
    .map(countsOf)
    .reduce<number[]>((sum, counts) => counts.map((count, i) => (sum[i] ?? 0) + count), []);
  const givenAway = hidden.length === 1 || sums.some(isSmall);
  if (hidden.length > 0 && givenAway && shown.size > 0)
    shown.delete([...shown].reduce((least, row) => (sizeOf(row) < sizeOf(least) ? row : least)));
  return shown;
}
