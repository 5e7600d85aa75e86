import { SERVICE_GROUPS, type OfficeId, type ServiceGroup } from "#kernel/ids.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { regimeKey } from "../rules/regime.ts";
import {
  insertWaits,
  listAlikeWaits,
  listUncounted,
  lockCounting,
  setCounted,
  SLICES,
  type AlikeWaits,
  type OfficeWaited,
  type Uncounted,
} from "../store/waits.ts";
import type { DrawId } from "../types.ts";

/**
 * Counts once, when the next first draw is drawn, how long the households of each had asked and how many of them were
 * given a place meanwhile. Requests are erased later; what is counted names nobody. Returns how many draws were counted.
 */
export async function countWaits(ctx: Context): Promise<number> {
  let counted = 0;
  for (const { drawId } of await transaction(ctx, "worker", listUncounted)) {
    counted += await transaction(ctx, "worker", async (tx) => {
      if (!(await lockCounting(tx))) return 0;
      const draw = (await listUncounted(tx)).find((one) => one.drawId === drawId);
      if (draw === undefined) return 0;
      await insertWaits(tx, await countDraw(tx, draw), ctx.now);
      await setCounted(tx, drawId, ctx.now);
      return 1;
    });
  }
  return counted;
}

async function countDraw(tx: Tx, draw: Uncounted): Promise<OfficeWaited[]> {
  const waited = new Map<string, OfficeWaited>();
  for (const slice of SLICES)
    for (const alike of await listAlikeWaits(tx, draw, slice))
      for (const one of linesOf(draw.drawId, alike)) {
        const key = `${regimeKey(one.officeId, one.serviceGroup)} ${one.weeks}`;
        const sum = waited.get(key) ?? { stood: 0, served: 0, places: 0 };
        const [stood, served, places] = [one.stood + sum.stood, one.served + sum.served, one.places + sum.places];
        waited.set(key, { ...one, stood, served, places });
      }
  return [...waited.values()];
}

/** A household with two groups waits for both, and is one line of each. */
function linesOf(drawId: DrawId, { option, need, weeks, entries, served }: AlikeWaits): OfficeWaited[] {
  return Object.entries(need)
    .filter(([group]) => SERVICE_GROUPS.some((known) => known === group))
    .map(([group, places]) => ({
      drawId,
      officeId: option.offices[0] as OfficeId,
      serviceGroup: group as ServiceGroup,
      weeks,
      stood: entries,
      served,
      places: places * entries,
    }));
}
