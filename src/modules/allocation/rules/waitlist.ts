import { toldCounts } from "./shares.ts";
import type { Waited } from "./waits.ts";

/** Draws in which a household stood without a place: once, twice, three or four times, five and more. */
export const DRAWS_STOOD = [1, 2, 3, 5] as const;

export interface Waiting<Row> {
  readonly row: Row;
  /** Households by `DRAWS_STOOD`; null where the number is too small to be told. */
  readonly households: readonly (number | null)[];
}

/** Who is left of the latest draw that was counted, by office and service group: those who waited longest are seen to wait. */
export function waitlistOf<Row extends Waited>(lines: readonly Row[], keyOf: (line: Row) => string): Waiting<Row>[] {
  const latest = lines.filter(({ drawId }) => drawId === lines[0]!.drawId);
  const rows = new Map<string, { row: Row; counts: number[] }>();
  for (const line of latest) {
    const known = rows.get(keyOf(line)) ?? { row: line, counts: DRAWS_STOOD.map(() => 0) };
    known.counts[DRAWS_STOOD.findLastIndex((least) => line.weeks >= least)]! += line.stood - line.served;
    rows.set(keyOf(line), known);
  }
  const all = [...rows.values()];
  const told = toldCounts(all.map(({ counts }) => counts));
  return all.map(({ row }, i) => ({ row, households: told[i]! }));
}
