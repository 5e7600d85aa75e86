import type { Score } from "./score.ts";

export const LEVELS = ["green", "yellow", "orange", "red"] as const;
export type Level = (typeof LEVELS)[number];

/** Points from which on each level begins. Changed by an analyst after seeing what it would have done (fairness.md 4.4.4). */
export interface Thresholds {
  readonly yellow: number;
  readonly orange: number;
  readonly red: number;
}
export const THRESHOLDS: Thresholds = { yellow: 25, orange: 50, red: 75 };

/** Independent kinds of evidence that a level needs, unless one is hard. */
const KINDS_FOR = { orange: 2, red: 3 } as const;

/** What a level is made of. */
export interface Weighed {
  readonly points: number;
  /** Independent kinds of evidence; infinite where one is hard. */
  readonly kinds: number;
}

export function weigh({ points, families, strong }: Pick<Score, "points" | "families" | "strong">): Weighed {
  return { points, kinds: strong ? Infinity : families.length };
}

/** A level never rests on one kind of evidence alone: what has the points and not the kinds stays a level below. */
export function levelOf({ points, kinds }: Weighed, at: Thresholds = THRESHOLDS): Level {
  // What no kind of evidence speaks for is an address of a network, and nothing.
  if (kinds === 0 || points < at.yellow) return "green";
  if (points >= at.red && kinds >= KINDS_FOR.red) return "red";
  return points >= at.orange && kinds >= KINDS_FOR.orange ? "orange" : "yellow";
}

/** Whether these numbers can be thresholds: whole, rising, within the scale. */
export function areThresholds({ yellow, orange, red }: Thresholds): boolean {
  return [yellow, orange, red].every(Number.isInteger) && 1 <= yellow && yellow < orange && orange < red && red <= 100;
}
