import { SHORT_DRAWN_HOURS, SHORT_ROUND_MINUTES } from "#kernel/limits.ts";
import { addDays, HOUR_MS, localDateAt, MINUTE_MS } from "#kernel/time.ts";
import type { OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { listOfficeZones } from "../queries/calendars.ts";
import { lastReleaseTick } from "../rules/release.ts";
import { meltAssisted } from "../store/releases.ts";
import { openExpiredHolds, openFreedPlaces } from "../store/release.ts";

/** Gives the places of ended holds back to everybody. Returns how many. */
export async function expireHolds(ctx: Context): Promise<number> {
  return transaction(ctx, "worker", (tx) => openExpiredHolds(tx, ctx.now));
}

/** Where places are drawn, one that is freed so many days before its day waits for the next daily or weekly draw (fairness.md 4.3). */
export const FREED_DRAWN_DAYS = 2;

/**
 * The earliest start of a nearer one that waits for the short draw of the hour that begins with this tick: a tick comes
 * while it is day in the whole network, so no office has to wait longer (a test of the timetable looks).
 */
export function shortFromAt(tick: Date): Date {
  return new Date(tick.getTime() + SHORT_ROUND_MINUTES * MINUTE_MS + SHORT_DRAWN_HOURS * HOUR_MS);
}

/** Hours before its start until which a place is kept for the telephone and the desk: unsold ones go to all two days ahead (peers.md 4.7). */
export const ASSISTED_KEPT_HOURS = 48;

/** Opens the waiting rooms that are due, in the transaction in which the places return, and says whose places are theirs. */
export type OpenRooms = (
  tx: Tx,
  now: Date,
) => Promise<readonly { readonly officeId: OfficeId; readonly serviceGroup: ServiceGroup }[]>;
const noRooms: OpenRooms = () => Promise.resolve([]);

/**
 * Opens all freed places of the network in one transaction, so that they return together for every
 * office, and with them what was kept for the telephone and the desk. Runs at the release ticks only. Returns how many.
 */
export async function reopenFreed(ctx: Context, openRooms: OpenRooms = noRooms): Promise<number> {
  return transaction(ctx, "worker", async (tx) => {
    const rooms = await openRooms(tx, ctx.now);
    const drawnFrom = addDays(localDateAt(ctx.now, "UTC"), FREED_DRAWN_DAYS);
    let opened = await meltAssisted(tx, new Date(ctx.now.getTime() + ASSISTED_KEPT_HOURS * HOUR_MS), ctx.now);
    for (const office of await listOfficeZones(tx, localDateAt(ctx.now, "UTC")))
      opened += await openFreedPlaces(
        tx,
        office.id,
        drawnFrom,
        shortFromAt(lastReleaseTick(ctx.now)),
        ctx.now,
        rooms.flatMap((one) => (one.officeId === office.id ? [one.serviceGroup] : [])),
      );
    return opened;
  });
}
