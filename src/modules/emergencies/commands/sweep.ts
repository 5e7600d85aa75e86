import type { LocalDate } from "#kernel/ids.ts";
import { DRAW_ZONE } from "#kernel/draws.ts";
import { addDays, instantOf, localDateAt, weekdayOf } from "#kernel/time.ts";
import { dropKept } from "#modules/schedules/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { emergencyChanged } from "../events.ts";
import { listOpenStretches } from "../queries/hours.ts";
import { listLost } from "../queries/lost.ts";
import { answerDueAt } from "../rules/hours.ts";
import { deleteEmergencies, endLapsed, markOverdue, saveLost } from "../store/requests.ts";
import { countWeek } from "../store/weeks.ts";

/**
 * Reminds offices of what is due and not answered, gives them back what lost its place by a cut, and ends what was given
 * and is past. Returns how many were overdue.
 */
export function remindOffices(ctx: Context): Promise<number> {
  return transaction(ctx, "worker", async (tx) => {
    const lost = await listLost(tx, ctx.now);
    for (const one of lost)
      await saveLost(tx, one, answerDueAt(ctx.now, await listOpenStretches(tx, one.officeId, ctx.now)));
    const [overdue, lapsed] = [await markOverdue(tx, ctx.now), await endLapsed(tx, ctx.now)];
    await dropKept(
      tx,
      lapsed.map((one) => one.id),
    );
    await insertEvents(
      tx,
      [...lost, ...overdue, ...lapsed].map((one) => emergencyChanged(one, ctx.now)),
    );
    return overdue.length;
  });
}

/** Days after a week's end at which it is counted: what was asked on its Sunday is answered by then. */
const COUNTED_AFTER_DAYS = 3;
/** Weeks that are counted when they were missed; longer ago the requests are erased. */
const WEEKS_BACK = 3;

/** Counts the weeks that are over, each once. A week is that of Mexico City, the same for the whole network. */
export async function countWeeks(ctx: Context): Promise<number> {
  const today = localDateAt(ctx.now, DRAW_ZONE);
  const settled = addDays(today, -COUNTED_AFTER_DAYS);
  const thisMonday = addDays(settled, 1 - weekdayOf(settled));
  let counted = 0;
  for (let back = WEEKS_BACK; back >= 1; back--) {
    const week = addDays(thisMonday, -7 * back);
    const span = { from: startOf(week), until: startOf(addDays(week, 7)) };
    counted += await transaction(ctx, "worker", (tx) => countWeek(tx, week, span));
  }
  return counted;
}

function startOf(day: LocalDate): Date {
  return instantOf(day, "00:00", DRAW_ZONE);
}

/** Most requests of one transaction. */
const AT_ONCE = 500;

/** Erases requests whose time has come, in pages. Returns how many. */
export async function eraseEmergencies(ctx: Context): Promise<number> {
  const today = ctx.now.toISOString().slice(0, 10) as LocalDate;
  let erased = 0;
  for (;;) {
    const some = await transaction(ctx, "worker", (tx) => deleteEmergencies(tx, today, AT_ONCE));
    erased += some;
    if (some < AT_ONCE) return erased;
  }
}
