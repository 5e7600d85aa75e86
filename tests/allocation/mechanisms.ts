import { allocate } from "#modules/allocation/rules/allocate.ts";
import { entryKey } from "#modules/allocation/rules/seed.ts";
import type { Digest, Entry, Market, Option } from "#modules/allocation/types.ts";

/** Which cell (its index in the market) each entry got, by number; the cells of these tests have one group and one band. */
export type Given = ReadonlyMap<string, number>;
export type Mechanism = (market: SmallMarket, seed: Digest) => Given;
export interface SmallMarket extends Market {
  readonly entries: readonly Entry[];
}

const PER_MILLE = 1000;

/** The rules that ship. */
export const shipped: Mechanism = (market, seed) => {
  const given = new Map<string, number>();
  for (const { app, assigned } of allocate(market, seed).outcomes()) {
    if (!assigned) continue;
    const { office, date } = assigned;
    given.set(
      app,
      market.cells.findIndex((cell) => cell.office === office && cell.date === date),
    );
  }
  return given;
};

/** "First choices first": everybody's first wish, then everybody's second. Known to reward strategy. */
export const boston: Mechanism = (market, seed) => {
  const walk = walker(market);
  const order = byTier(market.entries, seed);
  for (let rank = 0; rank < market.policy.maxOptions; rank++) {
    for (const entry of order) walk.give(entry, entry.options.slice(rank, rank + 1));
  }
  return walk.given;
};

/** A share of every cell for tiers 1 and 2 first; what they leave is released to all at the end. */
export const releasedReserve: Mechanism = (market, seed) => {
  const walk = walker(market);
  const order = byTier(market.entries, seed);
  const reserve = market.cells.map(({ places }) => Math.ceil(places / 2));
  reserve.forEach((places, cell) => (walk.left[cell]! -= places));
  const open = [...walk.left];
  walk.left.splice(0, walk.left.length, ...reserve);
  for (const entry of order) if (entry.tier < 3) walk.give(entry, entry.options);
  const unused = [...walk.left];
  walk.left.splice(0, walk.left.length, ...open);
  for (const entry of order) walk.give(entry, entry.options);
  unused.forEach((places, cell) => (walk.left[cell]! += places));
  for (const entry of order) walk.give(entry, entry.options);
  return walk.given;
};

/** Tiers capped by a share of the office that an entry ranks first, so that ranking decides the place in the order. */
export const perOfficeCap: Mechanism = (market, seed) => {
  const walk = walker(market);
  const used = new Map<string, number>();
  const inside = new Set<string>();
  for (const entry of byKey(market.entries, seed)) {
    const office = entry.options[0]!.offices[0]!;
    const supply = market.cells.reduce((sum, cell) => sum + (cell.office === office ? cell.places : 0), 0);
    const share = market.policy.tierShares[entry.tier === 1 ? 0 : 1];
    const after = (used.get(office) ?? 0) + entry.need.documentacion!;
    if (entry.tier === 3 || after > Math.floor((supply * share) / PER_MILLE)) continue;
    used.set(office, after);
    inside.add(entry.app);
  }
  const order = byKey(market.entries, seed);
  for (const entry of order) if (inside.has(entry.app)) walk.give(entry, entry.options);
  for (const entry of order) walk.give(entry, entry.options);
  return walk.given;
};

function walker({ cells }: SmallMarket) {
  const left = cells.map(({ places }) => places);
  const given = new Map<string, number>();
  const give = (entry: Entry, options: readonly Option[]): void => {
    if (given.has(entry.app)) return;
    for (const option of options) {
      for (const cell of cellsOf(option, cells)) {
        if (left[cell]! < entry.need.documentacion!) continue;
        left[cell]! -= entry.need.documentacion!;
        given.set(entry.app, cell);
        return;
      }
    }
  };
  return { left, given, give };
}

/** Cells of an option in the order in which the draw tries them. */
export function cellsOf({ offices, from, to }: Option, cells: Market["cells"]): number[] {
  return cells
    .map((cell, index) => ({ ...cell, index, office: offices.indexOf(cell.office) }))
    .filter(({ office, date }) => office >= 0 && date >= from && date <= to)
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.office - b.office))
    .map(({ index }) => index);
}

function byKey(entries: readonly Entry[], seed: Digest): Entry[] {
  return entries
    .map((entry) => ({ entry, key: entryKey(seed, entry.app) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ entry }) => entry);
}

function byTier(entries: readonly Entry[], seed: Digest): Entry[] {
  return byKey(entries, seed).sort((a, b) => a.tier - b.tier);
}
