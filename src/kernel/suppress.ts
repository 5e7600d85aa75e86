import { SMALLEST_COUNT } from "./draws.ts";
import type { Told } from "./small-counts.ts";

/** Counts in rows and columns with their sums, as they may leave the house; null: not told. */
export interface ToldTable {
  readonly cells: readonly (readonly Told[])[];
  readonly rowSums: readonly Told[];
  readonly columnSums: readonly Told[];
  readonly total: Told;
}

/** A cell by its row and column; the sums are the last row and the last column. */
type Edge = readonly [row: number, column: number];

/**
 * Leaves out every count from 1 to 9, and as many others as it takes so that nobody can compute one of them from the
 * sums (complementary suppression). Each row and each column with its sum is an equation. Seen as a graph of rows and columns
 * with a hidden cell as an edge, a hidden cell follows from the rest just where its edge lies on no circle of hidden
 * cells. So each is given a circle, of other hidden cells if it can be, else of those that lose the least. A circle goes through
 * cells that are not zero only: along it each count can be one more or one less in turn, so that two answers always fit.
 * Zeros are told. Rows may have any number of columns, all the same.
 */
export function suppress(counts: readonly (readonly number[])[]): ToldTable {
  const width = counts[0]?.length ?? 0;
  const whole = withSums(counts, width);
  const height = whole.length;
  const hidden = whole.map((row) => row.map((count) => count > 0 && count < SMALLEST_COUNT));
  const edges = (): Edge[] =>
    hidden.flatMap((row, r) => row.flatMap((isHidden, c): Edge[] => (isHidden ? [[r, c]] : [])));
  // A cell that was given a circle keeps it, for nothing is ever told again.
  for (const [r, c] of edges()) {
    const path = cheapestPath(whole, hidden, [r, c], width, height);
    for (const [row, column] of path) hidden[row]![column] = true;
  }
  const told = whole.map((row, r) => row.map((count, c): Told => (hidden[r]![c] ? null : count)));
  return {
    cells: told.slice(0, -1).map((row) => row.slice(0, -1)),
    rowSums: told.slice(0, -1).map((row) => row[width]!),
    columnSums: told[height - 1]!.slice(0, -1),
    total: told[height - 1]![width]!,
  };
}

function withSums(counts: readonly (readonly number[])[], width: number): number[][] {
  const sum = (all: readonly number[]): number => all.reduce((some, one) => some + one, 0);
  const rows = counts.map((row) => [...row, sum(row)]);
  return [...rows, Array.from({ length: width + 1 }, (_, c) => sum(rows.map((row) => row[c]!)))];
}

/** The cells that close a circle with this one: from its row to its column by cells that are not zero (Dijkstra; nodes are rows, then columns). */
function cheapestPath(
  whole: readonly (readonly number[])[],
  hidden: readonly (readonly boolean[])[],
  [from, to]: Edge,
  width: number,
  height: number,
): Edge[] {
  const nodes = height + width + 1;
  const target = height + to;
  const cost = Array<number>(nodes).fill(Infinity);
  const before = Array<Edge | undefined>(nodes).fill(undefined);
  const done = new Set<number>();
  cost[from] = 0;
  for (;;) {
    let node = -1;
    for (let one = 0; one < nodes; one++)
      if (!done.has(one) && cost[one]! < (node < 0 ? Infinity : cost[node]!)) node = one;
    if (node < 0 || node === target) break;
    done.add(node);
    const isRow = node < height;
    for (let other = isRow ? height : 0; other < (isRow ? nodes : height); other++) {
      const [r, c] = isRow ? [node, other - height] : [other, node - height];
      if (whole[r]![c] === 0 || (r === from && c === to)) continue;
      const far = cost[node]! + (hidden[r]![c] ? 0 : whole[r]![c]!);
      if (far >= cost[other]!) continue;
      cost[other] = far;
      before[other] = [r, c];
    }
  }
  const path: Edge[] = [];
  for (let node = target; node !== from;) {
    const edge = before[node]!;
    path.push(edge);
    node = node < height ? height + edge[1] : edge[0];
  }
  return path;
}
