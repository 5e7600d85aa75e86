import { DRAW_ZONE } from "#kernel/draws.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { addDays, instantOf, localDateAt } from "#kernel/time.ts";
import { transaction, type Context } from "#platform/context.ts";
import { every, type Task } from "#platform/timetable.ts";
import { matchAgain } from "./commands/match.ts";
import { monthOf } from "./rules/reporting.ts";
import { deleteAdverts } from "./store/adverts.ts";
import { countMonth } from "./store/months.ts";

/** Most adverts of one transaction. */
const AT_ONCE = 500;

/** Erases adverts whose day has come, with all that hangs on them. Returns how many. */
export async function eraseAdverts(ctx: Context): Promise<number> {
  const today = localDateAt(ctx.now, "UTC");
  let erased = 0;
  for (;;) {
    const some = await transaction(ctx, "worker", (tx) => deleteAdverts(tx, today, AT_ONCE));
    erased += some;
    if (some < AT_ONCE) return erased;
  }
}

/** Months that are over and counted anew each day, for platforms take down late; an older one stands as it was counted. */
const COUNTED_AGAIN = 6;

/** Counts the months that are over. Returns how many were counted. */
export async function countMonths(ctx: Context): Promise<number> {
  let until = monthOf(ctx.now);
  for (let back = 0; back < COUNTED_AGAIN; back++) {
    const month = `${addDays(until, -1).slice(0, 7)}-01` as LocalDate;
    const span = { from: instantOf(month, "00:00", DRAW_ZONE), until: instantOf(until, "00:00", DRAW_ZONE) };
    await transaction(ctx, "worker", (tx) => countMonth(tx, month, span));
    until = month;
  }
  return COUNTED_AGAIN;
}

/** 11:20 UTC, early in the morning in Mexico City. */
const COUNTED_AT_UTC_MINUTE = 11 * 60 + 20;

export const advertTasks: readonly Task[] = [
  { name: "adverts.erase", dueAt: every(60, 51), run: eraseAdverts },
  { name: "adverts.match_again", dueAt: every(24 * 60, COUNTED_AT_UTC_MINUTE - 10), run: matchAgain },
  { name: "adverts.count_months", dueAt: every(24 * 60, COUNTED_AT_UTC_MINUTE), run: countMonths },
];
