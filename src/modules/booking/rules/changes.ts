import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";

/**
 * Moves of one booking that its contact makes by herself (fairness.md 4.3; the British driving tests' number). Whoever
 * takes any place and trades it up needs many.
 */
export const MOST_MOVES = 2;
/** Besides to its own office a booking moves to so many of the nearest ones (fairness.md 4.3). */
export const NEAR_OFFICES = 3;
/** Hours for which a contact that cancelled books nothing at once (fairness.md 4.3). Draws are never closed to it. */
export const COOL_DOWN_HOURS = 72;
/**
 * Minutes in which a mistake is put right without being counted. Our own number: time enough to read the confirmation,
 * see the wrong day and begin again.
 */
export const MISTAKE_MINUTES = 15;

/** What a booking remembers of its moves. */
export interface Moves {
  readonly moves: number;
  /** Until when one more puts a mistake right. */
  readonly mendUntil: Date | null;
  /** Its office cut the place: whatever its contact chooses instead is not her doing. */
  readonly displaced?: boolean;
}

/**
 * The moves after one more, or undefined when there is none left. After each that counts, one more within minutes does
 * not: two moves are four at the most, never a way to go on trading.
 */
export function movesAfter({ moves, mendUntil, displaced }: Moves, now: Date): Moves | undefined {
  if (displaced) return { moves, mendUntil };
  if (mendUntil !== null && now <= mendUntil) return { moves, mendUntil: null };
  if (moves >= MOST_MOVES) return undefined;
  return { moves: moves + 1, mendUntil: new Date(now.getTime() + MISTAKE_MINUTES * MINUTE_MS) };
}

/**
 * The moves after one to any office, for who has changed home (people.md 17): it is believed, and it is the last but
 * for one within minutes, by which the wrong office is put right.
 */
export function movesAfterMovingHome(before: Moves, now: Date): Moves | undefined {
  const { moves, mendUntil, displaced } = before;
  if (displaced) return movesAfter(before, now);
  if (mendUntil !== null && now <= mendUntil) return { moves: MOST_MOVES, mendUntil: null };
  return moves < MOST_MOVES ? movesAfter({ moves: MOST_MOVES - 1, mendUntil: null }, now) : undefined;
}

/**
 * Until when a contact that cancels now books nothing at once; null when nothing changes for it. What was booked some
 * minutes ago was a mistake, once: whoever books and cancels all day would keep places from everybody.
 */
export function coolingAfter(
  cancelled: { readonly bookedAt: Date; readonly before: Date | null },
  now: Date,
): Date | null {
  const isMistake = now.getTime() - cancelled.bookedAt.getTime() <= MISTAKE_MINUTES * MINUTE_MS;
  const isFirst = cancelled.before === null || now.getTime() - cancelled.before.getTime() > COOL_DOWN_HOURS * HOUR_MS;
  return isMistake && isFirst ? null : new Date(now.getTime() + COOL_DOWN_HOURS * HOUR_MS);
}
