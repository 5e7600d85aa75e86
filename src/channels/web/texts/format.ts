import type { LocalDate } from "#kernel/ids.ts";
import { addDays } from "#kernel/time.ts";
import { LOCALES, type Language } from "./texts.ts";

const KM_PER_MILE = 1.609344;
/** A Monday, from which the names of the week are told. */
const SOME_MONDAY = "2024-01-01" as LocalDate;

const formats = new Map<string, Intl.DateTimeFormat>();

/** A calendar day has no zone: it is told from its noon in UTC, so that no zone moves it. */
function dayFormat(
  language: Language,
  options: Intl.DateTimeFormatOptions,
): (date: LocalDate) => Intl.DateTimeFormatPart[] {
  const key = language + JSON.stringify(options);
  let format = formats.get(key);
  if (format === undefined)
    formats.set(key, (format = new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: "UTC" })));
  return (date) => format.formatToParts(new Date(`${date}T12:00:00Z`));
}

function join(parts: readonly Intl.DateTimeFormatPart[]): string {
  return parts.map((part) => part.value).join("");
}

/** `martes, 1 de diciembre`, `Tuesday, December 1`; with the year when it is another than that of `today`. */
export function dayInWords(date: LocalDate, language: Language, today?: LocalDate): string {
  const year = today === undefined || today.slice(0, 4) !== date.slice(0, 4);
  return join(
    dayFormat(language, { weekday: "long", day: "numeric", month: "long", ...(year ? { year: "numeric" } : {}) })(date),
  );
}

/** `1 de diciembre de 2026`, `December 1, 2026`. */
export function dateInWords(date: LocalDate, language: Language): string {
  return join(dayFormat(language, { day: "numeric", month: "long", year: "numeric" })(date));
}

/** `noviembre de 2026`, `November 2026`. */
export function monthInWords(date: LocalDate, language: Language): string {
  return join(dayFormat(language, { month: "long", year: "numeric" })(date));
}

/** The parts of a day as a calendar shows them: `martes`, `1`, `dic`. */
export function calendarDay(date: LocalDate, language: Language): { weekday: string; day: string; month: string } {
  const part = (options: Intl.DateTimeFormatOptions, type: string): string =>
    dayFormat(language, options)(date).find((one) => one.type === type)?.value ?? "";
  return {
    weekday: part({ weekday: "long" }, "weekday"),
    day: part({ day: "numeric", month: "short" }, "day"),
    month: part({ day: "numeric", month: "short" }, "month"),
  };
}

/** `lunes a viernes`, `Monday to Friday`, `lunes y jueves`. 1 is Monday (ISO 8601). */
export function weekdaysInWords(weekdays: readonly number[], language: Language): string {
  const sorted = [...new Set(weekdays)].sort((a, b) => a - b);
  const names = sorted.map((day) => calendarDay(addDays(SOME_MONDAY, day - 1), language).weekday);
  const [first, last] = [names[0] ?? "", names.at(-1) ?? ""];
  const unbroken = sorted.length > 2 && sorted.at(-1)! - sorted[0]! === sorted.length - 1;
  if (unbroken) return language === "es" ? `${first} a ${last}` : `${first} to ${last}`;
  return new Intl.ListFormat(LOCALES[language], { type: "conjunction" }).format(names);
}

/** `8:00 a. m.`, `8:00 AM`, from a time on the office's wall clock, `HH:MM`. */
export function timeInWords(time: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    hour: "numeric",
    minute: "2-digit",
    hour12: true,
    timeZone: "UTC",
  }).format(new Date(`2024-01-01T${time}:00Z`));
}

/** In the measure of the country first: `12 millas (19 km)`; in Canada `19 km (12 millas)`. */
export function distanceInWords(km: number, country: "US" | "CA", language: Language): string {
  const inKm = measure(km, "kilometer", "short", language);
  const inMiles = measure(km / KM_PER_MILE, "mile", "long", language);
  return country === "CA" ? `${inKm} (${inMiles})` : `${inMiles} (${inKm})`;
}

/** Positions are exact to about a kilometre: nothing is nearer than one. */
function measure(amount: number, unit: string, unitDisplay: "short" | "long", language: Language): string {
  return new Intl.NumberFormat(LOCALES[language], {
    style: "unit",
    unit,
    unitDisplay,
    maximumFractionDigits: 0,
  }).format(Math.max(1, amount));
}

/** `US$ 101`, `US$ 20.50`: the sign says whose dollars, which matters in Canada. */
export function money(amount: number, language: Language): string {
  const digits = Number.isInteger(amount) ? 0 : 2;
  return `US$\u00a0${amount.toLocaleString(LOCALES[language], { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** `+1 520 623 7874`, from the form in which the data keep it. */
export function phoneInWords(phone: string): string {
  return phone.replaceAll("-", "\u00a0");
}

export function phoneHref(phone: string): string {
  return `tel:${phone.replace(/[^\d+]/g, "")}`;
}
