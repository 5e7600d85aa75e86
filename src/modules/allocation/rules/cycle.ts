import { DRAW_ZONE } from "#kernel/draws.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { addDays, DAY_MS, instantOf, localDateAt, MINUTE_MS, weekdayOf } from "#kernel/time.ts";
import type { Hours } from "../types.ts";

export { DRAW_ZONE };
const MONDAY = 1;
/** Sunday evening, eight o'clock (fairness.md 4.1.1). */
const LOCKS_AFTER = { days: 6, time: "20:00" };
/** From the lock to the round: time for the manifest and its witnesses. */
const ROUND_AFTER_LOCK_MS = 30 * MINUTE_MS;
/** Wednesday evening: 72 hours to say no. */
const ANSWERS_AFTER = { days: 9, time: "20:00" };
const SECOND_LOCK_AFTER_MS = 5 * MINUTE_MS;
const SECOND_ANSWERS_AFTER = { days: 11, time: "12:00" };
/** First and last week of the days that are drawn, counted from the week after the lock (fairness.md 4.0: W+2 to W+6). */
const FIRST_WEEK = 2;
const LAST_WEEK = 6;
/** Days after the last day of a draw from which anybody may have its rows (hardening.md 3). */
export const ROWS_AFTER_DAYS = 30;
/** A round that did not come in so long makes the draw void (fairness.md 4.1.3). */
export const VOID_AFTER_MS = 7 * DAY_MS;

/** The weekly draw and its second round, both announced when the first one opens. */
export interface Cycle {
  readonly first: Hours;
  readonly second: Hours;
}

/** The Monday on which the cycle that is open at `now` began. */
export function cycleMonday(now: Date): LocalDate {
  const today = localDateAt(now, DRAW_ZONE);
  return addDays(today, MONDAY - weekdayOf(today));
}

/** The cycle that opens on that Monday. */
export function planCycle(monday: LocalDate): Cycle {
  const at = ({ days, time }: { days: number; time: string }): Date =>
    instantOf(addDays(monday, days), time, DRAW_ZONE);
  const weekAfterLock = addDays(monday, 7);
  const horizonFrom = addDays(weekAfterLock, FIRST_WEEK * 7);
  const horizonTo = addDays(weekAfterLock, LAST_WEEK * 7 + 6);
  const days = { horizonFrom, horizonTo, rowsFrom: addDays(horizonTo, ROWS_AFTER_DAYS) };
  const opensAt = at({ days: 0, time: "00:00" });
  const locksAt = at(LOCKS_AFTER);
  const answersBy = at(ANSWERS_AFTER);
  const secondLock = new Date(answersBy.getTime() + SECOND_LOCK_AFTER_MS);
  const roundAfter = (lock: Date): Date => new Date(lock.getTime() + ROUND_AFTER_LOCK_MS);
  return {
    first: { opensAt, locksAt, drawsAt: roundAfter(locksAt), answersBy, ...days },
    second: {
      opensAt,
      locksAt: secondLock,
      drawsAt: roundAfter(secondLock),
      answersBy: at(SECOND_ANSWERS_AFTER),
      ...days,
    },
  };
}

/** Six in the evening: the cut-off of what came back, and of who may be called (fairness.md 4.3). */
const DAILY_LOCK = "18:00";
const DAILY_ANSWERS = "12:00";
/** A place that comes back so many days ahead, or more, is drawn; nearer ones are for whoever can still come. */
export const DAILY_FIRST_DAYS = 2;
/** From ten days on the weekly draw has it, as soon as its days reach there. */
const DAILY_LAST_DAYS = 9;

/** The daily draw that is open at `now`: of the places that came back for the days to come. */
export function planDaily(now: Date): Hours {
  const today = localDateAt(now, DRAW_ZONE);
  const day = now < instantOf(today, DAILY_LOCK, DRAW_ZONE) ? today : addDays(today, 1);
  const locksAt = instantOf(day, DAILY_LOCK, DRAW_ZONE);
  const horizonTo = addDays(day, DAILY_LAST_DAYS);
  return {
    opensAt: instantOf(addDays(day, -1), DAILY_LOCK, DRAW_ZONE),
    locksAt,
    drawsAt: new Date(locksAt.getTime() + ROUND_AFTER_LOCK_MS),
    answersBy: instantOf(addDays(day, 1), DAILY_ANSWERS, DRAW_ZONE),
    horizonFrom: addDays(day, DAILY_FIRST_DAYS),
    horizonTo,
    rowsFrom: addDays(horizonTo, ROWS_AFTER_DAYS),
  };
}

/** Longest that a demonstration stays open when nobody hurries it. */
const DEMO_OPEN_MS = 7 * DAY_MS;
/** From one step of a hurried demonstration to the next: a newcomer watches a whole draw in a minute. */
const DEMO_STEP_MS = 5_000;
/** Time to answer an offer of a hurried demonstration. */
const DEMO_ANSWER_MS = 20_000;

/** A demonstration: open for a week at most. Its rows are public at once. */
export function planDemo(now: Date): Cycle {
  const { horizonFrom, horizonTo } = planCycle(cycleMonday(now)).first;
  const days = { opensAt: now, horizonFrom, horizonTo, rowsFrom: localDateAt(now, DRAW_ZONE) };
  const { first, second } = hurried(new Date(now.getTime() + DEMO_OPEN_MS));
  return { first: { ...days, ...first }, second: { ...days, ...second } };
}

/** The hours of a demonstration that closes at `now`. */
export function hurried(now: Date): Record<"first" | "second", Pick<Hours, "locksAt" | "drawsAt" | "answersBy">> {
  const round = (lock: number) => ({
    locksAt: new Date(lock),
    drawsAt: new Date(lock + DEMO_STEP_MS),
    answersBy: new Date(lock + DEMO_STEP_MS + DEMO_ANSWER_MS),
  });
  const first = round(now.getTime());
  return { first, second: round(first.answersBy.getTime() + DEMO_STEP_MS) };
}
