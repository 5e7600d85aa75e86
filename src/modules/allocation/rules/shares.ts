import { compareTexts } from "./leaf.ts";
import { SMALLEST_COUNT } from "./counts.ts";

/** What became of the households whose first wish was one office. */
export interface OfficeResult {
  readonly office: string;
  /** Of them, given a place, wherever it is. */
  readonly served: number;
  readonly waiting: number;
}

/**
 * The rows that may be published: no number below ten, neither of those who got a place nor of those who wait, and
 * none that the sums over all offices, which the signed result tells, give away. So a single hidden office takes the
 * smallest of the others with it.
 */
export function publishableResults(rows: readonly OfficeResult[]): OfficeResult[] {
  const isSmall = (count: number): boolean => count < SMALLEST_COUNT;
  const ordered = [...rows].sort((a, b) => compareTexts(a.office, b.office));
  const shown = ordered.filter(({ served, waiting }) => !isSmall(served) && !isSmall(waiting));
  const hidden = ordered.filter((row) => !shown.includes(row));
  const size = ({ served, waiting }: OfficeResult): number => served + waiting;
  const sums = hidden.reduce(
    (sum, { served, waiting }) => ({ served: sum.served + served, waiting: sum.waiting + waiting }),
    { served: 0, waiting: 0 },
  );
  const givenAway = hidden.length === 1 || isSmall(sums.served) || isSmall(sums.waiting);
  if (hidden.length === 0 || !givenAway || shown.length === 0) return shown;
  const least = shown.reduce((smallest, row) => (size(row) < size(smallest) ? row : smallest));
  return shown.filter((row) => row !== least);
}
