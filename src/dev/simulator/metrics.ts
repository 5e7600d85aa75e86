import { placesOf } from "./market.ts";
import { CHANNELS, type Channel, type Release, type ReleaseOutcome } from "./types.ts";

/** Sums over the counted releases. */
export interface Tally {
  places: number;
  sold: number;
  unused: number;
  revenueCents: number;
  costCents: number;
  watchingMinutes: number;
  persons: number;
  servedPersons: number;
  /** Releases that the served had waited before, by person. */
  waited: number;
  /** By channel and office: persons who asked, and those who got a place for nothing. */
  readonly asked: Map<string, number>;
  readonly free: Map<string, number>;
}

export interface Figures {
  /** Sold, or held by an attacker and used by nobody, of all places. */
  readonly captured: number;
  readonly sold: number;
  readonly wasted: number;
  /** Dollars for each 1,000 places. */
  readonly profit: number;
  /** Persons who got a place for nothing, of all who asked. */
  readonly free: number;
  readonly served: number;
  readonly freeBy: Readonly<Record<Channel, number>>;
  /** Between channels and offices; null when nobody is served for nothing. */
  readonly gini: number | null;
  /** Highest success of a channel by the lowest; null when one has none. */
  readonly maxMin: number | null;
  /** Hours that families watched, for each 1,000 places. */
  readonly hours: number;
  /** Releases that those served had asked in vain before. */
  readonly wait: number;
}

export function emptyTally(): Tally {
  return {
    places: 0,
    sold: 0,
    unused: 0,
    revenueCents: 0,
    costCents: 0,
    watchingMinutes: 0,
    persons: 0,
    servedPersons: 0,
    waited: 0,
    asked: new Map(),
    free: new Map(),
  };
}

export function addUp(tally: Tally, { households, cells }: Release, outcome: ReleaseOutcome): void {
  tally.places += placesOf(cells);
  tally.sold += outcome.soldPlaces;
  tally.unused += outcome.unusedPlaces;
  tally.revenueCents += outcome.revenueCents;
  tally.costCents += outcome.costCents;
  tally.watchingMinutes += outcome.watchingMinutes;
  households.forEach(({ size, channel, offices, waited }, family) => {
    const result = outcome.results[family]!;
    const group = `${channel} ${offices[0]}`;
    tally.persons += size;
    tally.asked.set(group, (tally.asked.get(group) ?? 0) + size);
    if (result === "none") return;
    tally.servedPersons += size;
    tally.waited += size * waited;
    if (result === "free") tally.free.set(group, (tally.free.get(group) ?? 0) + size);
  });
}

export function figuresOf(tally: Tally): Figures {
  const successOf = (groups: readonly string[]) => {
    const asked = groups.reduce((sum, group) => sum + tally.asked.get(group)!, 0);
    return asked === 0 ? 0 : groups.reduce((sum, group) => sum + (tally.free.get(group) ?? 0), 0) / asked;
  };
  const groups = [...tally.asked.keys()].sort();
  const of = (channel: Channel) => successOf(groups.filter((group) => group.startsWith(channel)));
  const freeBy = { web_fast: of("web_fast"), web_slow: of("web_slow"), phone: of("phone") };
  const rates = CHANNELS.map((channel) => freeBy[channel]);
  return {
    captured: (tally.sold + tally.unused) / tally.places,
    sold: tally.sold / tally.places,
    wasted: tally.unused / tally.places,
    profit: ((tally.revenueCents - tally.costCents) * 10) / tally.places,
    free: successOf(groups),
    served: tally.servedPersons / tally.persons,
    freeBy,
    gini: gini(groups.map((group) => successOf([group]))),
    maxMin: Math.min(...rates) === 0 ? null : Math.max(...rates) / Math.min(...rates),
    hours: ((tally.watchingMinutes / 60) * 1_000) / tally.places,
    wait: tally.servedPersons === 0 ? 0 : tally.waited / tally.servedPersons,
  };
}

/** 0 when all fare alike, towards 1 when one has all; null when there is nothing to share. */
export function gini(values: readonly number[]): number | null {
  const total = values.reduce((sum, value) => sum + value, 0);
  if (total === 0) return null;
  const apart = values.reduce((sum, a) => sum + values.reduce((inner, b) => inner + Math.abs(a - b), 0), 0);
  return apart / (2 * values.length * total);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
