import { SMALLEST_COUNT } from "#kernel/draws.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { told, type Told } from "#kernel/small-counts.ts";
import { measured, type Tally } from "./reports.ts";

/** One language in one month, as it may be told. */
export interface InterpretedLanguage {
  /** Without its variant: of those there are fewer. */
  readonly language: string;
  readonly asked: Told;
  /** Of those who asked, how many nobody interpreted for. */
  readonly nobody: Told;
  /** Half of them waited so many minutes at most. */
  readonly wait: number | null;
  /** Half of them spoke so many minutes at most. */
  readonly talk: number | null;
}
export interface InterpretedMonth {
  /** `2026-11` */
  readonly month: string;
  readonly languages: readonly InterpretedLanguage[];
}

interface Row extends Tally {
  readonly month: LocalDate;
  readonly language: string;
  readonly measure: "wait" | "talk" | "nobody";
}

/** The latest month first; of each language the most asked for first. */
export function interpretedMonths(rows: readonly Row[]): InterpretedMonth[] {
  const months = [...new Set(rows.map(({ month }) => month))].sort().reverse();
  return months.map((month) => ({
    month: month.slice(0, 7),
    languages: languagesOf(rows.filter((row) => row.month === month)),
  }));
}

function languagesOf(rows: readonly Row[]): InterpretedLanguage[] {
  const found = [...new Set(rows.map(({ language }) => languageOf(language)))]
    .map((language) => {
      const of = (measure: Row["measure"]) =>
        rows.filter((row) => languageOf(row.language) === language && row.measure === measure);
      const served = measured(language, of("wait"));
      const nobody = of("nobody").reduce((sum, { count }) => sum + count, 0);
      return { language, served, nobody, asked: (served?.count ?? 0) + nobody, talk: measured(language, of("talk")) };
    })
    .sort((a, b) => b.asked - a.asked || (a.language < b.language ? -1 : 1));
  const asked = told(found.map((one) => one.asked));
  return found.map((one, i) => {
    if (asked[i] === null) return { language: one.language, asked: null, nobody: null, wait: null, talk: null };
    // Who waited in vain and who did not: a handful of either is told of neither.
    const [, nobody] = told([one.served?.count ?? 0, one.nobody]);
    const isTold = (count: number | undefined) => (count ?? 0) >= SMALLEST_COUNT;
    return {
      language: one.language,
      asked: asked[i]!,
      nobody: nobody!,
      wait: isTold(one.served?.count) ? one.served!.median : null,
      talk: isTold(one.talk?.count) ? one.talk!.median : null,
    };
  });
}

/** `mixteco_costa` is Mixtec. */
export function languageOf(code: string): string {
  return code.split("_")[0]!;
}

/** Whole minutes between two instants. */
export function minutesBetween(from: Date, to: Date): number {
  return Math.max(0, Math.floor((to.getTime() - from.getTime()) / MINUTE_MS));
}
