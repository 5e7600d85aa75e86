import { isLocalDate, weekdayOf } from "#kernel/time.ts";
import type { Cell, Need, Option, Policy } from "../types.ts";
import { compareTexts } from "./leaf.ts";

/** Days between the first and the last cell: a year's horizon and a margin. */
const MAX_DAYS = 500;
const DAY_MS = 86_400_000;

/** The cells laid out so that the neighbours of a place are neighbours in memory. */
export interface Grid {
  readonly offices: readonly string[];
  readonly groups: readonly string[];
  readonly days: number;
  readonly bands: number;
  /** Index of a cell in `Market.cells` by slot, or -1. */
  readonly cellAt: Int32Array;
  /** Places by slot; 0 where there is no cell. */
  readonly places: Int32Array;
  /** Without parts: what a part has is counted in its group. */
  readonly totalPlaces: number;
  readonly officeIndex: ReadonlyMap<string, number>;
  readonly groupIndex: ReadonlyMap<string, number>;
  /** Bit 0 is Monday; one per day. */
  readonly weekdayBits: Uint8Array;
  dayOf(date: string): number;
  dateOf(day: number): string;
  slot(office: number, day: number, band: number, group: number): number;
}

export function gridOf(cells: readonly Cell[], policy: Policy): Grid {
  const offices = sortedSet(cells.map(({ office }) => office));
  const groups = sortedSet(cells.map(({ group }) => group));
  const dates = sortedSet(cells.map(({ date }) => date));
  if (!dates.every(isLocalDate)) throw new RangeError("A cell's date is no day.");
  const first = dates.length > 0 ? dayNumber(dates[0]!) : 0;
  const days = dates.length > 0 ? dayNumber(dates.at(-1)!) - first + 1 : 0;
  if (days > MAX_DAYS) throw new RangeError(`The cells span ${days} days, more than ${MAX_DAYS}.`);
  const bands = policy.bands.length;
  const officeIndex = new Map(offices.map((office, index) => [office, index]));
  const groupIndex = new Map(groups.map((group, index) => [group, index]));
  const slots = offices.length * days * bands * groups.length;
  const cellAt = new Int32Array(slots).fill(-1);
  const places = new Int32Array(slots);

  const slot = (office: number, day: number, band: number, group: number): number =>
    ((office * days + day) * bands + band) * groups.length + group;
  const dayByDate = new Map<string, number>();
  const dayOf = (date: string): number => {
    let day = dayByDate.get(date);
    if (day === undefined) dayByDate.set(date, (day = dayNumber(date) - first));
    return day;
  };
  const spelled: string[] = [];
  const dateOf = (day: number): string =>
    (spelled[day] ??= new Date((first + day) * DAY_MS).toISOString().slice(0, 10));

  let totalPlaces = 0;
  cells.forEach((cell, index) => {
    if (!Number.isSafeInteger(cell.band) || cell.band < 0 || cell.band >= bands) throw new RangeError("No such band.");
    if (!Number.isSafeInteger(cell.places) || cell.places < 0) throw new RangeError("Places are whole numbers.");
    const at = slot(officeIndex.get(cell.office)!, dayOf(cell.date), cell.band, groupIndex.get(cell.group)!);
    if (cellAt[at] !== -1) throw new RangeError("A cell stands twice in the supply.");
    cellAt[at] = index;
    places[at] = cell.places;
    if (!isPart(cell.group)) totalPlaces += cell.places;
  });
  const weekdayBits = Uint8Array.from({ length: days }, (_, day) => 1 << (weekdayOf(dateOf(day) as never) - 1));
  return {
    offices,
    groups,
    days,
    bands,
    cellAt,
    places,
    totalPlaces,
    officeIndex,
    groupIndex,
    weekdayBits,
    dayOf,
    dateOf,
    slot,
  };
}

/** An option in the grid's numbers; offices and days outside the supply fall away. */
export interface GridOption {
  readonly from: number;
  readonly to: number;
  readonly weekdays: number;
  readonly bands: number;
  readonly offices: readonly number[];
}

export function gridOption(grid: Grid, option: Option): GridOption {
  return {
    from: Math.max(0, grid.dayOf(option.from)),
    to: Math.min(grid.days - 1, grid.dayOf(option.to)),
    weekdays: option.weekdays,
    bands: option.bands,
    offices: option.offices.flatMap((office) => grid.officeIndex.get(office) ?? []),
  };
}

/** A need in the grid's numbers, by group in code-unit order; a group nobody offers is -1 and never fits. */
export interface GridNeed {
  readonly groups: readonly number[];
  readonly counts: readonly number[];
  /** Which are parts of the group before them, and stand where it stands. */
  readonly parts: readonly boolean[];
}

/** An entry's need; the groups in code-unit order, so that a group's parts come right after it. */
export function gridNeed(grid: Pick<Grid, "groupIndex">, need: Need): GridNeed {
  const groups = Object.keys(need).sort();
  return {
    groups: groups.map((group) => grid.groupIndex.get(group) ?? -1),
    counts: groups.map((group) => need[group]!),
    parts: groups.map(isPart),
  };
}

/**
 * `documentacion.2` counts those of the group's places that lie in pairs, `documentacion.4` those in fours: whoever
 * needs two steps in a row needs places of both the group and its part.
 */
export function isPart(group: string): boolean {
  return group.includes(".");
}

/** Where a party fits: which of its groups stand one band later than `band`, by bit. */
export interface Fit {
  readonly office: number;
  readonly day: number;
  readonly band: number;
  readonly later: number;
}

/** How many steps a search of this option takes: positions by day, then part of the day, then office. */
export function positionsOf(grid: Grid, option: GridOption): number {
  return Math.max(0, option.to - option.from + 1) * grid.bands * option.offices.length;
}

/**
 * The first position at or after `start` that holds the whole party, or the number of positions. `left` is asked
 * for the places of a slot, so that a household can search the published cutoffs as the draw searched the places.
 */
export function findFit(
  grid: Grid,
  option: GridOption,
  need: GridNeed,
  start: number,
  left: (slot: number) => number,
): number {
  const perBand = option.offices.length;
  const perDay = perBand * grid.bands;
  const end = positionsOf(grid, option);
  let position = start;
  while (position < end) {
    const day = option.from + Math.floor(position / perDay);
    if ((option.weekdays & grid.weekdayBits[day]!) === 0) {
      position = (day - option.from + 1) * perDay;
      continue;
    }
    const band = Math.floor((position % perDay) / perBand);
    if ((option.bands & (1 << band)) !== 0) {
      const office = option.offices[position % perBand]!;
      if (laterGroups(grid, option, need, office, day, band, left) >= 0) return position;
      position += 1;
    } else {
      position += perBand - (position % perBand);
    }
  }
  return end;
}

export function fitAt(
  grid: Grid,
  option: GridOption,
  need: GridNeed,
  position: number,
  left: (slot: number) => number,
): Fit {
  const perBand = option.offices.length;
  const day = option.from + Math.floor(position / (perBand * grid.bands));
  const band = Math.floor(position / perBand) % grid.bands;
  const office = option.offices[position % perBand]!;
  return { office, day, band, later: laterGroups(grid, option, need, office, day, band, left) };
}

/**
 * Bits of the groups that stand in the next band because this one is full for them; -1 when the party does not
 * fit here. At least one group stands in this band, otherwise the next position is the same fit.
 */
function laterGroups(
  grid: Grid,
  option: GridOption,
  { groups, counts, parts }: GridNeed,
  office: number,
  day: number,
  band: number,
  left: (slot: number) => number,
): number {
  const width = grid.groups.length;
  const base = ((office * grid.days + day) * grid.bands + band) * width;
  const mayBeLater = band + 1 < grid.bands && (option.bands & (2 << band)) !== 0;
  let later = 0;
  for (let from = 0; from < groups.length;) {
    let to = from + 1;
    while (parts[to]) to += 1;
    let [fitsNow, fitsLater] = [true, mayBeLater];
    for (let index = from; index < to; index++) {
      if (groups[index]! < 0) return -1;
      fitsNow &&= left(base + groups[index]!) >= counts[index]!;
      fitsLater &&= left(base + width + groups[index]!) >= counts[index]!;
    }
    if (!fitsNow && !fitsLater) return -1;
    if (!fitsNow) later |= ((1 << (to - from)) - 1) << from;
    from = to;
  }
  return later === (1 << groups.length) - 1 ? -1 : later;
}

function sortedSet(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compareTexts);
}

function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}
