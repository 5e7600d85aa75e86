import { SMALLEST_COUNT } from "#kernel/draws.ts";
import { told, type Told } from "#kernel/small-counts.ts";
import type { OfficeId } from "#kernel/ids.ts";

/** What was done beside the rule at an office in a month, and how much of it by one person alone. */
export interface ExceptionCounts {
  /** Dates that a desk gave. */
  readonly dates: number;
  /** Of these, on the word of a second member of staff. */
  readonly attested: number;
  /** Whom the door let in against its verdict. */
  readonly door: number;
  /** Of these, without a second signature. */
  readonly doorAlone: number;
  /** Urgent requests that were granted. */
  readonly urgent: number;
  /** Answers to urgent requests that the head of office signed alone. */
  readonly urgentAlone: number;
}
export interface ExceptionMonth extends ExceptionCounts {
  readonly officeId: OfficeId;
  /** `2026-11`. */
  readonly month: string;
}
/** As everybody may read them: null where fewer than ten would be told, or given away. */
export type ToldExceptions = Readonly<Record<keyof ExceptionCounts, Told>>;

const PAIRS = [
  ["dates", "attested"],
  ["door", "doorAlone"],
  ["urgent", "urgentAlone"],
] as const;

/** The network month by month, the latest first. */
export function networkExceptions(rows: readonly ExceptionMonth[]): ({ month: string } & ToldExceptions)[] {
  return monthsOf(rows).map((month) => {
    const own = rows.filter((one) => one.month === month);
    const pairs = PAIRS.map(([whole, part]) => {
      const [all, some] = [sum(own, whole), sum(own, part)];
      const [toldAll] = told([all]);
      return [
        [whole, toldAll!],
        [part, toldAll === null ? null : partOf(some, all)],
      ];
    });
    return { month, ...(Object.fromEntries(pairs.flat()) as ToldExceptions) };
  });
}

/** Each office's month; where one alone were too small to be told, the smallest of the others goes with it. */
export function officeExceptions(
  rows: readonly ExceptionMonth[],
): ({ officeId: OfficeId; month: string } & ToldExceptions)[] {
  return monthsOf(rows).flatMap((month) => {
    const own = rows.filter((one) => one.month === month);
    // The network's whole and part are told too: each is hidden as if it were told alone.
    const wholes = PAIRS.map(([whole]) => told(own.map((one) => one[whole])));
    const parts = PAIRS.map(([, part]) => told(own.map((one) => one[part])));
    const rests = PAIRS.map(([whole, part]) => told(own.map((one) => Math.max(0, one[whole] - one[part]))));
    return own.map((row, i) => {
      const pairs = PAIRS.map(([whole, part], pair) => {
        const all = wholes[pair]![i]!;
        const isHidden = all === null || parts[pair]![i] === null || rests[pair]![i] === null;
        return [
          [whole, all],
          [part, isHidden ? null : row[part]],
        ];
      });
      return { officeId: row.officeId, month, ...(Object.fromEntries(pairs.flat()) as ToldExceptions) };
    });
  });
}

/** A part of a told whole: neither it nor the rest is a handful. */
function partOf(part: number, whole: number): Told {
  const isHandful = (some: number): boolean => some > 0 && some < SMALLEST_COUNT;
  return isHandful(part) || isHandful(whole - part) ? null : part;
}

const monthsOf = (rows: readonly ExceptionMonth[]) => [...new Set(rows.map((one) => one.month))].sort().reverse();
const sum = (rows: readonly ExceptionMonth[], of: keyof ExceptionCounts) => rows.reduce((all, row) => all + row[of], 0);
