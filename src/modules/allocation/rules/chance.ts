import { SMALLEST_COUNT } from "#kernel/draws.ts";

/** Households of past draws that asked alike. */
export interface AskedAlike {
  readonly persons: number;
  readonly groups: readonly string[];
  /** Every office of their wishes. */
  readonly offices: readonly string[];
  readonly asked: number;
  readonly served: number;
}

export interface Household {
  readonly persons: number;
  readonly groups: readonly string[];
  /** The office it would rather go to. */
  readonly office: string;
}

/** Of ten households like this one, so many got a place; 0 stands for fewer than one, unless nobody did. */
export interface Chance {
  readonly inTen: number;
  readonly nobody: boolean;
  /** Which households are like it: fewer than ten are never told of (hardening 3). */
  readonly like: "size" | "office" | "network";
}

const OF_TEN = 10;

interface Tally {
  asked: number;
  served: number;
}
export type Tallies = ReadonlyMap<string, Readonly<Tally>>;

/** Counts by groups, then by office, then by size: each household once in every line. */
export function tally(all: readonly AskedAlike[]): Tallies {
  const tallies = new Map<string, Tally>();
  for (const { persons, groups, offices, asked, served } of all) {
    const lines = [keyOf(groups), ...offices.flatMap((one) => [keyOf(groups, one), keyOf(groups, one, persons)])];
    for (const line of lines) {
      const sum = tallies.get(line) ?? { asked: 0, served: 0 };
      tallies.set(line, { asked: sum.asked + asked, served: sum.served + served });
    }
  }
  return tallies;
}

/** The chance of a household from past draws alone; undefined while there were too few households to tell one. */
export function chanceOf(tallies: Tallies, { persons, groups, office }: Household): Chance | undefined {
  const wider = [
    ["size", keyOf(groups, office, persons)],
    ["office", keyOf(groups, office)],
    ["network", keyOf(groups)],
  ] as const;
  for (const [like, line] of wider) {
    const found = tallies.get(line);
    if (found && found.asked >= SMALLEST_COUNT) return { ...inTen(found), like };
  }
  return undefined;
}

/** Rounded, but all and nobody are said only of all and of nobody. */
function inTen({ asked, served }: Readonly<Tally>): Pick<Chance, "inTen" | "nobody"> {
  const rounded = Math.round((OF_TEN * served) / asked);
  return { inTen: served < asked ? Math.min(rounded, OF_TEN - 1) : rounded, nobody: served === 0 };
}

function keyOf(groups: readonly string[], office = "", persons = 0): string {
  return [[...groups].sort().join("+"), office, persons].join(" ");
}
