import { mulberry32 } from "#kernel/mulberry32.ts";
import { aCell, aDigest, anApp, anEntry, anOption, aPolicy } from "#modules/allocation/allocation.fixtures.ts";
import type { Digest, Entry, Option, Policy, Tier } from "#modules/allocation/types.ts";
import { cellsOf, type Given, type Mechanism, type SmallMarket } from "./mechanisms.ts";

/** Nothing, or a place that the party cannot use. */
export const NOTHING = Number.POSITIVE_INFINITY;

export interface Example {
  readonly market: SmallMarket;
  readonly seed: Digest;
  /** Every list of one to three wishes that anybody could hand in. */
  readonly lists: readonly (readonly Option[])[];
}

/** Two offices, two days, two to four parties of one to four persons, tiers whose shares bind. */
export function smallExample(number: number, changes: Partial<Policy> = {}): Example {
  const random = mulberry32(number);
  const below = (limit: number): number => Math.floor(random() * limit);
  const days = ["2027-03-01", "2027-03-02"];
  const offices = ["dallas", "omaha"];
  const cells = offices.flatMap((office) => days.map((date) => aCell({ office, date, places: 1 + below(4) })));
  const [first, last] = days as [string, string];
  const wish = (list: string[], from: string, to: string): Option =>
    anOption({ offices: list, from, to, weekdays: 0b1111111, bands: 1 });
  const universe = [
    ...offices.flatMap((office) => days.map((day) => wish([office], day, day))),
    ...offices.map((office) => wish([office], first, last)),
    wish(["omaha", "dallas"], first, last),
  ];
  const lists = listsOf(universe, 3);
  const entries = Array.from({ length: 2 + below(3) }, (_, index) => {
    const persons = 1 + below(4);
    return anEntry({
      app: anApp(`${number}/${index}`),
      persons,
      need: { documentacion: persons },
      tier: (1 + below(3)) as Tier,
      options: lists[below(lists.length)]!,
    });
  });
  const policy = aPolicy({
    bands: ["day"],
    tierShares: [[200, 400, 600][below(3)]!, [200, 400, 600][below(3)]!],
    ...changes,
  });
  return { market: { cells, policy, entries }, seed: aDigest(`seed ${number}`), lists };
}

function listsOf(universe: readonly Option[], most: number): Option[][] {
  if (most === 0) return [];
  return universe.flatMap((first) => {
    const others = universe.filter((option) => option !== first);
    return [[first], ...listsOf(others, most - 1).map((rest) => [first, ...rest])];
  });
}

/** How good what an entry got is to her: the place of the cell in the order of her true wishes, 0 best. */
export function valueOf(truth: Entry, given: Given, { cells }: SmallMarket): number {
  const cell = given.get(truth.app);
  if (cell === undefined) return NOTHING;
  const wanted = [...new Set(truth.options.flatMap((option) => cellsOf(option, cells)))];
  const rank = wanted.indexOf(cell);
  return rank < 0 ? NOTHING : rank;
}

export interface Tally {
  tried: number;
  profitable: number;
}

/** A lie about one entry; undefined when this party cannot tell it. */
export type Lie = (truth: Entry, example: Example) => readonly Entry[];

/** Any other list of wishes. */
export const otherWishes: Lie = (truth, { lists }) => lists.map((options) => ({ ...truth, options }));

/** A later tier than she has, with any list. */
export const worseTier: Lie = (truth, { lists }) =>
  ([2, 3] as const)
    .filter((tier) => tier > truth.tier)
    .flatMap((tier) => lists.map((options) => ({ ...truth, tier, options })));

/** A stranger taken along, with any list. */
export const padding: Lie = (truth, { lists }) => {
  const persons = truth.persons + 1;
  return lists.map((options) => ({ ...truth, persons, need: { documentacion: persons }, options }));
};

/** An earlier tier than she has: the one thing here that helps, and that the counter looks at. */
export const betterTier: Lie = (truth) =>
  ([1, 2] as const).filter((tier) => tier < truth.tier).map((tier) => ({ ...truth, tier }));

/** Tries every lie of every entry against the truth of all others. */
export function tryLies(mechanism: Mechanism, examples: readonly Example[], lie: Lie): Tally {
  const tally: Tally = { tried: 0, profitable: 0 };
  for (const example of examples) {
    const { market, seed } = example;
    const honest = mechanism(market, seed);
    market.entries.forEach((truth, index) => {
      const before = valueOf(truth, honest, market);
      for (const told of lie(truth, example)) {
        const entries = market.entries.with(index, told);
        const after = valueOf(truth, mechanism({ ...market, entries }, seed), market);
        tally.tried += 1;
        if (after < before) tally.profitable += 1;
      }
    });
  }
  return tally;
}
