import { mulberry32 } from "#kernel/mulberry32.ts";

/** Chance of a simulation: a stream that depends on its seed alone, so that every run can be repeated. */
export interface Chance {
  /** Uniform in [0, 1). */
  next: () => number;
  /** Uniform among 0 … below − 1. */
  below: (below: number) => number;
  happens: (probability: number) => boolean;
  between: (low: number, high: number) => number;
  /** Exponential waiting time with this mean. */
  exponential: (mean: number) => number;
  /** Lognormal value with this median. */
  lognormal: (median: number, sigma: number) => number;
  shuffle: <T>(items: T[]) => T[];
}

export function chanceFrom(seed: number): Chance {
  const next = mulberry32(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    happens: (probability) => next() < probability,
    between: (low, high) => low + next() * (high - low),
    exponential: (mean) => -mean * Math.log(1 - next()),
    lognormal: (median, sigma) => median * Math.exp(sigma * normal()),
    shuffle: (items) => {
      for (let last = items.length - 1; last > 0; last--) {
        const other = below(last + 1);
        [items[last], items[other]] = [items[other]!, items[last]!];
      }
      return items;
    },
  };
}

/** A 32-bit seed for a part of a run, so that parts do not share a stream. */
export function partSeed(seed: number, part: number): number {
  return (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(part + 1, 0x85ebca6b)) >>> 0;
}
