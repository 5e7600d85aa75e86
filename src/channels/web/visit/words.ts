import type { LocalDate } from "#kernel/ids.ts";
import { localTimeAt } from "#kernel/time.ts";
import type { AmountDue, Office } from "#modules/offices/index.ts";
import { dayInWords, money, timeInWords } from "../texts/format.ts";
import type { Language } from "../texts/texts.ts";
import { visitTexts } from "../texts/visit.ts";
import { fullName, type Member } from "./party.ts";

/** `US$ 106 a US$ 229`, or that it is free; the year of the tariff belongs beside it. */
export function amountInWords({ min, max }: Pick<AmountDue, "min" | "max">, language: Language): string {
  const t = visitTexts(language);
  if (max === 0) return t("free");
  return min === max ? money(max, language) : t("feeRange", { min: money(min, language), max: money(max, language) });
}

/** The amount with the years of its tariffs. */
export function amountWithYear(due: Pick<AmountDue, "min" | "max" | "years">, language: Language): string {
  const amount = amountInWords(due, language);
  return due.years.length === 0 ? amount : visitTexts(language)("feeYear", { amount, year: due.years.join(", ") });
}

/** `9:40 a. m., hora de Fresno`: an hour never stands without its place. */
export function timeAt(instant: Date, office: Pick<Office, "zone" | "shortName">, language: Language): string {
  return visitTexts(language)("local", { time: hourAt(instant, office, language), city: office.shortName[language] });
}

export function hourAt(instant: Date, office: Pick<Office, "zone">, language: Language): string {
  return timeInWords(localTimeAt(instant, office.zone), language);
}

export function dayWords(date: LocalDate, language: Language, today?: LocalDate): string {
  const words = dayInWords(date, language, today);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function serviceNames(member: Pick<Member, "services">, language: Language): string[] {
  return member.services.map((service) => service.name[language]);
}

export function memberName(member: Member): string {
  return fullName(member.details);
}
