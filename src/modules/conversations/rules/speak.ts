import type { LocalDate } from "#kernel/ids.ts";
import { localDateAt } from "#kernel/time.ts";
import type { Choice, Facts, Language } from "../types.ts";
import { TALK_WORDS, type Words } from "./words.ts";

const LOCALES: Readonly<Record<Language, string>> = { es: "es-MX", en: "en-US" };

/** `lunes 30 de noviembre`. */
export function dayInWords(date: LocalDate, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" })
    .format(new Date(`${date}T12:00:00Z`))
    .replace(",", "");
}

/** `lun 30 nov`, for a row that has little room. */
export function dayShort(date: LocalDate, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  })
    .format(new Date(`${date}T12:00:00Z`))
    .replace(/[.,]/g, "");
}

/** `9:15 a. m.` on the wall clock of that zone. */
export function timeInWords(instant: string, zone: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], { hour: "numeric", minute: "2-digit", timeZone: zone })
    .format(new Date(instant))
    .replace(/[\u00a0\u202f]/g, " ");
}

/** Day and hour of an instant as its office keeps them. */
export function whenInWords(instant: string, zone: string, language: Language): [day: string, time: string] {
  const day = dayInWords(localDateAt(new Date(instant), zone), language);
  return [day, timeInWords(instant, zone, language)];
}

/** Who answers at once. No name is asked, nothing is noted, and it works from Mexico. */
export function dangerText(words: Words, facts: Facts, officeId?: Parameters<Facts["office"]>[0]): string {
  const office = officeId && facts.office(officeId);
  return [
    words.dangerNow,
    words.dangerLine(facts.lines.ciam),
    words.dangerMexico(facts.lines.ciamFromMexico),
    ...(office?.dutyLine ? [words.dangerDuty(office.city, office.dutyLine)] : []),
    words.dangerFree,
    words.again,
  ].join("\n");
}

export function dangerChoice(language: Language): Choice {
  const words = TALK_WORDS[language];
  return { key: "0", value: "danger", title: words.danger, detail: words.dangerDetail };
}
