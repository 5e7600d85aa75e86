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
