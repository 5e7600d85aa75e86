import type { LocalDate, ServiceGroup } from "#kernel/ids.ts";
import { told, type Told } from "#kernel/small-counts.ts";
import { weekdayOf } from "#kernel/time.ts";

const SUNDAY = 7;

/** From a Monday to a Sunday. */
export function isWholeWeeks(from: LocalDate, to: LocalDate): boolean {
  return weekdayOf(from) === 1 && weekdayOf(to) === SUNDAY;
}

/** Appointments of days that are over, summed over a span: one for each person and service group. */
export interface DaySums {
  readonly serviceGroup: ServiceGroup;
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  readonly served: number;
  readonly unserved: number;
  readonly missed: number;
  readonly cancelled: number;
  readonly moved: number;
}

/** Who was expected and who came; all null where fewer than ten were expected, and each where fewer than ten did it, or did not. */
export interface Attendance<Key> {
  readonly key: Key;
  readonly expected: Told;
  readonly came: Told;
  /** Of those who came, with at least one service issued. */
  readonly served: Told;
}

/** What was called off or moved before its day. */
export interface Changes {
  readonly key: ServiceGroup;
  /** All that were made for those days; with who was expected it would tell what was cancelled. */
  readonly made: Told;
  readonly cancelled: Told;
  readonly moved: Told;
}

type Summed = Pick<DaySums, "served" | "unserved" | "missed">;

/** By group, by weekday or of all: keys in the order given, those of which nobody was expected left out. */
export function attendanceBy<Key, Row extends Summed>(
  rows: readonly Row[],
  keys: readonly Key[],
  keyOf: (row: Row) => Key,
): Attendance<Key>[] {
  const found = keys
    .map((key) => ({ key, rows: rows.filter((row) => keyOf(row) === key) }))
    .map(({ key, rows: own }) => ({ key, expected: sumOf(own, expectedOf), own }))
    .filter(({ expected }) => expected > 0);
  const counted = (of: (row: Row) => number) => found.map(({ own }) => sumOf(own, of));
  const came = counted((one) => one.served + one.unserved);
  const served = counted((one) => one.served);
  const mask = told(counted(expectedOf));
  // A handful that did not come, or was not served, would be given away by who did.
  const cameMask = toldTogether([came, counted((one) => one.missed)]);
  const servedMask = toldTogether([
    served,
    counted((one) => one.unserved),
    counted((one) => one.unserved + one.missed),
  ]);
  return found.map(({ key }, i) =>
    mask[i] === null
      ? { key, expected: null, came: null, served: null }
      : { key, expected: mask[i]!, came: cameMask[i] ? came[i]! : null, served: servedMask[i] ? served[i]! : null },
  );
}

/** Of which rows all of these counts may be told. */
function toldTogether(counts: readonly (readonly number[])[]): boolean[] {
  const masks = counts.map(told);
  return counts[0]!.map((_, i) => masks.every((mask) => mask[i] !== null));
}

export function changesBy(sums: readonly DaySums[], groups: readonly ServiceGroup[]): Changes[] {
  const found = groups
    .map((key) => ({ key, own: sums.filter((one) => one.serviceGroup === key) }))
    .filter(({ own }) => own.length > 0);
  const cancelled = told(found.map(({ own }) => sumOf(own, (one) => one.cancelled)));
  const moved = told(found.map(({ own }) => sumOf(own, (one) => one.moved)));
  return found.map(({ key, own }, i) => ({
    key,
    made: cancelled[i] === null ? null : sumOf(own, (one) => expectedOf(one) + one.cancelled),
    cancelled: cancelled[i]!,
    moved: moved[i]!,
  }));
}

/** Minutes of a measured thing: of how many, half of them within this, nine of ten within that. */
export interface Measured<Key> {
  readonly key: Key;
  readonly count: number;
  readonly median: number;
  readonly most: number;
}

/** The same as it may be told: nothing of fewer than ten people. */
export interface ToldMinutes<Key> {
  readonly key: Key;
  readonly count: Told;
  readonly median: number | null;
  readonly most: number | null;
}

/** How many took so many whole minutes. */
export interface Tally {
  readonly minutes: number;
  readonly count: number;
}

/** What half of them and nine of ten stayed within, to the minute; undefined of none. */
export function measured<Key>(key: Key, tallies: readonly Tally[]): Measured<Key> | undefined {
  const count = sumOf(tallies, (one) => one.count);
  if (count === 0) return undefined;
  const ordered = [...tallies].sort((a, b) => a.minutes - b.minutes);
  return { key, count, median: within(ordered, count / 2), most: within(ordered, (9 * count) / 10) };
}

/** The least number of minutes within which at least so many stayed. */
function within(ordered: readonly Tally[], many: number): number {
  let passed = 0;
  return ordered.find(({ count }) => (passed += count) >= many)!.minutes;
}

export function toldMinutes<Key>(rows: readonly Measured<Key>[]): ToldMinutes<Key>[] {
  const mask = told(rows.map(({ count }) => count));
  return rows.map(({ key, median, most }, i) =>
    mask[i] === null ? { key, count: null, median: null, most: null } : { key, count: mask[i]!, median, most },
  );
}

function expectedOf({ served, unserved, missed }: Summed): number {
  return served + unserved + missed;
}

function sumOf<Row>(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0);
}
