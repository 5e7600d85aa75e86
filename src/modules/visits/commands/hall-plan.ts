import type { OfficeId, ServiceSlug } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { can } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import type { HallPlan } from "../rules/turn.ts";
import { readHallPlan, saveHallPlan } from "../store/turns.ts";
import type { Station } from "../types.ts";

export interface HallPlanWish {
  /** Empty: one window for everything. */
  readonly stations: readonly { readonly station: Station; readonly counters: number }[];
  /** Services that do not go through all of them. */
  readonly routes: readonly { readonly service: ServiceSlug; readonly stations: readonly Station[] }[];
}

/** Stations of an office and the ways through them. Whoever is in the hall goes the way that she began. */
export async function setHallPlan(
  ctx: Context,
  officeId: OfficeId,
  wish: HallPlanWish,
): Promise<Outcome<HallPlanWish, { code: "not_allowed" } | { code: "wrong_station" }>> {
  if (!can(ctx.actor, "edit_schedule", officeId)) return refuse({ code: "not_allowed" });
  const has = new Set(wish.stations.map(({ station }) => station));
  if (has.size < wish.stations.length || wish.routes.some(({ stations }) => stations.some((one) => !has.has(one))))
    return refuse({ code: "wrong_station" });
  await transaction(ctx, "console", async (tx) => {
    await saveHallPlan(tx, officeId, wish);
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "hall.plan", officeId, count: wish.stations.length }]);
  });
  return accept(wish);
}

/** What an office has now. */
export function getHallPlan(ctx: Context, officeId: OfficeId): Promise<HallPlan> {
  return transaction(ctx, "console", (tx) => readHallPlan(tx, officeId));
}
