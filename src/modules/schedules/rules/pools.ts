import { BLOCK_STEPS } from "#kernel/limits.ts";
import type { Band, PlacePool, Step } from "../types.ts";

/** Of ten blocks eight are drawn, one is kept for urgent cases, one for the waitlist and what is left over (fairness.md 4.0). */
const BLOCKS_OF_TEN: readonly PlacePool[] = [
  "draw",
  "draw",
  "draw",
  "draw",
  "urgent",
  "draw",
  "draw",
  "draw",
  "draw",
  "waitlist",
];

/** A step with the place that it has in its session's blocks; null for what does not fill a block. */
export interface BlockedStep extends Step {
  readonly block: number | null;
}

/** Numbers the blocks of one session, from 0, in each part of the day from its first step. */
export function blockedSteps(steps: readonly Step[]): BlockedStep[] {
  const length = new Map<Band, number>();
  for (const { band } of steps) length.set(band, (length.get(band) ?? 0) + 1);
  const seen = new Map<Band, number>();
  let blocks = -1;
  return steps.map((step) => {
    const index = seen.get(step.band) ?? 0;
    seen.set(step.band, index + 1);
    const whole = Math.floor(length.get(step.band)! / BLOCK_STEPS) * BLOCK_STEPS;
    if (index < whole && index % BLOCK_STEPS === 0) blocks += 1;
    return { ...step, block: index < whole ? blocks : null };
  });
}

/** The pool of a place where places are drawn. `blocks` is the number of blocks that each counter of the session has. */
export function poolOf(block: number | null, counter: number, blocks: number): PlacePool {
  if (block === null) return "waitlist";
  return BLOCKS_OF_TEN[((counter - 1) * blocks + block) % BLOCKS_OF_TEN.length]!;
}
