/** Quarter hours of a day, from midnight of the centre's own clock. */
export const QUARTERS = 96;
/** Days of one kind that are looked back on: two months of a weekday. Ours. */
const DAYS_BACK = 8;
/** Each week further back counts so much less. Ours: half after about three weeks. */
const FADES = 0.8;

/** Kinds of day that resemble each other: by weekday, 1 is Monday, and holidays whatever their weekday. */
export type DayKind = 1 | 2 | 3 | 4 | 5 | 6 | 7 | "holiday";

/** Calls of one day that is over, by quarter hour. */
export interface DayOfCalls {
  readonly kind: DayKind;
  readonly calls: readonly number[];
}

/**
 * Calls to expect of a day of that kind, by quarter hour, from the days before it, the latest first: their sum from the
 * last eight of its kind, the nearer the heavier, and its course through the day from all of these together. Zeros where no
 * day of its kind is known: whoever plans says it herself.
 */
export function forecast(history: readonly DayOfCalls[], kind: DayKind): number[] {
  const alike = history.filter((day) => day.kind === kind).slice(0, DAYS_BACK);
  const expected = Array.from({ length: QUARTERS }, () => 0);
  let weights = 0;
  alike.forEach(({ calls }, back) => {
    const weight = FADES ** back;
    weights += weight;
    for (let quarter = 0; quarter < QUARTERS; quarter++) expected[quarter]! += weight * (calls[quarter] ?? 0);
  });
  return weights === 0 ? expected : expected.map((sum) => sum / weights);
}
