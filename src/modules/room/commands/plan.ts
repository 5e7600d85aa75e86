import { addDays, HOUR_MS, localDateAt } from "#kernel/time.ts";
import { MIN_LEAD_HOURS, nextReleaseTick, FREED_DRAWN_DAYS, shortFromAt } from "#modules/schedules/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { listScarce } from "../queries/freed.ts";
import { lookAgain } from "../queries/rooms.ts";
import { closesAtFirst, mayAnnounce, ROOM_MIN_PLACES, roomIdOf } from "../rules/rooms.ts";
import { insertRooms } from "../store/rooms.ts";

/**
 * Announces the rooms of the next release tick: where enough freed places wait for it and nothing else is to be had.
 * Whose rounds order them is fixed here. Returns how many are new.
 */
export async function planRooms(ctx: Context): Promise<number> {
  const tick = nextReleaseTick(ctx.now);
  if (!mayAnnounce(tick, ctx.now)) return 0;
  const announced = await transaction(ctx, "worker", async (tx) => {
    const scarce = await listScarce(tx, {
      least: ROOM_MIN_PLACES,
      tick: new Date(tick.getTime() + MIN_LEAD_HOURS * HOUR_MS),
      bookableFrom: new Date(ctx.now.getTime() + MIN_LEAD_HOURS * HOUR_MS),
      drawnFrom: addDays(localDateAt(tick, "UTC"), FREED_DRAWN_DAYS),
      shortFrom: shortFromAt(tick),
    });
    return insertRooms(
      tx,
      scarce.map(({ officeId, serviceGroup, freed }) => ({
        id: roomIdOf(officeId, serviceGroup, tick),
        officeId,
        serviceGroup,
        freed,
        opensAt: tick,
        closesAt: new Date(closesAtFirst(tick.getTime())),
        source: ctx.beacon.source === "drand" ? "quicknet" : "operator",
      })),
      ctx.now,
    );
  });
  if (announced > 0) lookAgain(ctx);
  return announced;
}
