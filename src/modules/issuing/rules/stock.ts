import type { BlankDay, BlankLine } from "../types.ts";
import { BLANKS } from "../types.ts";

/** Working days for which the stock must last: below it the page warns (issue: "below five days' stock"). */
export const STOCK_DAYS = 5;

/** A movement with its place in time. */
export interface DatedBlank extends BlankLine {
  /** Of the day that is closed; otherwise of one before it. */
  readonly ofTheDay: boolean;
}

/** What a movement does to the number of pieces. */
export function piecesOf({ movement, quantity }: Pick<BlankLine, "movement" | "quantity">): number {
  return movement === "used" || movement === "spoiled" ? -quantity : quantity;
}

/** Pieces at the start and the end of a day, with what happened between: nothing appears or vanishes in silence. */
export function blankDays(lines: readonly DatedBlank[]): BlankDay[] {
  return BLANKS.map((blank): BlankDay => {
    const own = lines.filter((one) => one.blank === blank);
    const today = own.filter((one) => one.ofTheDay);
    const sum = (movement: BlankLine["movement"]): number => total(today.filter((one) => one.movement === movement));
    const start = own.filter((one) => !one.ofTheDay).reduce((pieces, one) => pieces + piecesOf(one), 0);
    return {
      blank,
      start,
      received: sum("received"),
      adjusted: sum("adjusted"),
      used: sum("used"),
      spoiled: sum("spoiled"),
      end: today.reduce((pieces, one) => pieces + piecesOf(one), start),
      spoiledNumbers: spoiledNumbers(today),
    };
  });
}

function total(lines: readonly BlankLine[]): number {
  return lines.reduce((sum, one) => sum + one.quantity, 0);
}

/** A slip that was taken back has its number twice, once with each sign. */
function spoiledNumbers(lines: readonly BlankLine[]): string[] {
  const left = new Map<string, number>();
  for (const { movement, number, quantity } of lines)
    if (movement === "spoiled" && number !== null) left.set(number, (left.get(number) ?? 0) + quantity);
  return [...left].flatMap(([number, pieces]) => (pieces > 0 ? [number] : [])).sort();
}

/**
 * For how many of the next working days the stock is enough for what is booked: all of them, or fewer, and then
 * somebody must ask for more. `pending`: documents of people who were here and whose blank is not printed yet.
 */
export function daysOfStock(pieces: number, pending: number, booked: readonly number[]): number {
  let left = pieces - pending;
  if (left < 0) return 0;
  for (const [day, count] of booked.entries()) {
    left -= count;
    if (left < 0) return day;
  }
  return booked.length;
}

/** Whether the page warns. */
export function isLow(days: number): boolean {
  return days < STOCK_DAYS;
}

/** What a count found more or less than the movements say. */
export function adjustment(counted: number, pieces: number): number {
  return counted - pieces;
}
