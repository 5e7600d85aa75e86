import { DRAW_FROM, IMMEDIATE_UP_TO } from "#kernel/draws.ts";
import type { Need, Option } from "../types.ts";

export type Regime = "draw" | "immediate";

/** Draws whose demand is taken together: one cold week changes nothing. */
export const DRAWS_TOGETHER = 2;
/** Fewer places over the five weeks of a draw, and one family more or less would decide. Our own number: two a day. */
export const LEAST_PLACES = 50;

export { DRAWABLE_GROUPS } from "#kernel/draws.ts";

/** Why it is as it is. */
export const REGIME_REASONS = [
  "scarce",
  "between",
  "room",
  "room_once",
  "room_twice",
  "too_few",
  "by_hand",
  "left_to_measure",
] as const;
export type RegimeReason = (typeof REGIME_REASONS)[number];

/** Places (steps of a counter) that were asked for, and that there were. */
export interface Demand {
  readonly asked: number;
  readonly places: number;
}

/** Demand of several draws together; null where there was too little to tell. */
export function ratioOf(demands: readonly Demand[]): number | null {
  const places = demands.reduce((sum, one) => sum + one.places, 0);
  if (places < LEAST_PLACES * demands.length || demands.length === 0) return null;
  return demands.reduce((sum, one) => sum + one.asked, 0) / places;
}

/**
 * Draw or immediate booking, with the old one kept between the two bounds. Back to immediate only after two measures
 * with room: `before` is the ratio of the draw before, null when there was none since the office draws. What people
 * decided by hand stays until they leave it to the measure again.
 */
export function decideRegime(now: {
  readonly regime: Regime;
  readonly byHand: boolean;
  readonly ratio: number | null;
  readonly before: number | null;
}): { readonly regime: Regime; readonly reason: RegimeReason } {
  const { regime, byHand, ratio, before } = now;
  if (byHand) return { regime, reason: "by_hand" };
  if (ratio === null) return { regime, reason: "too_few" };
  if (ratio >= DRAW_FROM) return { regime: "draw", reason: "scarce" };
  if (ratio > IMMEDIATE_UP_TO) return { regime, reason: "between" };
  if (regime === "immediate") return { regime, reason: "room" };
  if (before === null || before > IMMEDIATE_UP_TO) return { regime, reason: "room_once" };
  return { regime: "immediate", reason: "room_twice" };
}

/** Entries that are alike in their first wish and their need. */
export interface AlikeEntries {
  readonly option: Option;
  readonly need: Need;
  readonly entries: number;
}

/**
 * Places asked for, by office and service group: each entry's own need, so that people count as much as the counters
 * that they need, as the supply does. Counted at the offices of its first wish, in equal parts, for it wants one of
 * them: over the network every household counts once. `draws` says which offices draw a group.
 */
export function askedPlaces(
  alike: Iterable<AlikeEntries>,
  draws: (office: string, group: string) => boolean,
): Map<string, number> {
  const asked = new Map<string, number>();
  for (const { option, need, entries } of alike)
    for (const [group, places] of Object.entries(need)) {
      const offices = option.offices.filter((office) => draws(office, group));
      for (const office of offices) {
        const key = regimeKey(office, group);
        asked.set(key, (asked.get(key) ?? 0) + (places * entries) / offices.length);
      }
    }
  return asked;
}

export function regimeKey(office: string, group: string): string {
  return `${office} ${group}`;
}
