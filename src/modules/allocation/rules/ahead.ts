import type { LocalDate } from "#kernel/ids.ts";
import { addDays } from "#kernel/time.ts";
import type { Draw, DrawId, Hours } from "../types.ts";
import { cycleMonday, planCycle } from "./cycle.ts";

/** How many weekly draws beyond the announced one a calendar tells. */
const WEEKS_AHEAD = 2;
const WEEK_DAYS = 7;

/** A draw with its second round, as a calendar tells it: announced, or to come by the weekly timetable. */
export interface DrawAhead {
  /** The same before and after it is announced: the Monday of its week, or a demonstration's own number. */
  readonly key: string;
  /** Undefined until it opens. */
  readonly id: DrawId | undefined;
  readonly first: Hours;
  readonly second: Hours;
}

/**
 * Announced draws whose second round is not over, then the weeks to come; the earliest first. Demonstrations follow
 * no timetable: what nobody announced is not told. `draws` are all that are not over, with the second rounds.
 */
export function drawsAhead(draws: readonly Draw[], drawn: boolean, now: Date): DrawAhead[] {
  const announced = draws.flatMap((first): DrawAhead[] => {
    const second = draws.find((one) => one.follows === first.id);
    if (first.follows !== null || !second || second.answersBy <= now || second.state === "void") return [];
    return [{ key: keyOf(first), id: first.id, first, second }];
  });
  const weekly = drawn && draws.every(({ kind }) => kind !== "demo");
  const mondays = weekly ? mondaysAhead(now) : [];
  const known = new Set(announced.map(({ key }) => key));
  const planned = mondays.flatMap((monday): DrawAhead[] => {
    const { first, second } = planCycle(monday);
    return known.has(monday) || first.locksAt <= now ? [] : [{ key: monday, id: undefined, first, second }];
  });
  return [...announced, ...planned].sort((a, b) => a.first.locksAt.getTime() - b.first.locksAt.getTime());
}

function keyOf(draw: Draw): string {
  return draw.kind === "weekly" ? cycleMonday(draw.opensAt) : draw.id;
}

function mondaysAhead(now: Date): LocalDate[] {
  const monday = cycleMonday(now);
  return Array.from({ length: WEEKS_AHEAD + 1 }, (_, week) => addDays(monday, WEEK_DAYS * week));
}
