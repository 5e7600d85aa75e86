import { addDays, DAY_MS, localDateAt } from "#kernel/time.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { AT_ONCE, deleteRequestsToErase, emptyOver, endRequests } from "../store/retention.ts";
import { deleteShows } from "../store/shows.ts";

/** Days for which a household can still read how its request ended (security 4.2). */
export const OVER_KEPT_DAYS = 30;
/** Days after which a request that is over no longer holds its people. */
const PEOPLE_KEPT_DAYS = 1;

/** Days for which it is kept how many came by kind of contact: twice what a draw is measured by. */
const SHOWS_KEPT_DAYS = 60;

/** Ends what has no day left, empties what is over, and erases what nobody needs. Returns how many were erased. */
export async function eraseRequests(ctx: Context): Promise<number> {
  const today = localDateAt(ctx.now, "UTC");
  const ago = (days: number): Date => new Date(ctx.now.getTime() - days * DAY_MS);
  await transaction(ctx, "worker", (tx) => deleteShows(tx, addDays(today, -SHOWS_KEPT_DAYS)));
  await inPages(ctx, (tx) => endRequests(tx, today, ctx.now));
  await inPages(ctx, (tx) => emptyOver(tx, ago(PEOPLE_KEPT_DAYS)));
  return inPages(ctx, (tx) => deleteRequestsToErase(tx, today, ago(OVER_KEPT_DAYS)));
}

/** Until nothing is left; each page by itself. Returns how many in all. */
async function inPages(ctx: Context, sweep: (tx: Tx) => Promise<number>): Promise<number> {
  let done = 0;
  for (;;) {
    const some = await transaction(ctx, "worker", sweep);
    done += some;
    if (some < AT_ONCE) return done;
  }
}
