import type { CellCutoff, Cutoffs, Step, Turn } from "../types.ts";
import type { Book } from "./book.ts";
import { compareCells } from "./leaf.ts";
import { column, push } from "./numbers.ts";
import type { Order } from "./order.ts";

/** Steps in the order in which they happened; above `most` places nobody can tell the difference. */
export interface Steps {
  readonly slots: Int32Array;
  readonly positions: Uint32Array;
  readonly left: Uint8Array;
}

export function recordSteps(most: number) {
  const slots = column((length) => new Int32Array(length));
  const positions = column((length) => new Uint32Array(length));
  const left = column((length) => new Uint8Array(length));
  return {
    change(slot: number, position: number, before: number, after: number): void {
      if (before >= most && after >= most) return;
      push(slots, slot);
      push(positions, position);
      push(left, Math.min(after, most));
    },
    all: (): Steps => ({
      slots: slots.values.subarray(0, slots.length),
      positions: positions.values.subarray(0, positions.length),
      left: left.values.subarray(0, left.length),
    }),
  };
}

/** How each cell's last places went, without a row of anybody's: what every household needs to check its own result. */
export function cutoffsOf(book: Book, order: Order, steps: Steps): Cutoffs {
  const { grid, policy } = book;
  const bySlot = new Map<number, number[]>();
  steps.slots.forEach((slot, at) => {
    const list = bySlot.get(slot);
    if (list) list.push(at);
    else bySlot.set(slot, [at]);
  });

  const cells: CellCutoff[] = [];
  grid.cellAt.forEach((cell, slot) => {
    if (cell < 0) return;
    const [group, band, day, office] = unfold(slot, [grid.groups.length, grid.bands, grid.days, grid.offices.length]);
    const start = Math.min(grid.places[slot]!, policy.maxPlaces);
    cells.push({
      office: grid.offices[office!]!,
      group: grid.groups[group!]!,
      date: grid.dateOf(day!),
      band: band!,
      left: start,
      steps: stepsOf(bySlot.get(slot) ?? [], steps, order, start),
    });
  });
  return {
    tiers: order.tierCutoffs,
    contacts: order.contactCutoffs,
    domains: order.domainCutoffs,
    cells: cells.sort(compareCells),
  };
}

/** One step per turn that changed the number: who gives back and takes again in one turn changes it once. */
function stepsOf(list: readonly number[], steps: Steps, order: Order, start: number): Step[] {
  const result: Step[] = [];
  let before = start;
  list.forEach((at, index) => {
    const position = steps.positions[at]!;
    const next = list[index + 1];
    if (next !== undefined && steps.positions[next] === position) return;
    const left = steps.left[at]!;
    if (left === before) return;
    before = left;
    const row = order.rows[position]!;
    result.push({ turn: order.turns[row] as Turn, key: order.keyOf(row), left });
  });
  return result;
}

function unfold(slot: number, sizes: readonly number[]): number[] {
  let rest = slot;
  return sizes.map((size) => {
    const index = rest % size;
    rest = Math.floor(rest / size);
    return index;
  });
}
