import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { can } from "#modules/people/index.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { levelOf } from "../rules/levels.ts";
import { LEAST_LABELLED, pointsUnder, refit, type Points } from "../rules/refit.ts";
import { HARD_KINDS } from "../store/cases.ts";
import { readThresholds } from "../store/thresholds.ts";
import { listLabelled, readWeights } from "../store/weights.ts";

/** Of the decided cases: how many would be asked about, and how many of these rightly. */
interface Asked {
  readonly asked: number;
  readonly right: number;
}

export interface WeightsProposal {
  readonly labelled: number;
  /** Decided cases from which there is a proposal. */
  readonly needed: number;
  /** What a fit would change, with its points now and then; empty as long as there is none. */
  readonly changes: readonly { readonly code: keyof Points; readonly now: number; readonly then: number }[];
  readonly now: Asked;
  readonly then: Asked;
}

/** Weights as the decided cases would have them, and what they would have done to these cases. Nothing is changed by looking. */
export async function proposeWeights(
  ctx: Context,
): Promise<Outcome<WeightsProposal, { readonly code: "not_allowed" }>> {
  if (!can(ctx.actor, "see_integrity")) return refuse({ code: "not_allowed" });
  return transaction(ctx, "console", async (tx) => accept((await proposal(tx)).told));
}

/** The proposal with its weights, for whoever sets it. */
export async function proposal(
  tx: Tx,
): Promise<{ readonly told: WeightsProposal; readonly points: Points | undefined }> {
  const [cases, now, thresholds] = [await listLabelled(tx), await readWeights(tx), await readThresholds(tx)];
  const points = refit(cases, now);
  const askedUnder = (weights: Points): Asked => {
    const asked = cases.filter((one) => {
      const kinds = one.kinds === HARD_KINDS ? Infinity : one.kinds;
      const level = levelOf({ points: pointsUnder(one.terms, one.points, now, weights), kinds }, thresholds);
      return level === "orange" || level === "red";
    });
    return { asked: asked.length, right: asked.filter((one) => one.middleman).length };
  };
  const codes = Object.keys(now) as (keyof Points)[];
  const told = {
    labelled: cases.length,
    needed: LEAST_LABELLED,
    changes: points
      ? codes.flatMap((code) => (points[code] === now[code] ? [] : [{ code, now: now[code], then: points[code] }]))
      : [],
    now: askedUnder(now),
    then: askedUnder(points ?? now),
  };
  return { told, points };
}
