import { SMALLEST_COUNT } from "./draws.ts";

/** A count, or null for one that is too small to be told. */
export type Told = number | null;

/**
 * Counts whose sum is told too: those of fewer than ten are not, and where one alone or too few together would be
 * given away by the sum, the smallest of the others goes with them. None is told as none.
 */
export function told(counts: readonly number[]): Told[] {
  const given = [...counts.keys()].filter((i) => counts[i]! > 0);
  const hidden = new Set(given.filter((i) => counts[i]! < SMALLEST_COUNT));
  const sum = [...hidden].reduce((all, i) => all + counts[i]!, 0);
  const rest = given.filter((i) => !hidden.has(i));
  if (hidden.size > 0 && rest.length > 0 && (hidden.size === 1 || sum < SMALLEST_COUNT))
    hidden.add(rest.reduce((least, i) => (counts[i]! < counts[least]! ? i : least)));
  return counts.map((count, i) => (hidden.has(i) ? null : count));
}
