import { weekdayOf } from "#kernel/time.ts";
import type { LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import {
  BANDS,
  LEVELS,
  type Availability,
  type Band,
  type CellCount,
  type DayLevels,
  type GroupAvailability,
  type Level,
  type SpecialDayId,
} from "../types.ts";
import { mayImprove } from "./release.ts";

/** Up to so many free steps a part of a day is called `few`: about one family with several papers. */
export const FEW_UP_TO = 8;
/** Hours before its start after which a place is neither shown nor offered: time to gather papers and travel. */
export const MIN_LEAD_HOURS = 2;
/** Days named as the next free ones. */
export const NEXT_DAYS = 10;

type Days = Map<LocalDate, Partial<Record<Band, Level>>>;

/** What the public is told of so many open places. */
export function levelOf(open: number): Level {
  if (open <= 0) return "none";
  return open <= FEW_UP_TO ? "few" : "some";
}

/**
 * The picture of the network from counted cells and the picture before it.
 *
 * Between release ticks a level only falls, so nobody who compares two minutes learns that a hold ended
 * or a place came back (hardening 20). What was never shown before, such as a new day at the end of the
 * horizon, is shown as it is.
 */
export function pictureOf(cells: readonly CellCount[], builtAt: Date, previous?: Availability): Availability {
  // A clock that was set back, as in a demonstration, makes the earlier picture worthless.
  const free = previous === undefined || builtAt < previous.builtAt || mayImprove(previous.builtAt, builtAt);
  const offices = new Map<OfficeId, Map<ServiceGroup, Days>>();
  for (const cell of cells) {
    const before = previous?.offices.get(cell.officeId)?.get(cell.serviceGroup)?.days.get(cell.localDate)?.[cell.band];
    const counted = levelOf(cell.open);
    const groups = emplace(offices, cell.officeId, () => new Map<ServiceGroup, Days>());
    const days = emplace(groups, cell.serviceGroup, (): Days => new Map());
    const levels = emplace(days, cell.localDate, (): Partial<Record<Band, Level>> => ({}));
    levels[cell.band] = free || before === undefined ? counted : worse(before, counted);
  }
  return {
    builtAt,
    offices: new Map(
      [...offices].map(([id, groups]) => [id, new Map([...groups].map(([group, days]) => [group, groupOf(days)]))]),
    ),
  };
}

export interface DayFilters {
  /** 1 is Monday, 7 is Sunday (ISO 8601). */
  readonly weekday?: number | undefined;
  readonly band?: Band | undefined;
}

export interface DayOffer {
  readonly date: LocalDate;
  readonly level: Level;
}

/**
 * The days on which an office, or a special day at a venue, opens for all the wanted groups, in order, full ones included.
 *
 * With several groups a day is worth its scarcest group: whoever needs both is not sent for one.
 */
export function listDays(
  availability: Availability,
  site: OfficeId | SpecialDayId,
  groups: readonly ServiceGroup[],
  filters: DayFilters = {},
): DayOffer[] {
  const office = availability.offices.get(site as OfficeId);
  const [first, ...others] = groups.map((group) => office?.get(group));
  if (first === undefined) return [];
  const offers: DayOffer[] = [];
  for (const date of first.days.keys()) {
    if (filters.weekday !== undefined && weekdayOf(date) !== filters.weekday) continue;
    const levels = [first, ...others].map((group) => bestOf(group?.days.get(date), filters.band));
    if (levels.some((level) => level === undefined)) continue;
    offers.push({ date, level: (levels as Level[]).reduce(worse) });
  }
  return offers;
}

function groupOf(days: ReadonlyMap<LocalDate, DayLevels>): GroupAvailability {
  const sorted = [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, levels]) => [date, inOrderOfTheDay(levels)] as const);
  const nextDays = sorted
    .filter(([, levels]) => bestOf(levels) !== "none")
    .map(([date]) => date)
    .slice(0, NEXT_DAYS);
  return { days: new Map(sorted), nextDays, soonest: nextDays[0] };
}

function inOrderOfTheDay(levels: DayLevels): DayLevels {
  return Object.fromEntries(BANDS.filter((band) => levels[band] !== undefined).map((band) => [band, levels[band]]));
}

function bestOf(levels: DayLevels | undefined, band?: Band): Level | undefined {
  if (levels === undefined) return undefined;
  if (band !== undefined) return levels[band];
  const ranks = Object.values(levels).map((level) => LEVELS.indexOf(level));
  return ranks.length === 0 ? undefined : LEVELS[Math.max(...ranks)];
}

function worse(a: Level, b: Level): Level {
  return LEVELS.indexOf(a) <= LEVELS.indexOf(b) ? a : b;
}

function emplace<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
