import { compareTexts } from "./leaf.ts";
import { SMALLEST_COUNT } from "./counts.ts";

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

/**
 * An office with few offers is not told at all. Of the others each answer is told that none or ten and more gave: their
 * sum is often public, as the places that the office gave out, so that an answer that is hidden alone takes another with it.
 */
export function visibleOffers(rows: readonly OfficeOffers[]): ToldOffers[] {
  const sumOf = (row: OfficeOffers): number => ANSWERS.reduce((sum, answer) => sum + row[answer], 0);
  const offices = shownOf(
    rows.filter((row) => sumOf(row) > 0),
    (row) => [sumOf(row)],
    sumOf,
  );
  return rows.map((row) => {
    const given = ANSWERS.filter((answer) => row[answer] > 0);
    const shown = shownOf(
      given,
      (answer) => [row[answer]],
      (answer) => row[answer],
    );
    const isTold = (answer: (typeof ANSWERS)[number]): boolean =>
      sumOf(row) === 0 || (offices.has(row) && (row[answer] === 0 || shown.has(answer)));
    const told = (answer: (typeof ANSWERS)[number]): number | null => (isTold(answer) ? row[answer] : null);
    return {
      office: row.office,
      open: told("open"),
      accepted: told("accepted"),
      silent: told("silent"),
      declined: told("declined"),
    };
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
