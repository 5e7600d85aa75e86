import type { OfficeId, ServiceGroup, StaffId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { can } from "#modules/people/index.ts";
import { CalendarBusy, changeRelease, listReleases } from "#modules/schedules/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import type { Regime } from "../rules/regime.ts";
import { insertMeasures } from "../store/measures.ts";
import { nextDrawOf } from "./measure.ts";

export type RegimeRefusal =
  | { readonly code: "not_allowed" }
  | { readonly code: "unknown_office" }
  /** That office's calendar is being filled at this moment. */
  | { readonly code: "changed_meanwhile" };

/** What headquarters decides: one of both until it says otherwise, or as the measure says. */
export type RegimeWish = Regime | "measured";

/**
 * Decides by hand how an office gives out the places of a service group, from the first day of the next draw on. The
 * decision stands until headquarters leaves it to the measure again.
 */
export async function setRegime(
  ctx: Context,
  { officeId, serviceGroup, wish }: { officeId: OfficeId; serviceGroup: ServiceGroup; wish: RegimeWish },
): Promise<Outcome<{ readonly regime: Regime }, RegimeRefusal>> {
  if (ctx.actor.kind !== "staff" || !can(ctx.actor, "set_regime", officeId)) return refuse({ code: "not_allowed" });
  const staffId = ctx.actor.staffId as StaffId;
  if (!(await getNetwork(ctx)).officeById.has(officeId)) return refuse({ code: "unknown_office" });
  try {
    return await transaction(ctx, "worker", async (tx) => {
      const now = (await listReleases(tx)).find(
        (one) => one.officeId === officeId && one.serviceGroup === serviceGroup,
      );
      const before = now?.regime ?? "immediate";
      const regime = wish === "measured" ? before : wish;
      const drawsFrom = regime === "draw" && now?.regime === "draw" ? now.drawsFrom : nextDrawOf(ctx.now).horizonFrom;
      const decidedBy = wish === "measured" ? "measure" : "staff";
      const decided = { officeId, serviceGroup, regime, drawsFrom, demand: null, decidedAt: ctx.now } as const;
      await changeRelease(tx, { ...decided, decidedBy });
      await insertMeasures(tx, [
        {
          officeId,
          serviceGroup,
          measuredAt: ctx.now,
          drawId: null,
          regime: before,
          asked: null,
          places: null,
          ratio: null,
          decision: regime,
          reason: wish === "measured" ? "left_to_measure" : "by_hand",
          staffId,
        },
      ]);
      await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "allocation.set_regime", officeId }]);
      return accept({ regime });
    });
  } catch (error) {
    if (error instanceof CalendarBusy) return refuse({ code: "changed_meanwhile" });
    throw error;
  }
}
