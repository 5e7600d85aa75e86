import { DRAW_ZONE } from "#kernel/draws.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import { COUNTED_DAYS } from "../rules/allowance.ts";

/** The days that count for the allowance, of the calendar in Mexico City. */
export function spanOf(now: Date): { readonly from: LocalDate; readonly today: LocalDate; readonly now: Date } {
  const today = localDateAt(now, DRAW_ZONE);
  return { from: addDays(today, 1 - COUNTED_DAYS), today, now };
}
