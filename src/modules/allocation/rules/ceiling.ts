import { CEILING_WEEKS, SMALLEST_COUNT } from "#kernel/draws.ts";
import { isPastCeiling, LEFT_OF_ALL, waitOf, type Waited } from "./waits.ts";

/** What would bring an office back under the ceiling, in steps of its counters. */
export interface Proposal {
  /** Once, in an extra session: a Saturday or a mobile consulate. */
  readonly places: number;
  /** More each week besides, where more families come than are served; without them it would not last. */
  readonly weekly: number;
}

/** With this chance in each draw 95 of 100 are served within eight of them, each lot being as good as another: 0.312. */
const CHANCE_NEEDED = 1 - LEFT_OF_ALL ** (1 / CEILING_WEEKS);

/**
 * The places that would mend an office past the ceiling; null where it is not, or where the latest draw had too few
 * households to tell.
 *
 * A lot does not look at who waited, so it is the number of those who stand that makes people wait: the session has to
 * serve so many that the places of a usual draw are a chance of 0.312 for those who are left. It serves at least
 * everybody who has waited longer than the ceiling. Fewer than ten places would tell of a family or two, and be no
 * session. Averages are over the draws given; who stands, of the latest.
 */
export function proposalFor(lines: readonly Waited[], latest: string): Proposal | null {
  const wait = waitOf(lines);
  if (wait === null || !isPastCeiling(wait)) return null;
  const now = lines.filter(({ drawId }) => drawId === latest);
  const draws = new Set(lines.map(({ drawId }) => drawId)).size;
  const stood = sum(now, "stood");
  if (stood < SMALLEST_COUNT) return null;
  const left = stood - sum(now, "served");
  const each = sum(now, "places") / stood;
  const served = sum(lines, "served") / draws;
  const newcomers =
    sum(
      lines.filter(({ weeks }) => weeks === 1),
      "stood",
    ) / draws;
  const overdue = now.filter(({ weeks }) => weeks > CEILING_WEEKS);
  const mustBeServed = sum(overdue, "stood") - sum(overdue, "served");
  const tooMany = Math.min(left, left + newcomers - served / CHANCE_NEEDED);
  const places = Math.ceil(Math.max(tooMany, mustBeServed, 0) * each);
  return {
    places: places === 0 ? 0 : Math.max(places, SMALLEST_COUNT),
    weekly: Math.ceil(Math.max(newcomers - served, 0) * each),
  };
}

function sum(lines: readonly Waited[], what: "stood" | "served" | "places"): number {
  return lines.reduce((total, one) => total + one[what], 0);
}
