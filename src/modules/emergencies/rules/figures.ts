import { SMALLEST_COUNT } from "#kernel/draws.ts";
import { told } from "#kernel/small-counts.ts";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { addDays } from "#kernel/time.ts";

/** What became of the requests of one office and week; `minutes` to each answer, opening minutes. */
export interface WeekOfOffice {
  readonly officeId: OfficeId;
  /** Its Monday. */
  readonly week: LocalDate;
  readonly asked: number;
  readonly granted: number;
  readonly refused: number;
  readonly alone: number;
  readonly late: number;
  readonly minutes: readonly number[];
}

/** Counts as everybody may read them; null where fewer than ten would be told, or given away. */
export interface Figures {
  readonly asked: number | null;
  readonly granted: number | null;
  readonly refused: number | null;
  readonly alone: number | null;
  readonly late: number | null;
  readonly medianMinutes: number | null;
}
export interface Period extends Figures {
  readonly from: LocalDate;
  /** Its last day, included. */
  readonly to: LocalDate;
}
export interface OfficeFigures extends Figures {
  readonly officeId: OfficeId;
}

const HIDDEN: Figures = { asked: null, granted: null, refused: null, alone: null, late: null, medianMinutes: null };

/**
 * The network week by week. A week of fewer than ten joins the next ones until they are ten together, so that no sum can be
 * taken apart into it; what is not ten yet is not told.
 */
export function networkPeriods(weeks: readonly WeekOfOffice[]): Period[] {
  const periods: Period[] = [];
  let open: { from: LocalDate; rows: WeekOfOffice[] } | undefined;
  for (const week of [...new Set(weeks.map((one) => one.week))].sort()) {
    open ??= { from: week, rows: [] };
    open.rows.push(...weeks.filter((one) => one.week === week));
    if (sumOf(open.rows, "asked") < SMALLEST_COUNT) continue;
    periods.push({ from: open.from, to: addDays(week, 6), ...figuresOf(open.rows) });
    open = undefined;
  }
  return periods;
}

/** Each office over the whole span; where one alone were too small to be told, the smallest of the others goes with it. */
export function officeFigures(weeks: readonly WeekOfOffice[]): OfficeFigures[] {
  const offices = [...new Set(weeks.map((one) => one.officeId))].sort();
  const rowsOf = offices.map((id) => weeks.filter((one) => one.officeId === id));
  const asked = told(rowsOf.map((rows) => sumOf(rows, "asked")));
  return offices.map((officeId, i) => ({ officeId, ...(asked[i] === null ? HIDDEN : figuresOf(rowsOf[i]!)) }));
}

function figuresOf(rows: readonly WeekOfOffice[]): Figures {
  const asked = sumOf(rows, "asked");
  const [granted, refused] = [sumOf(rows, "granted"), sumOf(rows, "refused")];
  const [toldGranted, toldRefused] = told([granted, refused, asked - granted - refused]);
  const minutes = rows.flatMap((one) => one.minutes).sort((a, b) => a - b);
  return {
    asked,
    granted: toldGranted ?? null,
    refused: toldRefused ?? null,
    alone: part(sumOf(rows, "alone"), minutes.length),
    late: part(sumOf(rows, "late"), asked),
    medianMinutes: minutes.length < SMALLEST_COUNT ? null : minutes[Math.ceil(minutes.length / 2) - 1]!,
  };
}

/** A part of a count is told when neither it nor what is left of the whole is a handful; none is told as none. */
function part(count: number, whole: number): number | null {
  const isHandful = (some: number): boolean => some > 0 && some < SMALLEST_COUNT;
  return isHandful(count) || isHandful(whole - count) ? null : count;
}

function sumOf(rows: readonly WeekOfOffice[], of: "asked" | "granted" | "refused" | "alone" | "late"): number {
  return rows.reduce((sum, row) => sum + row[of], 0);
}
