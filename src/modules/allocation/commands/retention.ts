import { DAY_MS, localDateAt } from "#kernel/time.ts";
import { transaction, type Context } from "#platform/context.ts";
import { AT_ONCE, deleteRequestsToErase, emptyOver, endRequests } from "../store/retention.ts";

/** Days for which a household can still read how its request ended (security 4.2). */
export const OVER_KEPT_DAYS = 30;
/** Days after which a request that is over no longer holds its people. */
const PEOPLE_KEPT_DAYS = 1;

/** Ends what has no day left, empties what is over, and erases what nobody needs. Returns how many were erased. */
export async function eraseRequests(ctx: Context): Promise<number> {
  const today = localDateAt(ctx.now, "UTC");
  const ago = (days: number): Date => new Date(ctx.now.getTime() - days * DAY_MS);
  await transaction(ctx, "worker", async (tx) => {
    await endRequests(tx, today, ctx.now);
    await emptyOver(tx, ago(PEOPLE_KEPT_DAYS));
  });
  let erased = 0;
  for (;;) {
    const deleted = await transaction(ctx, "worker", (tx) => deleteRequestsToErase(tx, today, ago(OVER_KEPT_DAYS)));
    erased += deleted;
    if (deleted < AT_ONCE) return erased;
  }
}
