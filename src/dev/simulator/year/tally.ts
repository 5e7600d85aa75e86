import type { LocalDate } from "#kernel/ids.ts";
import { daysBetween } from "#kernel/time.ts";
import { YEAR } from "./parameters.ts";

/** What became of the places of a week, or a year; each place is counted once. */
export interface Use {
  used: number;
  /** Booked, and nobody came. */
  noShow: number;
  /** Cancelled too late for another tick. */
  lateCancel: number;
  /** Asked for by nobody. */
  empty: number;
  storm: number;
  staff: number;
  no_system: number;
  /** What the templates would have given on rest days; not among the planned. */
  holiday: number;
}
export const noUse = (): Use => ({
  used: 0,
  noShow: 0,
  lateCancel: 0,
  empty: 0,
  storm: 0,
  staff: 0,
  no_system: 0,
  holiday: 0,
});

/** What happened, by kind. */
export type Happening =
  | "asked"
  | "served"
  | "missed"
  | "booked"
  | "holdLapsed"
  | "moved"
  | "cancelled"
  | "gaveUp"
  | "reopened"
  | "drawn"
  | "declined"
  | "sessions"
  | "mobileDays"
  | "cuts"
  | "cutPlaces"
  | "undone"
  | "displaced"
  | "keptHour"
  | "proposed"
  | "toldToChoose"
  | "accepted"
  | "refused"
  | "expired"
  | "chose"
  | "drawnAgain"
  | "restored"
  | "leftByItself"
  | "hourLost"
  | "gaveUpAfterCut";

/** Upper bounds of the classes of waiting for a new place, in hours; the last is everything beyond. */
export const HOURS_TO_NEW = [0, 6, 12, 24, 48, 96, 168, Number.POSITIVE_INFINITY] as const;
/** Upper bounds of the classes of days by which the new place is later. */
export const DAYS_LATER = [0, 1, 3, 7, 14, 28, Number.POSITIVE_INFINITY] as const;

export class Tally {
  readonly weeks: Use[] = [];
  readonly counts = new Map<Happening, number>();
  readonly hoursToNew = HOURS_TO_NEW.map(() => 0);
  readonly daysLater = DAYS_LATER.map(() => 0);
  /** Only what happens from then on is told. */
  told = false;
  /** Most places, and most parties, that stood at once. */
  readonly most = { places: 0, parties: 0 };
  inspected = { days: 0, places: 0, localHours: 0 };
  /** Places of days that were closed, and what the templates promised for them and for the days to come. */
  closedPlaces = 0;

  count(what: Happening, times = 1): void {
    if (this.told) this.counts.set(what, (this.counts.get(what) ?? 0) + times);
  }

  /** Of the week of that day; undefined before the told year. */
  useOf(day: LocalDate): Use | undefined {
    const since = daysBetween(YEAR.from as LocalDate, day);
    if (since < 0) return undefined;
    const week = Math.floor(since / 7);
    while (this.weeks.length <= week) this.weeks.push(noUse());
    return this.weeks[week];
  }

  newPlace(hours: number, daysLater: number): void {
    if (!this.told) return;
    this.hoursToNew[HOURS_TO_NEW.findIndex((most) => hours <= most)]! += 1;
    this.daysLater[DAYS_LATER.findIndex((most) => daysLater <= most)]! += 1;
  }
}
