import { mulberry32 } from "#kernel/mulberry32.ts";

/** Chance that repeats: the same seed gives the same world, so that two newcomers see the same people. */
export interface Dice {
  /** At least 0, less than 1. */
  roll(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<One>(list: readonly One[]): One;
  /** Picks by weight. */
  weighted<One>(list: readonly (readonly [weight: number, one: One])[]): One;
}

export function diceOf(seed: string): Dice {
  const roll = mulberry32(hash(seed));
  const between = (least: number, most: number): number => least + Math.floor(roll() * (most - least + 1));
  return {
    roll,
    between,
    chance: (probability) => roll() < probability,
    pick: (list) => list[between(0, list.length - 1)]!,
    weighted(list) {
      let rest = roll() * list.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, one] of list) if ((rest -= weight) < 0) return one;
      return list.at(-1)![1];
    },
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value;
}
