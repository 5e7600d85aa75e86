/**
 * Random numbers in [0, 1) that a 32-bit seed brings back (mulberry32 of Tommy Ettinger, public domain): for invented
 * worlds, simulations and tests. Never for anything that nobody may guess.
 */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
