import { SHORT_DRAWN_HOURS, SHORT_ROUND_MINUTES } from "#kernel/limits.ts";
import { addDays, HOUR_MS, localDateAt, localTimeAt, MINUTE_MS } from "#kernel/time.ts";
import type { Hours } from "../types.ts";
import { DRAW_ZONE, planDaily, ROWS_AFTER_DAYS } from "./cycle.ts";

/** What was freed until so long after the full hour is in that hour's draw. */
const LOCKS_AFTER_MS = 5 * MINUTE_MS;
const ROUND_AFTER_MS = SHORT_ROUND_MINUTES * MINUTE_MS;
/** Time to answer: min(2 h, L/6), which from twelve hours on is two (fairness.md 4.3). */
export const SHORT_ANSWER_MS = 2 * HOUR_MS;
/** Wall clock of the office between which somebody may be asked and must answer (fairness.md 4.3). */
const ASKED_FROM = "08:00";
const ASKED_UNTIL = "21:00";

/**
 * The short draw of the hour in which `now` is: of places that came back so late that no daily draw will have them. One
 * each hour, not each two: whoever is silent has had her two hours when the third draw after hers locks, and a place for
 * tomorrow morning is offered three times in an afternoon instead of twice.
 */
export function planShort(now: Date): Hours {
  const opensAt = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  const drawsAt = new Date(opensAt + ROUND_AFTER_MS);
  const horizonTo = addDays(planDaily(new Date(opensAt)).horizonFrom, -1);
  return {
    opensAt: new Date(opensAt),
    locksAt: new Date(opensAt + LOCKS_AFTER_MS),
    drawsAt,
    answersBy: new Date(drawsAt.getTime() + SHORT_ANSWER_MS),
    horizonFrom: localDateAt(drawsAt, DRAW_ZONE),
    horizonTo,
    rowsFrom: addDays(horizonTo, ROWS_AFTER_DAYS),
  };
}

/** The earliest start of a place that this draw may give: nearer ones return at the release ticks. */
export function firstStartOf({ drawsAt }: Pick<Hours, "drawsAt">): Date {
  return new Date(drawsAt.getTime() + SHORT_DRAWN_HOURS * HOUR_MS);
}

/** Whether somebody may be asked for an office of that zone: from the round to the last minute to answer it is day there. */
export function isAskedIn(zone: string, { drawsAt, answersBy }: Pick<Hours, "drawsAt" | "answersBy">): boolean {
  return (
    localTimeAt(drawsAt, zone) >= ASKED_FROM &&
    localTimeAt(answersBy, zone) <= ASKED_UNTIL &&
    localDateAt(drawsAt, zone) === localDateAt(answersBy, zone)
  );
}
