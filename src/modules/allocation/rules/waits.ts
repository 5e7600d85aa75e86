import { CEILING_WEEKS, SERVED_IN_HUNDRED, SMALLEST_COUNT } from "#kernel/draws.ts";

/**
 * Households of one office and service group in one draw, by the weeks for which they had asked when it was drawn.
 * A household asks for the office that its first wish names first, and is counted until it is given a place.
 */
export interface Waited {
  readonly drawId: string;
  /** First draws in which the household stood, this one included: 1 is a newcomer. */
  readonly weeks: number;
  readonly stood: number;
  /** Given a place before the next first draw, in whichever round; the others still wait, or took their request back. */
  readonly served: number;
  /** Steps of counters that those who stood need. */
  readonly places: number;
}

/** How long people wait; with `more`, longer than the draws counted here can tell: more than so many weeks. */
export interface Wait {
  readonly weeks: number;
  readonly more: boolean;
}

/** Of all households those that are not served within the weeks that are told, as a share. */
export const LEFT_OF_ALL = (100 - SERVED_IN_HUNDRED) / 100;
/** Draws that a wait is told from: two months, so that small offices have enough families and it is still true today. */
export const WAIT_DRAWS = 8;
/** Fewer draws than this tell nothing: a lucky or a poor month. Our own number. */
const LEAST_DRAWS = 4;

/** Households of several draws that had asked for equally long. */
interface Age {
  stood: number;
  served: number;
}

/**
 * The weeks within which 95 of 100 households were given a place, as a life table tells it: of those who had asked for
 * one week so many were served, of those for two weeks so many, and so on, all in the draws given here. So a household
 * that still waits counts as not served, for each week that it stood, and nobody has to wait for it to be over. One that
 * took its request back counts until then. Null while there are too few draws or too few households to tell.
 */
export function waitOf(lines: readonly Waited[]): Wait | null {
  if (new Set(lines.map(({ drawId }) => drawId)).size < LEAST_DRAWS) return null;
  const oldest = Math.max(...lines.map(({ weeks }) => weeks));
  let waiting = 1;
  for (let week = 1; week <= oldest; week++) {
    const age = ageOf(lines, week);
    if (age === undefined) return week === 1 ? null : { weeks: week - 1, more: true };
    waiting *= (age.stood - age.served) / age.stood;
    if (waiting <= LEFT_OF_ALL) return { weeks: week, more: false };
  }
  return { weeks: oldest, more: true };
}

/** Those who had asked for so many weeks; too few of them are counted with all who had asked for longer. */
function ageOf(lines: readonly Waited[], week: number): Age | undefined {
  const own = lines.filter((one) => one.weeks === week);
  for (const counted of [sumOf(own), sumOf(lines.filter((one) => one.weeks >= week))])
    if (counted.stood >= SMALLEST_COUNT) return counted;
  return undefined;
}

function sumOf(lines: readonly Waited[]): Age {
  return lines.reduce<Age>((sum, one) => ({ stood: sum.stood + one.stood, served: sum.served + one.served }), {
    stood: 0,
    served: 0,
  });
}

/** Of several services of one household the longest wait; null as soon as one of them is not known. */
export function longestWait(waits: readonly (Wait | null)[]): Wait | null {
  let longest: Wait | null = null;
  for (const one of waits) {
    if (one === null) return null;
    if (longest === null || isLonger(one, longest)) longest = one;
  }
  return longest;
}

function isLonger(one: Wait, other: Wait): boolean {
  return one.weeks === other.weeks ? one.more && !other.more : one.weeks > other.weeks;
}

/** More than eight weeks, or so many and more. */
export function isPastCeiling({ weeks, more }: Wait): boolean {
  return weeks > CEILING_WEEKS || (more && weeks === CEILING_WEEKS);
}
