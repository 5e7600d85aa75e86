import { addDays } from "#kernel/time.ts";
import { barChart, columnChart } from "../report/charts.ts";
import { percent } from "../report/pictures.ts";
import { placesOf, type YearFigures } from "./figures.ts";
import { DAYS_LATER, HOURS_TO_NEW, type Use } from "./tally.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** Days of a month that a week may hold as the first. */
const FIRST_WEEK_UNTIL = 7;

/** File names and what is in them. */
export function yearCharts(figures: YearFigures): [string, string][] {
  return [
    ["year-use.svg", useByWeek(figures)],
    ["year-lost.svg", lostByCause(figures)],
    ["year-new-place.svg", newPlace(figures)],
    ["year-later.svg", later(figures)],
  ];
}

export function thousands(value: number): string {
  return Math.round(value).toLocaleString("en");
}

function useByWeek({ weeks, length }: YearFigures): string {
  const whole = weeks.slice(0, Math.floor(length.days / 7));
  const most = Math.ceil(Math.max(...whole.map((week) => placesOf(week) + week.holiday)) / 20_000) * 20_000;
  return columnChart(
    "Places of each week, and what became of them",
    "Steps of counters, whole network. Rest days are what templates would have given; they are no places.",
    ["used", "nobody came, or cancelled too late", "asked for by nobody", "taken by cuts", "rest days"],
    whole.map(({ used, noShow, lateCancel, empty, storm, staff, no_system, holiday }, week) => {
      const monday = addDays(length.from, week * 7);
      const isNamed = Number(monday.slice(8)) <= FIRST_WEEK_UNTIL;
      return {
        name: isNamed ? MONTHS[Number(monday.slice(5, 7)) - 1]! : "",
        values: [used, noShow + lateCancel, empty, storm + staff + no_system, holiday],
      };
    }),
    { most, ticks: [0, most / 4, most / 2, (3 * most) / 4, most], show: thousands },
  );
}

export const CAUSES: readonly (readonly [what: keyof Use, name: string])[] = [
  ["holiday", "rest days of both calendars"],
  ["noShow", "booked, and nobody came"],
  ["empty", "asked for by nobody"],
  ["lateCancel", "cancelled after the last tick"],
  ["storm", "storms"],
  ["staff", "absences"],
  ["no_system", "no system"],
];

function lostByCause({ use }: YearFigures): string {
  const all = placesOf(use) + use.holiday;
  const rows = CAUSES.map(([what, name]) => ({
    name,
    values: [use[what] / all],
    label: `${percent(use[what] / all, 2)} · ${thousands(use[what])}`,
  }));
  const most = roomyAxis(rows.map(({ values }) => values[0]!));
  return barChart(
    "Capacity that served nobody, by cause",
    "Share of all that the templates and the days away would give in a year without rest days.",
    ["share"],
    rows,
    { most, ticks: [0, most / 2, most], show: (value) => percent(value, 0) },
  );
}

/** Tenths beyond the longest bar, so that its label has room beside it. */
function roomyAxis(values: readonly number[]): number {
  return Math.ceil(Math.max(...values) * 1.15 * 10) / 10;
}

/** Names of classes by their upper bounds. */
export function classNames(bounds: readonly number[], unit: string, zero: string): string[] {
  return bounds.map((most, at) => {
    if (most === 0) return zero;
    const least = bounds[at - 1] ?? 0;
    return Number.isFinite(most) ? `over ${least} to ${most} ${unit}` : `over ${least} ${unit}`;
  });
}

function classes(title: string, note: string, names: readonly string[], counts: readonly number[]): string {
  const all = Math.max(
    1,
    counts.reduce((sum, one) => sum + one, 0),
  );
  const rows = counts.map((count, at) => ({
    name: names[at]!,
    values: [count / all],
    label: `${percent(count / all)} · ${thousands(count)}`,
  }));
  const most = roomyAxis(rows.map(({ values }) => values[0]!));
  return barChart(title, note, ["households"], rows, {
    most,
    ticks: [0, most / 2, most],
    show: (value) => percent(value, 0),
  });
}

function newPlace({ hoursToNew }: YearFigures): string {
  return classes(
    "From the cut to a new place",
    "Hours until a household whose place was cut has another; of those who got one.",
    classNames(HOURS_TO_NEW, "hours", "at once, at their own hour"),
    hoursToNew,
  );
}

function later({ daysLater }: YearFigures): string {
  return classes(
    "How much later the new day is",
    "Days from the day that was lost to the new one.",
    classNames(DAYS_LATER, "days", "the same day"),
    daysLater,
  );
}
