import { type Cell } from "../types.ts";

/** A6, the hoarder: places under invented names, the same share of every cell; how many from each. */
export function hoardFrom(cells: readonly Cell[], share: number): number[] {
  let owed = 0;
  return cells.map(({ places }) => {
    owed += places * share;
    const taken = Math.min(places, Math.round(owed));
    owed -= taken;
    return taken;
  });
}
