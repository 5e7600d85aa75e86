/** One line of output: a value beside its reference, measured in the same run. */
export interface Figure {
  readonly bench: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** What the value is measured against, or null for a figure that stands alone. */
  readonly reference: number | null;
  readonly ratio: number | null;
  /** What we want of the ratio (or of the value, where there is none), in words. */
  readonly aim: string | null;
}

export function print(figure: Omit<Figure, "ratio">): void {
  const round = (value: number) => Number(value.toPrecision(4));
  const ratio = figure.reference === null || figure.reference === 0 ? null : round(figure.value / figure.reference);
  process.stdout.write(
    `${JSON.stringify({ ...figure, value: round(figure.value), reference: figure.reference === null ? null : round(figure.reference), ratio })}\n`,
  );
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function quantile(values: Float64Array | readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
