import type { LocalDate } from "#kernel/ids.ts";
import { addDays, weekdayOf } from "#kernel/time.ts";
import type { Service } from "#modules/offices/index.ts";
import type { Blank } from "../types.ts";

/** What an office makes of a service. */
export interface Paper {
  /** Blank of the counted stock; null for plain paper, and for what is printed elsewhere. */
  readonly blank: Blank | null;
  /** Working days after which it can be fetched; null where another authority sends it. */
  readonly workingDays: number | null;
}

/** A passport and a matrícula are printed in about an hour (facts.md 4, services.json `turnaround`). */
const SAME_DAY = 0;
/** "Certificate on the spot or in three working days" (services.json, registro-nacimiento). */
const CIVIL_REGISTRY_DAYS = 3;
const FRIDAY = 5;

/** Groups that advise and print nothing. */
const ADVICE: ReadonlySet<string> = new Set(["proteccion", "ventanillas"]);

/** The paper of a service; undefined where a visit leaves none. */
export function paperOf({ slug, group }: Pick<Service, "slug" | "group">): Paper | undefined {
  if (ADVICE.has(group)) return undefined;
  if (slug.startsWith("pasaporte-")) return { blank: "booklet", workingDays: SAME_DAY };
  if (slug.startsWith("matricula-")) return { blank: "card", workingDays: SAME_DAY };
  // INE prints it in Mexico and sends it by courier in three to five weeks.
  if (slug === "credencial-votar") return { blank: null, workingDays: null };
  return { blank: null, workingDays: group === "registro_civil" ? CIVIL_REGISTRY_DAYS : SAME_DAY };
}

/** The day on which it is promised. */
export function promisedOn({ workingDays }: Paper, from: LocalDate, closed: ReadonlySet<LocalDate>): LocalDate | null {
  return workingDays === null ? null : workingDayAfter(from, workingDays, closed);
}

/** That many days on which the office opens after a day; the day itself for none. */
export function workingDayAfter(from: LocalDate, days: number, closed: ReadonlySet<LocalDate>): LocalDate {
  let day = from;
  for (let opened = 0; opened < days;) {
    day = addDays(day, 1);
    if (weekdayOf(day) <= FRIDAY && !closed.has(day)) opened += 1;
  }
  return day;
}
