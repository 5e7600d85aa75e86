import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { weekdayOf } from "#kernel/time.ts";
import type { Band } from "#modules/schedules/index.ts";
import type { Draw, DrawKind, Option } from "../types.ts";
import { DRAW_POLICY } from "./policy.ts";

/** The three answers of a household: where, on which days, from when to when. Nobody writes options (people.md 10). */
export interface Wish {
  /** Offices it can go to, the preferred one first. */
  readonly offices: readonly OfficeId[];
  /** 1 is Monday, 7 is Sunday. */
  readonly weekdays: readonly number[];
  readonly bands: readonly Band[];
  readonly from: LocalDate;
  /** Null: however late it is. */
  readonly to: LocalDate | null;
  /** What counts more when both cannot be had: the earliest day, or the preferred office. */
  readonly first: "day" | "office";
  /** Offices that it would go to if nothing else is left, on any day on which it can. */
  readonly orElse: readonly OfficeId[];
}

/** Offices of one wish, so that with one option for each and one for the rest no list is longer than a draw takes. */
export const MOST_OFFICES = 5;

/** Every bit of `Option.weekdays`. */
const ALL_WEEK = 0b1111111;

/** Whether a draw asks only those who can come at a few days' notice. */
export function isShortNotice(kind: DrawKind): boolean {
  return kind === "daily" || kind === "short";
}

/** Stands for "however late": no calendar reaches so far, and every draw cuts it to its own last day. */
const NO_END = "9999-12-31" as LocalDate;
const NO_BEGIN = "0001-01-01" as LocalDate;

/**
 * Ranked options from three answers, as broad as the answers allow. With `day` one option is enough: a draw looks for
 * the earliest day over all its offices, the preferred one first.
 */
export function optionsOf(wish: Wish): Option[] {
  const weekdays = wish.weekdays.reduce((mask, day) => mask | (1 << (day - 1)), 0);
  const bands = wish.bands.reduce((mask, band) => mask | (1 << DRAW_POLICY.bands.indexOf(band)), 0);
  const days = { from: wish.from, to: wish.to ?? NO_END, weekdays, bands };
  const wanted: Option[] =
    wish.first === "day"
      ? [{ offices: wish.offices, ...days }]
      : wish.offices.map((office) => ({ offices: [office], ...days }));
  if (wish.orElse.length === 0) return wanted;
  const anyOf = [...new Set([...wish.offices, ...wish.orElse])];
  return [...wanted, { offices: anyOf, from: NO_BEGIN, to: NO_END, weekdays, bands }];
}

/**
 * What of the options lies inside a draw's days, in their order: the draw is told nothing of other days. Whoever may be
 * called at short notice takes an earlier day than she asked for; on the days `notOn` of a short or daily draw she was
 * asked already, and is not asked again.
 */
export function optionsWithin(
  options: readonly Option[],
  { kind, horizonFrom, horizonTo }: Pick<Draw, "kind" | "horizonFrom" | "horizonTo">,
  notOn: readonly LocalDate[] = [],
): Option[] {
  // A short draw has less than a week, in which a weekday is one date; of the eight days of a daily one the first and the last share theirs.
  const left = notOn.reduce((mask, date) => (isWithin(date) ? mask & ~(1 << (weekdayOf(date) - 1)) : mask), ALL_WEEK);
  return options.flatMap((option) => {
    const from = isShortNotice(kind) || option.from < horizonFrom ? horizonFrom : option.from;
    const to = option.to < horizonTo ? option.to : horizonTo;
    const weekdays = option.weekdays & left;
    return from <= to && weekdays !== 0 ? [{ ...option, from, to, weekdays }] : [];
  });

  function isWithin(date: LocalDate): boolean {
    return horizonFrom <= date && date <= horizonTo;
  }
}
