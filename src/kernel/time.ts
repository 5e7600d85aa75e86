import { Temporal } from "temporal-polyfill";
import type { LocalDate } from "./ids.ts";

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** `HH:MM` on a wall clock, from `00:00` to `23:59`: compared as texts, such times are in their order. */
export const WALL_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The calendar day that it is in `zone` at that instant. */
export function localDateAt(instant: Date, zone: string): LocalDate {
  return zoned(instant, zone).toPlainDate().toString() as LocalDate;
}

/** `HH:MM` on the wall clock of `zone`. */
export function localTimeAt(instant: Date, zone: string): string {
  return zoned(instant, zone).toPlainTime().toString({ smallestUnit: "minute" });
}

/**
 * The instant at which the wall clock of `zone` shows that day and time. A time that the clock
 * skips in spring is moved forward by the length of the gap; one that comes twice is its first.
 */
export function instantOf(date: LocalDate, time: string, zone: string): Date {
  const local = Temporal.PlainDateTime.from(`${date}T${time}`);
  return new Date(local.toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds);
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(utcMidnight(date) + days * DAY_MS).toISOString().slice(0, 10) as LocalDate;
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return (utcMidnight(to) - utcMidnight(from)) / DAY_MS;
}

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export function weekdayOf(date: LocalDate): number {
  return new Date(utcMidnight(date)).getUTCDay() || 7;
}

/**
 * Whole years a person born on `bornOn` has completed on `on`; 0 or less before birth. By the text alone:
 * a day's list asks it for hundreds of people, and the calendar took a sixth of the list's time.
 */
export function ageOn(bornOn: LocalDate, on: LocalDate): number {
  return bornOn <= on ? yearsFrom(bornOn, on) : 0 - yearsFrom(on, bornOn);
}

function yearsFrom(first: LocalDate, last: LocalDate): number {
  return Number(last.slice(0, 4)) - Number(first.slice(0, 4)) - (last.slice(5) < first.slice(5) ? 1 : 0);
}

/** A calendar day from three boxes, or undefined when there is no such day. */
export function localDateFrom(year: number, month: number, day: number): LocalDate | undefined {
  if (![year, month, day].every(Number.isInteger) || year < 1 || year > 9999) return undefined;
  const text = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  const instant = new Date(`${text}T00:00:00Z`);
  // A 31st of February would come back as a day of March.
  return !Number.isNaN(instant.getTime()) && instant.toISOString().slice(0, 10) === text
    ? (text as LocalDate)
    : undefined;
}

export function isLocalDate(text: string): text is LocalDate {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return parts !== null && localDateFrom(Number(parts[1]), Number(parts[2]), Number(parts[3])) !== undefined;
}

/** Days have no zone: counted from midnight UTC they are all 24 hours long. */
function utcMidnight(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}

/** UTC offset such as `-05:00` that holds in `zone` at that instant. */
export function offsetAt(instant: Date, zone: string): string {
  return zoned(instant, zone).offset;
}

function zoned(instant: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
}
