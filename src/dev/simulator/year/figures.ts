import type { LocalDate } from "#kernel/ids.ts";
import { readNetwork } from "./network.ts";
import { WARM_UP_DAYS, YEAR } from "./parameters.ts";
import { noUse, type Happening, type Use } from "./tally.ts";
import { playYear, type Length, type Played } from "./year.ts";

/** What a run is told by; the same seed and length give the same. */
export interface YearFigures {
  readonly seed: number;
  readonly length: Length;
  readonly offices: number;
  readonly zones: number;
  readonly storms: number;
  readonly use: Use;
  readonly weeks: readonly Use[];
  readonly counts: Readonly<Partial<Record<Happening, number>>>;
  /** By the classes of `HOURS_TO_NEW` and `DAYS_LATER`. */
  readonly hoursToNew: readonly number[];
  readonly daysLater: readonly number[];
  readonly most: { readonly places: number; readonly parties: number };
  readonly inspected: { readonly days: number; readonly places: number; readonly localHours: number };
}

/** What the computer needed; another one needs something else. */
export interface Effort {
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

/** What docs/simulation/year.json keeps. */
export interface YearFile {
  readonly year: YearFigures;
  readonly effort: Effort;
  /** A short run of few offices, which a test plays again. */
  readonly sample: YearFigures;
}

export const SEED = 1;
/** Offices of the sample: a big one that draws and three small ones, of both countries, with and without clock changes. */
export const SAMPLE_OFFICES: readonly string[] = ["chicago", "nogales", "leamington", "san-juan"];
/** Over the clock change of March. */
export const SAMPLE_LENGTH: Length = { from: "2027-03-04" as LocalDate, warmUp: 7, days: 14 };
export const YEAR_LENGTH: Length = { from: YEAR.from as LocalDate, warmUp: WARM_UP_DAYS, days: YEAR.days };

/** Plays and tells. Throws where something that must hold did not. */
export function figuresOf(
  seed: number,
  length: Length,
  only?: readonly string[],
  said?: (on: LocalDate) => void,
): YearFigures {
  const network = readNetwork(only);
  const { tally, storms, broken }: Played = playYear(network, seed, length, undefined, said);
  if (broken)
    throw new Error(`${broken.on}: ${[...broken.rules].map(([rule, where]) => `${rule} (${where})`).join("; ")}`);
  const use = noUse();
  for (const week of tally.weeks) for (const name of Object.keys(use) as (keyof Use)[]) use[name] += week[name];
  return {
    seed,
    length,
    offices: network.offices.length,
    zones: new Set(network.offices.map((one) => one.zone)).size,
    storms,
    use,
    weeks: tally.weeks,
    counts: Object.fromEntries([...tally.counts].sort(([a], [b]) => (a < b ? -1 : 1))),
    hoursToNew: tally.hoursToNew,
    daysLater: tally.daysLater,
    most: tally.most,
    inspected: tally.inspected,
  };
}

/** Places that there were, whatever became of them. */
export function placesOf({ holiday: _, ...use }: Use): number {
  return Object.values(use).reduce((sum, one) => sum + one, 0);
}
