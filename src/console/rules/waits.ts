import type { WaitRow } from "../api/types.ts";

/** Those past the ceiling, where most places are missing first; then the others, the longest wait first, the unknown last. */
export function sortWaits(rows: readonly WaitRow[]): { past: WaitRow[]; others: WaitRow[] } {
  const missing = ({ proposal }: WaitRow): number => (proposal ? proposal.places + proposal.weekly : 0);
  const length = ({ weeks, more }: WaitRow): number => (weeks === null ? 0 : weeks + (more ? 0.5 : 0));
  return {
    past: rows.filter(({ past }) => past).sort((a, b) => missing(b) - missing(a) || length(b) - length(a)),
    others: rows.filter(({ past }) => !past).sort((a, b) => length(b) - length(a)),
  };
}
