import { SMALLEST_COUNT } from "#kernel/draws.ts";
import type { CountRow } from "../types.ts";
import { compareTexts } from "./leaf.ts";

/**
 * The numbers of filings that may be published: none below ten, and none that the others give away. Where one number
 * of an office's row or column is hidden, a second goes with it, because totals are known elsewhere.
 */
export function publishableCounts(rows: readonly CountRow[]): CountRow[] {
  const ordered = [...rows].sort(compareRows);
  const hidden = new Set(ordered.filter(({ entries }) => entries < SMALLEST_COUNT));
  const lines = [...linesOf(ordered, ({ office, tier }) => `${office}/${tier}`)].concat([
    ...linesOf(ordered, ({ office, channel }) => `${office}/${channel}`),
  ]);
  for (let changed = true; changed;) {
    changed = false;
    for (const line of lines) {
      const shown = line.filter((row) => !hidden.has(row));
      if (line.length - shown.length !== 1 || shown.length === 0) continue;
      hidden.add(shown.reduce((least, row) => (row.entries < least.entries ? row : least)));
      changed = true;
    }
  }
  return ordered.filter((row) => !hidden.has(row));
}

function compareRows(a: CountRow, b: CountRow): number {
  return compareTexts(a.office, b.office) || a.tier - b.tier || compareTexts(a.channel, b.channel);
}

function linesOf(rows: readonly CountRow[], keyOf: (row: CountRow) => string): Iterable<CountRow[]> {
  const lines = new Map<string, CountRow[]>();
  for (const row of rows) {
    const line = lines.get(keyOf(row));
    if (line) line.push(row);
    else lines.set(keyOf(row), [row]);
  }
  return lines.values();
}
