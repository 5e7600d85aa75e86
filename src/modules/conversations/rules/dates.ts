import type { LocalDate } from "#kernel/ids.ts";
import { addDays, localDateFrom, weekdayOf } from "#kernel/time.ts";
import { plain } from "./plain.ts";
import type { Language } from "../types.ts";

const MONTHS: readonly (readonly string[])[] = [
  ["enero", "ene", "january", "jan"],
  ["febrero", "feb", "february"],
  ["marzo", "mar", "march"],
  ["abril", "abr", "april", "apr"],
  ["mayo", "may"],
  ["junio", "jun", "june"],
  ["julio", "jul", "july"],
  ["agosto", "ago", "august", "aug"],
  ["septiembre", "setiembre", "sept", "sep", "set", "september"],
  ["octubre", "oct", "october"],
  ["noviembre", "nov", "november"],
  ["diciembre", "dic", "december", "dec"],
];
const WEEKDAYS: readonly (readonly string[])[] = [
  ["lunes", "monday"],
  ["martes", "tuesday"],
  ["miercoles", "wednesday"],
  ["jueves", "thursday"],
  ["viernes", "friday"],
  ["sabado", "saturday"],
  ["domingo", "sunday"],
];
const NAMES = MONTHS.flat()
  .sort((a, b) => b.length - a.length)
  .join("|");
const DAY = "(\\d{1,2})(?:st|nd|rd|th|o|ero)?";
const SEPARATOR = "(?:\\s*(?:,|de|del|of|-|/|\\.)\\s*|\\s+)";
/** The oldest person who may be meant by two digits of a year is younger than a hundred. */
const CENTURY = 100;

/** Tried in this order; each says where day, month and year stand in it. */
const FORMS: readonly { readonly form: RegExp; readonly read: (parts: string[], language: Language) => Parts }[] = [
  { form: /\b(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})\b/, read: ([y, m, d]) => [y!, m!, d!] },
  {
    form: new RegExp(`\\b${DAY}${SEPARATOR}(${NAMES})\\b(?:${SEPARATOR}(\\d{4}|\\d{2})\\b)?`),
    read: ([d, m, y]) => [y, monthOf(m!), d!],
  },
  {
    form: new RegExp(`\\b(${NAMES})${SEPARATOR}${DAY}\\b(?:${SEPARATOR}(\\d{4}|\\d{2})\\b)?`),
    read: ([m, d, y]) => [y, monthOf(m!), d!],
  },
  {
    form: /\b(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{4}|\d{2}))?\b/,
    read: ([a, b, y], language) => {
      // A month is never above 12: only where both could be one does the language decide.
      const dayFirst = Number(a) > 12 || (Number(b) <= 12 && language === "es");
      return dayFirst ? [y, b!, a!] : [y, a!, b!];
    },
  },
  {
    form: /\b(\d{8})\b/,
    read: ([all], language) =>
      /^(19|20)\d\d(0[1-9]|1[0-2])/.test(all!)
        ? [all!.slice(0, 4), all!.slice(4, 6), all!.slice(6)]
        : language === "es" || Number(all!.slice(0, 2)) > 12
          ? [all!.slice(4), all!.slice(2, 4), all!.slice(0, 2)]
          : [all!.slice(4), all!.slice(0, 2), all!.slice(2, 4)],
  },
];
type Parts = [year: string | undefined, month: string, day: string];

/**
 * The day that somebody typed in any usual form, and what of the text is not that day; undefined when there is none.
 * `past` is a birth date, whose two digits mean a year gone by; a day to come may lack its year.
 */
export function findDate(
  typed: string,
  { today, language, past }: { today: LocalDate; language: Language; past: boolean },
): { readonly date: LocalDate; readonly rest: string } | undefined {
  const text = plain(typed);
  for (const { form, read } of FORMS) {
    const found = form.exec(text);
    if (!found) continue;
    const [year, month, day] = read(found.slice(1), language);
    const date = dateOf(year, Number(month), Number(day), today, past);
    if (date) return { date, rest: text.replace(found[0], " ").trim() };
  }
  return past ? undefined : wordedDate(text, today);
}

function dateOf(
  year: string | undefined,
  month: number,
  day: number,
  today: LocalDate,
  past: boolean,
): LocalDate | undefined {
  const thisYear = Number(today.slice(0, 4));
  if (year === undefined) {
    if (past) return undefined;
    const next = localDateFrom(thisYear, month, day);
    return next && next >= today ? next : localDateFrom(thisYear + 1, month, day);
  }
  if (year.length === 4) return plausible(localDateFrom(Number(year), month, day), today, past);
  const inThisCentury = Math.floor(thisYear / CENTURY) * CENTURY + Number(year);
  const near = localDateFrom(inThisCentury, month, day);
  return past && (near === undefined || near > today) ? localDateFrom(inThisCentury - CENTURY, month, day) : near;
}

/** Nobody who stands at a counter was born before this; a day to come lies ahead. */
const OLDEST_YEARS = 125;

function plausible(date: LocalDate | undefined, today: LocalDate, past: boolean): LocalDate | undefined {
  if (!date || !past) return date;
  return date <= today && Number(today.slice(0, 4)) - Number(date.slice(0, 4)) <= OLDEST_YEARS ? date : undefined;
}

function wordedDate(text: string, today: LocalDate): { date: LocalDate; rest: string } | undefined {
  const worded = /\b(pasado manana|day after tomorrow|manana|tomorrow|hoy|today)\b/.exec(text)?.[1];
  if (worded) {
    const days = worded === "hoy" || worded === "today" ? 0 : worded === "manana" || worded === "tomorrow" ? 1 : 2;
    return { date: addDays(today, days), rest: text.replace(worded, " ").trim() };
  }
  const weekday = WEEKDAYS.findIndex((names) => names.some((name) => new RegExp(`\\b${name}\\b`).test(text))) + 1;
  if (weekday === 0) return undefined;
  const day = /\b(\d{1,2})\b/.exec(text)?.[1];
  // "lunes 30": of the days to come the first that is both; "lunes" alone is the next one.
  for (let ahead = 1; ahead <= 120; ahead++) {
    const date = addDays(today, ahead);
    if (weekdayOf(date) === weekday && (day === undefined || Number(date.slice(8)) === Number(day)))
      return { date, rest: "" };
  }
  return undefined;
}

function monthOf(name: string): string {
  return String(MONTHS.findIndex((names) => names.includes(name)) + 1);
}
