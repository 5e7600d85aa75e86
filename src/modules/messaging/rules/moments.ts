import { localDateAt, localTimeAt } from "#kernel/time.ts";
import type { Language } from "../types.ts";

const TAG: Readonly<Record<Language, string>> = { es: "es-MX", en: "en-US" };

/** When a visit is, in words, on the wall clock of its office. */
export interface Moment {
  readonly year: string;
  /** `3 de diciembre`, `December 3` */
  readonly day: string;
  /** `3 dic`, `Dec 3` */
  readonly shortDay: string;
  readonly weekday: string;
  /** `10:30 a.m.` */
  readonly time: string;
  /** `10:30 de la mañana`, `10:30 in the morning`: for the ear. */
  readonly spokenTime: string;
  /** `PST` */
  readonly zoneCode: string;
  /** `hora del Pacífico`, `Pacific Time` */
  readonly zoneName: string;
}

export function momentOf(startsAt: Date, zone: string, language: Language): Moment {
  const part = (options: Intl.DateTimeFormatOptions, type: Intl.DateTimeFormatPartTypes, tag = TAG[language]): string =>
    new Intl.DateTimeFormat(tag, { timeZone: zone, ...options })
      .formatToParts(startsAt)
      .find((one) => one.type === type)?.value ?? "";
  const date = localDateAt(startsAt, zone);
  const number = String(Number(date.slice(8)));
  const month = part({ month: "long", day: "numeric" }, "month");
  const shortMonth = part({ month: "short", day: "numeric" }, "month").replace(".", "");
  const [hours, minutes] = localTimeAt(startsAt, zone).split(":") as [string, string];
  const clock = `${Number(hours) % 12 || 12}:${minutes}`;
  const after = Number(hours);
  const es = language === "es";
  return {
    year: date.slice(0, 4),
    day: es ? `${number} de ${month}` : `${month} ${number}`,
    shortDay: es ? `${number} ${shortMonth}` : `${shortMonth} ${number}`,
    weekday: part({ weekday: "long" }, "weekday"),
    time: `${clock} ${after < 12 ? "a.m." : "p.m."}`,
    spokenTime: `${clock} ${DAYTIMES[language][after < 12 ? 0 : after < 19 ? 1 : 2]}`,
    // Only American English has the codes that are used on the spot: PST, MST, AST.
    zoneCode: part({ timeZoneName: "short", hour: "numeric" }, "timeZoneName", "en-US"),
    zoneName: part({ timeZoneName: "longGeneric", hour: "numeric" }, "timeZoneName"),
  };
}

const DAYTIMES = {
  es: ["de la mañana", "de la tarde", "de la noche"],
  en: ["in the morning", "in the afternoon", "in the evening"],
} as const;

export function fullDay(moment: Moment, language: Language): string {
  return language === "es"
    ? `${moment.weekday} ${moment.day} de ${moment.year}`
    : `${moment.weekday}, ${moment.day}, ${moment.year}`;
}

/** `4 de septiembre de 2026`, `September 4, 2026` */
export function dayOfYear(moment: Moment, language: Language): string {
  return language === "es" ? `${moment.day} de ${moment.year}` : `${moment.day}, ${moment.year}`;
}
