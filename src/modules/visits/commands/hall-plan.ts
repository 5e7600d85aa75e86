import type { OfficeId, ServiceSlug } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { can } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import type { HallPlan } from "../rules/turn.ts";
import { readHallPlan, readWalkInPlan, saveHallPlan, saveWalkInHours, type WalkInHours } from "../store/turns.ts";
import type { Station } from "../types.ts";

export interface HallPlanWish {
  /** Empty: one window for everything. */
  readonly stations: readonly { readonly station: Station; readonly counters: number }[];
  /** Services that do not go through all of them. */
  readonly routes: readonly { readonly service: ServiceSlug; readonly stations: readonly Station[] }[];
  /** Of people without an appointment; null: as long as the hall is open. Undefined leaves them as they are. */
  readonly walkIns?: WalkInHours | null | undefined;
}

export type HallPlanRefusal = { readonly code: "not_allowed" | "wrong_station" | "wrong_hours" };

/** Stations of an office and the ways through them. Whoever is in the hall goes the way that she began. */
export async function setHallPlan(
  ctx: Context,
  officeId: OfficeId,
  wish: HallPlanWish,
): Promise<Outcome<HallPlanWish, HallPlanRefusal>> {
  if (!can(ctx.actor, "edit_schedule", officeId)) return refuse({ code: "not_allowed" });
  const has = new Set(wish.stations.map(({ station }) => station));
  if (has.size < wish.stations.length || wish.routes.some(({ stations }) => stations.some((one) => !has.has(one))))
    return refuse({ code: "wrong_station" });
  if (wish.walkIns && wish.walkIns.closes <= wish.walkIns.opens) return refuse({ code: "wrong_hours" });
  await transaction(ctx, "console", async (tx) => {
    await saveHallPlan(tx, officeId, wish);
    if (wish.walkIns !== undefined) await saveWalkInHours(tx, officeId, wish.walkIns);
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "hall.plan", officeId, count: wish.stations.length }]);
  });
  return accept(wish);
}

/** What an office has now. */
export function getHallPlan(
  ctx: Context,
  officeId: OfficeId,
): Promise<HallPlan & { readonly walkIns: WalkInHours | null }> {
  return transaction(ctx, "console", async (tx) => ({
    ...(await readHallPlan(tx, officeId)),
    walkIns: await readWalkInPlan(tx, officeId),
  }));
}
