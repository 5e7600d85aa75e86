import { describe, expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import {
  COOL_DOWN_HOURS,
  coolingAfter,
  MISTAKE_MINUTES,
  MOST_MOVES,
  movesAfter,
  movesAfterMovingHome,
  type Moves,
} from "./changes.ts";

const NOON = new Date("2026-12-03T12:00:00Z");
const after = (minutes: number, from = NOON) => new Date(from.getTime() + minutes * MINUTE_MS);
const FRESH: Moves = { moves: 0, mendUntil: null };

describe("moves of a booking", () => {
  /** Moves one after the other, each so many minutes after the one before, until one is refused. */
  const movesEvery = (minutes: number): number => {
    let [standing, at, made]: [Moves | undefined, Date, number] = [FRESH, NOON, 0];
    while ((standing = movesAfter(standing, at)) && made < 100) [at, made] = [after(minutes, at), made + 1];
    return made;
  };

  test("two are counted; with each of them one mistake is put right, and there is no end to it in no other way", () => {
    expect(movesEvery(MISTAKE_MINUTES + 1)).toBe(MOST_MOVES);
    expect(movesEvery(1)).toBe(2 * MOST_MOVES);
    expect(movesEvery(MISTAKE_MINUTES)).toBe(2 * MOST_MOVES);
  });

  test("whoever has moved home goes anywhere while a move is left, and that was the last", () => {
    const far = movesAfterMovingHome(FRESH, NOON)!;
    expect(movesAfter(far, after(MISTAKE_MINUTES + 1))).toBeUndefined();
    expect(movesAfterMovingHome(far, after(MISTAKE_MINUTES + 1))).toBeUndefined();
    expect(movesAfter(far, after(1))).toEqual({ moves: MOST_MOVES, mendUntil: null });
  });

  test("the wrong far office is put right within its minutes, once, to another far one too", () => {
    const mended = movesAfterMovingHome(movesAfterMovingHome(FRESH, NOON)!, after(1))!;
    expect(mended).toEqual({ moves: MOST_MOVES, mendUntil: null });
    expect(movesAfterMovingHome(mended, after(2))).toBeUndefined();
    // A near move is put right by a far one as well, and that was the last.
    expect(movesAfterMovingHome(movesAfter(FRESH, NOON)!, after(1))).toEqual(mended);
  });

  test("whose place the office cut moves home without being counted, also when none is left", () => {
    for (const moves of [0, MOST_MOVES]) {
      const cut = { moves, mendUntil: null, displaced: true };
      expect(movesAfterMovingHome(cut, NOON)).toEqual({ moves, mendUntil: null });
    }
  });
});

describe("after a cancellation", () => {
  const waits = (bookedMinutesBefore: number, before: Date | null) =>
    coolingAfter({ bookedAt: after(-bookedMinutesBefore), before }, NOON);
  const threeDays = new Date(NOON.getTime() + COOL_DOWN_HOURS * HOUR_MS);

  test("the contact waits; a booking made some minutes ago was a mistake", () => {
    expect(waits(MISTAKE_MINUTES + 1, null)).toEqual(threeDays);
    expect(waits(MISTAKE_MINUTES, null)).toBeNull();
  });

  test("the mistake is one in three days: who books and cancels all day waits", () => {
    expect(waits(1, after(-60))).toEqual(threeDays);
    expect(waits(1, after(-COOL_DOWN_HOURS * 60 - 1))).toBeNull();
  });
});
