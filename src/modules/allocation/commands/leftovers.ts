import { HOUR_MS } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { lastReleaseTick, listReleases, openLeftovers, openPlanned, shortFromAt } from "#modules/schedules/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { planDaily } from "../rules/cycle.ts";
import { openDrawOf } from "./enter.ts";

/** Hours before its start until which a place for urgent cases is kept: afterwards nobody could still be sent to it. */
export const URGENT_KEPT_HOURS = 48;

/**
 * Opens to everybody what no draw can give out any more, for the whole network at once, at a release tick: the last hours
 * before a visit, what a short draw left over, urgent places two days ahead, and all of an office that has gone back to immediate
 * booking once no draw is open that was announced with its places. Returns how many.
 */
export async function openUndrawn(ctx: Context): Promise<number> {
  const urgentUntil = new Date(ctx.now.getTime() + URGENT_KEPT_HOURS * HOUR_MS);
  const shortFrom = shortFromAt(lastReleaseTick(ctx.now));
  const { offices } = await getNetwork(ctx);
  return transaction(ctx, "worker", async (tx) => {
    const open = await openDrawOf(ctx, tx);
    const before = planDaily(ctx.now).horizonFrom;
    let opened = 0;
    for (const { officeId, serviceGroup, regime, decidedAt } of await listReleases(tx)) {
      const isPromised = open !== undefined && open.opensAt < decidedAt;
      if (regime === "immediate" && !isPromised) opened += await openPlanned(tx, officeId, serviceGroup);
    }
    for (const { id } of offices) opened += await openLeftovers(tx, id, before, urgentUntil, shortFrom, ctx.now);
    return opened;
  });
}
