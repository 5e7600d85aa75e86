import type { LocalDate } from "#kernel/ids.ts";
import { addDays, weekdayOf } from "#kernel/time.ts";
import type { PlaceCounts, PlanSession } from "../api/plan-types.ts";

export type CalendarView = "week" | "month";

export const DAYS_OF_A_WEEK = 7;
const MONTHS_OF_A_YEAR = 12;

/** Days travel as texts, `YYYY-MM-DD`. */
const later = (date: string, days: number): string => addDays(date as LocalDate, days);
const weekday = (date: string): number => weekdayOf(date as LocalDate);

/** Weeks begin on Monday. */
export function mondayOf(date: string): string {
  return later(date, 1 - weekday(date));
}

export const monthOf = (date: string): string => date.slice(0, "YYYY-MM".length);

/** The same day of another month, or its last one where it is shorter. */
export function addMonths(date: string, months: number): string {
  const count = Number(date.slice(0, 4)) * MONTHS_OF_A_YEAR + Number(date.slice(5, 7)) - 1 + months;
  const month = `${String(Math.floor(count / MONTHS_OF_A_YEAR)).padStart(4, "0")}-${String((count % MONTHS_OF_A_YEAR) + 1).padStart(2, "0")}`;
  const wanted = `${month}-${date.slice(8)}`;
  const last = daysOf(month).at(-1)!;
  return wanted < last ? wanted : last;
}

function daysOf(month: string): string[] {
  const days: string[] = [];
  for (let date = `${month}-01`; monthOf(date) === month; date = later(date, 1)) days.push(date);
  return days;
}

/** Rows of seven from Monday on; null is a day of the month before or after. */
export function weeksOf(month: string): (string | null)[][] {
  const days = daysOf(month);
  const before = weekday(days[0]!) - 1;
  const after = DAYS_OF_A_WEEK - weekday(days.at(-1)!);
  const cells = [...Array<null>(before).fill(null), ...days, ...Array<null>(after).fill(null)];
  return Array.from({ length: cells.length / DAYS_OF_A_WEEK }, (_, row) =>
    cells.slice(row * DAYS_OF_A_WEEK, (row + 1) * DAYS_OF_A_WEEK),
  );
}

/** The day to which a key leads from another one; undefined for a key that leads nowhere. */
export function dayByKey(key: string, from: string, view: CalendarView, today: string): string | undefined {
  switch (key) {
    case "ArrowLeft":
      return later(from, -1);
    case "ArrowRight":
      return later(from, 1);
    case "ArrowUp":
      return later(from, -DAYS_OF_A_WEEK);
    case "ArrowDown":
      return later(from, DAYS_OF_A_WEEK);
    case "Home":
      return mondayOf(from);
    case "End":
      return later(mondayOf(from), DAYS_OF_A_WEEK - 1);
    case "PageUp":
      return turned(from, view, -1);
    case "PageDown":
      return turned(from, view, 1);
    case "t":
    case "T":
      return today;
    default:
      return undefined;
  }
}

/** One page of the calendar on or back. */
export function turned(date: string, view: CalendarView, pages: 1 | -1): string {
  return view === "week" ? later(date, pages * DAYS_OF_A_WEEK) : addMonths(date, pages);
}

/** Whole hundredths of what may be given out that somebody has; undefined where there is nothing to give out. */
export function fullness({ all, taken, cut }: PlaceCounts): number | undefined {
  const givenOut = all - cut;
  return givenOut > 0 ? Math.round((100 * taken) / givenOut) : undefined;
}

/** In the order in which a bar is drawn. */
export const BAR_PARTS = ["taken", "kept", "free", "cut"] as const;
export type BarPart = (typeof BAR_PARTS)[number];

/** Stretches of a bar of the given length, in the order in which they are drawn; empty ones are left out. */
export function barParts(places: PlaceCounts, length: number): { part: BarPart; from: number; width: number }[] {
  let from = 0;
  return BAR_PARTS.flatMap((part) => {
    if (places[part] === 0 || places.all === 0) return [];
    const width = (length * places[part]) / places.all;
    const drawn = { part, from, width };
    from += width;
    return [drawn];
  });
}

/** Counts of several openings together. */
export function sumOf(counts: readonly PlaceCounts[]): PlaceCounts {
  return counts.reduce(
    (sum, one) => ({
      all: sum.all + one.all,
      free: sum.free + one.free,
      kept: sum.kept + one.kept,
      taken: sum.taken + one.taken,
      cut: sum.cut + one.cut,
    }),
    { all: 0, free: 0, kept: 0, taken: 0, cut: 0 },
  );
}

/** People whom each station of a session can attend to on its day; `opens` and `closes` are `HH:MM`. The smallest holds the others up. */
export function stationsOf({ opens, closes, layout }: Pick<PlanSession, "opens" | "closes" | "layout">) {
  const [from, until] = [opens, closes].map((time) => {
    const [hours, minutes] = time.split(":").map(Number);
    return hours! * 60 + minutes!;
  });
  const carried = layout.stations.map(({ station, desks, minutes }) => {
    return { station, desks, minutes, people: Math.floor((desks * (until! - from!)) / minutes) };
  });
  const smallest = Math.min(...carried.map(({ people }) => people));
  return carried.map((one) => ({ ...one, isSmallest: carried.length > 1 && one.people === smallest }));
}
