/** Random numbers in [0, 1) that a printed seed brings back (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A new seed, printed so that a failure can be repeated: `VENTANILLA_SEED=… npx vitest run …`. */
export function newSeed(what: string): number {
  const seed = Number(process.env["VENTANILLA_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
  process.stdout.write(`${what}: VENTANILLA_SEED=${seed}\n`);
  return seed;
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => [random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

export function pick<T>(items: readonly T[], random: () => number): T {
  return items[Math.floor(random() * items.length)]!;
}
