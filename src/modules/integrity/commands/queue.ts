import type { BookingId } from "#kernel/ids.ts";
import { DAY_MS } from "#kernel/time.ts";
import { transaction, type Context } from "#platform/context.ts";
import { budgetLeft, isControl } from "../rules/cases.ts";
import { clearPointless, eraseCases, flagControls, listWeeks, queueSome } from "../store/cases.ts";
import { countMonth } from "../store/months.ts";
import { eraseObserved, listBookedSince } from "../store/observations.ts";

const WEEK_MS = 7 * DAY_MS;

/** Gives the analysts what an office's budget allows, the strongest first, and takes away what needs nobody any more. */
export function fillQueue(ctx: Context): Promise<void> {
  return transaction(ctx, "worker", async (tx) => {
    await clearPointless(tx, ctx.now);
    const since = new Date(ctx.now.getTime() - WEEK_MS);
    for (const { officeId, ...week } of await listWeeks(tx, since)) {
      const most = budgetLeft(week);
      if (most > 0) await queueSome(tx, officeId, most, ctx.now);
    }
  });
}

/** Draws the control sample among the bookings of the last day. A second run draws nobody else. */
export function drawControls(ctx: Context): Promise<void> {
  return transaction(ctx, "worker", async (tx) => {
    const booked = await listBookedSince(tx, new Date(ctx.now.getTime() - DAY_MS));
    await flagControls(tx, booked.filter(isControl) as BookingId[], ctx.now);
  });
}

/** Counts the month that is over, and erases what is past its day. */
export function countAndErase(ctx: Context): Promise<void> {
  return transaction(ctx, "worker", async (tx) => {
    const month = new Date(Date.UTC(ctx.now.getUTCFullYear(), ctx.now.getUTCMonth() - 1, 1));
    await countMonth(tx, month);
    await eraseObserved(tx, ctx.now);
    await eraseCases(tx, ctx.now);
  });
}
