import type { Language } from "../texts/texts.ts";

const LOCALES: Readonly<Record<Language, string>> = { es: "es-MX", en: "en-US" };

/** `10:42` on the wall clock of the office. */
export function clockTime(at: string | number, zone: string): string {
  return new Intl.DateTimeFormat("es-MX", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(new Date(at));
}

/** `jueves 3 de diciembre`. */
export function longDate(localDate: string, language: Language): string {
  return localFormat(localDate, language, { weekday: "long", day: "numeric", month: "long" });
}

/** `jueves`. */
export function weekdayName(localDate: string, language: Language): string {
  return localFormat(localDate, language, { weekday: "long" });
}

/** `jue 3`, the head of a narrow column. */
export function dayHead(localDate: string, language: Language): string {
  return localFormat(localDate, language, { weekday: "short", day: "numeric" });
}

/** `jue 3 dic`. */
export function shortDay(localDate: string, language: Language): string {
  return localFormat(localDate, language, { weekday: "short", day: "numeric", month: "short" });
}

/** `diciembre de 2026`. */
export function monthName(month: string, language: Language): string {
  return localFormat(`${month}-01`, language, { month: "long", year: "numeric" });
}

/** `3 de diciembre de 2026`. */
export function fullDate(localDate: string, language: Language): string {
  return localFormat(localDate, language, { day: "numeric", month: "long", year: "numeric" });
}

/** A local day is no instant, so that it is read in UTC. */
function localFormat(localDate: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(LOCALES[language], { timeZone: "UTC", ...options }).format(
    new Date(`${localDate}T00:00:00Z`),
  );
}

/** `3 dic 2026`. */
export function shortDate(at: string, zone: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    timeZone: zone,
    day: "numeric",
    month: "short",
    year: "numeric",
  }).format(new Date(at));
}

/** Whole years that somebody born on `bornOn` has completed on `on`; both local days. */
export function ageOn(bornOn: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(bornOn.slice(0, 4));
  return on.slice(5) < bornOn.slice(5) ? years - 1 : years;
}

/** Days from one local day to a later one. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
