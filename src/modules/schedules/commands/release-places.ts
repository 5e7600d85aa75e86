import { localDateAt } from "#kernel/time.ts";
import { transaction, type Context } from "#platform/context.ts";
import { listOfficeZones } from "../queries/calendars.ts";
import { openExpiredHolds, openFreedPlaces } from "../store/release.ts";

/** Gives the places of ended holds back to everybody. Returns how many. */
export async function expireHolds(ctx: Context): Promise<number> {
  return transaction(ctx, "worker", (tx) => openExpiredHolds(tx, ctx.now));
}

/**
 * Opens all freed places of the network in one transaction, so that they return together for every
 * office. Runs at the release ticks only. Returns how many.
 */
export async function reopenFreed(ctx: Context): Promise<number> {
  return transaction(ctx, "worker", async (tx) => {
    let opened = 0;
    for (const office of await listOfficeZones(tx, localDateAt(ctx.now, "UTC")))
      opened += await openFreedPlaces(tx, office.id, ctx.now);
    return opened;
  });
}
