import type { Assignment, Cell, DrawId, Entry, Need } from "../types.ts";

/**
 * Where an entry of the first draw stands when the time to accept is over. `given_back`: declined, lapsed, or won by
 * a leaf that is not live. Silence after "confirm without asking me again" is `kept`.
 */
export type Standing = "waiting" | "kept" | "kept_and_upgrading" | "given_back" | "withdrawn";

/** An entry of the first draw with what became of it. */
export interface FirstRound {
  readonly entry: Entry;
  readonly assigned: Assignment | null;
  readonly standing: Standing;
}

/**
 * The entries of the second round: everybody who waits and everybody who keeps a place but wants a better-ranked
 * one, alike. The order is fresh, from a later round, so that whoever gives a place back cannot choose who gets it.
 */
export function* secondRoundEntries(draw: DrawId, first: Iterable<FirstRound>): Generator<Entry> {
  for (const { entry, assigned, standing } of first) {
    if (standing === "waiting") yield { ...entry, draw, holds: null };
    // The first option is the best there is: nothing to wait for.
    if (standing === "kept_and_upgrading" && assigned && assigned.option > 0) yield { ...entry, draw, holds: assigned };
  }
}

/** The supply of the second round: what was left and what came back. Cells with nothing left stay, for upgraders hold places there. */
export function secondRoundSupply(
  cells: readonly Cell[],
  left: readonly number[],
  first: Iterable<FirstRound>,
): Cell[] {
  const places = [...left];
  const indexOf = new Map(cells.map((cell, index) => [cellKey(cell), index]));
  for (const { entry, assigned, standing } of first) {
    if (!assigned || standing !== "given_back") continue;
    for (const [cell, count] of cellsOf(assigned, entry.need)) places[indexOf.get(cell)!]! += count;
  }
  return cells.map((cell, index) => ({ ...cell, places: places[index]! }));
}

/** Places that an assignment takes, by `cellKey`. */
export function cellsOf({ office, date, seats }: Assignment, need: Need): [string, number][] {
  return seats.map(({ group, band }) => [cellKey({ office, group, date, band }), need[group]!]);
}

export function cellKey({ office, group, date, band }: Omit<Cell, "places">): string {
  return `${date}/${band}/${office}/${group}`;
}
