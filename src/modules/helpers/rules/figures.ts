import { SMALLEST_COUNT } from "#kernel/draws.ts";
import { told, type Told } from "#kernel/small-counts.ts";
import type { HelpLanguage } from "../types.ts";
import type { Visits } from "./allowance.ts";

/** Hundredths: beside the kept visits an exact share would tell the few that were missed. */
const SHARE_STEP = 5;

/** What a helper may be proud of. Counts that are too small to be told are null. */
export interface Figures {
  /** People since it was registered. The helper counted them itself: nothing is given away. */
  readonly persons: number;
  readonly kept: Told;
  /** Hundredths of the visits that are over, in steps of five; null while there are too few. */
  readonly keptShare: number | null;
  readonly languages: readonly { readonly language: HelpLanguage; readonly entries: Told }[];
}

export function figuresOf(
  persons: number,
  { kept, missed }: Visits,
  languages: readonly { readonly language: HelpLanguage; readonly entries: number }[],
): Figures {
  const counts = told(languages.map((one) => one.entries));
  const all = kept + missed;
  return {
    persons,
    kept: kept > 0 && kept < SMALLEST_COUNT ? null : kept,
    keptShare: all < SMALLEST_COUNT ? null : SHARE_STEP * Math.round((100 * kept) / all / SHARE_STEP),
    languages: languages.map(({ language }, i) => ({ language, entries: counts[i]! })),
  };
}
