import { addDays, daysBetween, HOUR_MS, instantOf, localTimeAt, weekdayOf } from "#kernel/time.ts";
import type { LocalDate, ServiceGroup } from "#kernel/ids.ts";
import type { GivenOut, Layout, Template } from "../types.ts";
import { breakSteps, layPlaces, type Laid } from "./layout.ts";
import { stepsOf } from "./sessions.ts";

/** Made less than so many days ahead, a day is given to whoever ticked short notice: others could not come, and a race would be over in a minute (people.md 17). */
export const SHORT_NOTICE_DAYS = 14;
/** Further ahead nobody plans a dated day, and a wrong year is a slip of the pen. */
export const MOST_DAYS_AHEAD = 366;
/** Longest that counters are open on one day. */
export const LONGEST_OPENING_HOURS = 14;
/** Days for which a template's hours are tried on the wall clock: both changes of the clock lie within them. */
const CLOCK_DAYS = 366;

/** Why a plan is refused; `about` says what it collides with: towns, days and hours, never people. */
export interface PlanProblem {
  readonly code:
    | "in_the_past"
    | "too_far_ahead"
    | "too_long_a_day"
    | "nothing_fits"
    | "break_does_not_fit"
    | "clock_gap"
    | "overlapping_sessions"
    | "resource_elsewhere"
    | "unknown_venue"
    | "unknown_resource"
    | "venue_missing"
    | "step_not_drawn"
    | "other_group"
    | "wrong_weekday"
    | "overbooked_too_much";
  readonly about?: Readonly<Record<string, string>> | undefined;
}

/** A layout on one day, with its instants. */
export function laidOn(
  layout: Layout,
  localDate: LocalDate,
  zone: string,
): Laid & { readonly serviceGroup: ServiceGroup } {
  const { serviceGroup, opens, closes, counters, stepMinutes, breaks, percent, overbook, reserves, stations } = layout;
  return {
    serviceGroup,
    localDate,
    startsAt: instantOf(localDate, opens, zone),
    endsAt: instantOf(localDate, closes, zone),
    counters,
    stepMinutes,
    layout: { breaks, percent, overbook, reserves, stations },
  };
}

/** What is wrong with one group's opening on a day, whatever else there is. */
export function layoutProblem(layout: Layout, localDate: LocalDate, zone: string): PlanProblem | undefined {
  const about = { serviceGroup: layout.serviceGroup };
  const gap = clockGap([layout.opens, layout.closes], localDate, zone);
  if (gap) return gap;
  const laid = laidOn(layout, localDate, zone);
  if (laid.endsAt.getTime() - laid.startsAt.getTime() > LONGEST_OPENING_HOURS * HOUR_MS)
    return { code: "too_long_a_day", about: { ...about, hours: String(LONGEST_OPENING_HOURS) } };
  const steps = stepsOf(laid, zone);
  if (steps.length === 0) return { code: "nothing_fits", about };
  if (layout.breaks) {
    const { length, rest } = breakSteps({ ...laid, breaks: layout.breaks }, steps, zone);
    // While the first rests the last works, and the other way round.
    const needed = layout.counters === 1 ? rest : 2 * rest;
    if (length < needed)
      return { code: "break_does_not_fit", about: { ...about, minutes: String(needed * layout.stepMinutes) } };
  }
  return layPlaces(laid, zone).length === 0 ? { code: "nothing_fits", about } : undefined;
}

/** A wall clock time that the spring change skips on that day. */
function clockGap(times: readonly string[], localDate: LocalDate, zone: string): PlanProblem | undefined {
  const skipped = times.find((time) => localTimeAt(instantOf(localDate, time, zone), zone) !== time);
  return skipped === undefined ? undefined : { code: "clock_gap", about: { localDate, time: skipped } };
}

/** The same for a template: on every day of the year from its first. */
export function templateProblem(
  layout: Layout,
  weekdays: readonly number[],
  from: LocalDate,
  zone: string,
): PlanProblem | undefined {
  const first = firstOn(weekdays, from);
  const problem = layoutProblem(layout, first, zone);
  if (problem) return problem;
  for (let day = 0; day < CLOCK_DAYS; day += 1) {
    const date = addDays(from, day);
    const gap = weekdays.includes(weekdayOf(date)) && clockGap([layout.opens, layout.closes], date, zone);
    if (gap) return gap;
  }
  return undefined;
}

function firstOn(weekdays: readonly number[], from: LocalDate): LocalDate {
  const DAYS_OF_A_WEEK = 7;
  for (let day = 0; day < DAYS_OF_A_WEEK; day += 1)
    if (weekdays.includes(weekdayOf(addDays(from, day)))) return addDays(from, day);
  return from;
}

/** Whether a special day may be on that day at all, seen from the office's today. */
export function dateProblem(localDate: LocalDate, today: LocalDate): PlanProblem | undefined {
  if (localDate <= today) return { code: "in_the_past", about: { localDate } };
  if (daysBetween(today, localDate) > MOST_DAYS_AHEAD)
    return { code: "too_far_ahead", about: { days: String(MOST_DAYS_AHEAD) } };
  return undefined;
}

/** Saturdays and Sundays are on those days. */
export function kindProblem(kind: string, localDate: LocalDate, venueId: string | null): PlanProblem | undefined {
  const [SATURDAY, SUNDAY] = [6, 7];
  const weekday = weekdayOf(localDate);
  if ((kind === "saturday" && weekday !== SATURDAY) || (kind === "sunday" && weekday !== SUNDAY))
    return { code: "wrong_weekday", about: { localDate } };
  if ((kind === "mobile" || kind === "on_wheels") && venueId === null) return { code: "venue_missing" };
  return undefined;
}

/** Hours of one group at one place; null is the office itself. */
export interface Opening {
  readonly serviceGroup: ServiceGroup;
  readonly venueId: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Two openings of one group at one place at the same time: their counters would be the same. */
export function overlapProblem(
  wanted: readonly Opening[],
  others: readonly Opening[],
  zone: string,
): PlanProblem | undefined {
  for (const [index, one] of wanted.entries())
    for (const other of [...wanted.slice(index + 1), ...others]) {
      const isThere = one.serviceGroup === other.serviceGroup && one.venueId === other.venueId;
      if (!isThere || one.endsAt <= other.startsAt || other.endsAt <= one.startsAt) continue;
      return {
        code: "overlapping_sessions",
        about: {
          serviceGroup: one.serviceGroup,
          opens: localTimeAt(other.startsAt, zone),
          closes: localTimeAt(other.endsAt, zone),
        },
      };
    }
  return undefined;
}

/** Two templates that open the same counters on the same days. */
export function templatesOverlap(
  one: Pick<Template, "serviceGroup" | "weekdays" | "opens" | "closes" | "validFrom" | "validTo">,
  other: Pick<Template, "serviceGroup" | "weekdays" | "opens" | "closes" | "validFrom" | "validTo">,
): boolean {
  return (
    one.serviceGroup === other.serviceGroup &&
    one.weekdays.some((weekday) => other.weekdays.includes(weekday)) &&
    one.opens < other.closes &&
    other.opens < one.closes &&
    (one.validTo === null || other.validFrom <= one.validTo) &&
    (other.validTo === null || one.validFrom <= other.validTo)
  );
}

/**
 * How the places of a dated day go out. Never at once to whoever is quickest when it comes at short notice. Where places
 * are drawn, those at a venue are for whoever ticked short notice too: no weekly draw has them (decision 0024).
 */
export function givenOutOn(
  localDate: LocalDate,
  today: LocalDate,
  drawsFrom: LocalDate | undefined,
  venueId: string | null = null,
): GivenOut {
  if (daysBetween(today, localDate) < SHORT_NOTICE_DAYS) return "short_draw";
  if (drawsFrom === undefined || localDate < drawsFrom) return "open";
  return venueId === null ? "draw" : "short_draw";
}

/** A draw gives places of one length for each group of the network; what is longer or shorter would be in none. */
export function stepProblem(
  { serviceGroup, stepMinutes }: Pick<Layout, "serviceGroup" | "stepMinutes">,
  givenOut: GivenOut,
  drawn: number | undefined,
): PlanProblem | undefined {
  if (givenOut === "open" || drawn === undefined || drawn === stepMinutes) return undefined;
  return { code: "step_not_drawn", about: { serviceGroup, minutes: String(drawn) } };
}

/** The same openings so that the first begins at that local time and the others keep their distance; undefined when one would leave the day. */
export function shiftLayouts(layouts: readonly Layout[], opens: string | undefined): readonly Layout[] | undefined {
  if (opens === undefined) return layouts;
  const first = Math.min(...layouts.map((one) => minutesOf(one.opens)));
  const later = minutesOf(opens) - first;
  if (layouts.some((one) => minutesOf(one.closes) + later >= MINUTES_OF_A_DAY)) return undefined;
  const at = (time: string): string => timeOf(minutesOf(time) + later);
  return layouts.map((one) => ({
    ...one,
    opens: at(one.opens),
    closes: at(one.closes),
    breaks: one.breaks && { ...one.breaks, from: at(one.breaks.from), until: at(one.breaks.until) },
  }));
}

const MINUTES_OF_AN_HOUR = 60;
const MINUTES_OF_A_DAY = 24 * MINUTES_OF_AN_HOUR;

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * MINUTES_OF_AN_HOUR + Number(time.slice(3, 5));
}

function timeOf(minutes: number): string {
  return [Math.floor(minutes / MINUTES_OF_AN_HOUR), minutes % MINUTES_OF_AN_HOUR]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");
}
