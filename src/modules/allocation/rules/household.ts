import {
  BEYOND_SHARE,
  type Assignment,
  type Cutoffs,
  type Digest,
  type Entry,
  type Policy,
  type Turn,
} from "../types.ts";
import { findFit, fitAt, gridNeed, gridOf, gridOption, positionsOf, type Grid, type GridNeed } from "./grid.ts";
import { entryKey } from "./seed.ts";

/** What a household should have been given. */
export interface Expected {
  readonly turn: Turn;
  readonly assigned: Assignment | null;
}

/**
 * A household's own result, worked out from the published cutoffs and its own entry: nobody else's row is needed.
 * Exact, not a bound: it follows the same search as the draw, over the places that were left when its turn came.
 */
export function expectedOf(entry: Entry, seed: Digest, cutoffs: Cutoffs, policy: Policy): Expected {
  const grid = gridOf(
    cutoffs.cells.map(({ left, ...cell }) => ({ ...cell, places: left })),
    policy,
  );
  const key = entryKey(seed, entry.app);
  const turn = turnOf(entry, key, cutoffs);
  const groups = Object.keys(entry.need).sort();
  const need = gridNeed(grid, entry.need);
  const own = ownPlaces(grid, entry, need);
  const left = (slot: number): number => leftAt(cutoffs, grid.cellAt[slot]!, turn, key) + (own.get(slot) ?? 0);

  const ranks = entry.holds ? entry.holds.option : entry.options.length;
  for (let rank = 0; rank < ranks; rank++) {
    const option = gridOption(grid, entry.options[rank]!);
    const at = findFit(grid, option, need, 0, left);
    if (at === positionsOf(grid, option)) continue;
    const { office, day, band, later } = fitAt(grid, option, need, at, left);
    const seats = groups.map((group, index) => ({ group, band: band + ((later >> index) & 1) }));
    return {
      turn,
      assigned: { option: rank, office: grid.offices[office]!, date: grid.dateOf(day), seats },
    };
  }
  return { turn, assigned: entry.holds };
}

function turnOf(entry: Entry, key: Digest, cutoffs: Cutoffs): Turn {
  const beyond = (cutoff: Digest | null | undefined): boolean => cutoff != null && key >= cutoff;
  if (beyond(cutoffs.contacts[entry.contact])) return BEYOND_SHARE;
  if (entry.domain !== "" && beyond(cutoffs.domains[entry.domain])) return BEYOND_SHARE;
  if (entry.tier === 1 && !beyond(cutoffs.tiers[0])) return 1;
  return entry.tier <= 2 && !beyond(cutoffs.tiers[1]) ? 2 : 3;
}

/** Places of a cell when that turn came: after the last step that was earlier in the order. */
function leftAt(cutoffs: Cutoffs, cell: number, turn: Turn, key: Digest): number {
  if (cell < 0) return 0;
  const { left, steps } = cutoffs.cells[cell]!;
  const before = steps.filter((step) => step.turn < turn || (step.turn === turn && step.key < key));
  return before.at(-1)?.left ?? left;
}

function ownPlaces(grid: Grid, { holds }: Entry, { counts }: GridNeed): ReadonlyMap<number, number> {
  const own = new Map<number, number>();
  holds?.seats.forEach(({ group, band }, index) => {
    const [office, groupAt] = [grid.officeIndex.get(holds.office), grid.groupIndex.get(group)];
    if (office !== undefined && groupAt !== undefined) {
      own.set(grid.slot(office, grid.dayOf(holds.date), band, groupAt), counts[index]!);
    }
  });
  return own;
}
