import type { LocalDate } from "#kernel/ids.ts";
import { addDays, weekdayOf } from "#kernel/time.ts";
import type { Priority } from "../types.ts";

/** Age from which the fee rule and the law count a person as an older adult (people.md 4: the fee rule says 60). */
export const OLDER_ADULT_AGE = 60;
/** Children younger than this make a party one with small children (fairness.md §4: the age of the first passport group). */
export const SMALL_CHILD_AGE = 3;
/** Share of a day's turns that one person may let go first alone; beyond it a second one signs (hardening.md 25). */
export const ALONE_SHARE = 0.1;

export type PriorityByAge = Extract<Priority, "age_60" | "small_child">;

/** What birth dates give a party, unasked; null when they give nothing. */
export function priorityByAge(ages: readonly number[]): PriorityByAge | null {
  if (ages.some((age) => age >= OLDER_ADULT_AGE)) return "age_60";
  return ages.some((age) => age < SMALL_CHILD_AGE) ? "small_child" : null;
}

/** What a person at the door says of a party. */
export type DeclaredPriority = Exclude<Priority, PriorityByAge>;
export const DECLARED_PRIORITIES = [
  "disability",
  "pregnancy",
  "emergency",
  "far",
] as const satisfies readonly DeclaredPriority[];

/** The part of a priority that nobody gave. */
export function givenByAge(priority: Priority | null): PriorityByAge | null {
  return priority === "age_60" || priority === "small_child" ? priority : null;
}

/** Whether a second person must sign: any emergency, and each one past a tenth of the turns that the day has. */
export function needsSecond(
  priority: DeclaredPriority,
  day: { readonly marked: number; readonly turns: number },
): boolean {
  return priority === "emergency" || day.marked + 1 > Math.max(1, ALONE_SHARE * day.turns);
}

/** Whole weeks over which it is looked who lets whom go first. Our own number: clerks change the door every few days. */
export const SHARE_WEEKS = 12;
/** Standard deviations above the network's share from which somebody stands out. Our own number (docs/simulation/hall.md: one honest clerk in sixty within twelve weeks). */
export const STANDS_OUT = 3;

/** Turns that somebody let go first, of those that there were. */
export interface Given {
  readonly given: number;
  readonly seen: number;
}

/** Whether more were let go first than chance makes of the network's share. It is a reason to look, and no proof. */
export function standsOut({ given, seen }: Given, network: Given): boolean {
  const share = network.seen === 0 ? 0 : network.given / network.seen;
  return given > share * seen + STANDS_OUT * Math.sqrt(share * (1 - share) * seen);
}

/** The whole weeks, from Monday to Sunday, that are over on that day. */
export function shareWeeks(today: LocalDate): { from: LocalDate; to: LocalDate } {
  const to = addDays(today, -weekdayOf(today));
  return { from: addDays(to, 1 - SHARE_WEEKS * 7), to };
}
