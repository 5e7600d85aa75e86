import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { can } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { proposal } from "../queries/weights.ts";
import { saveWeights } from "../store/weights.ts";
import type { CaseRefusal } from "../types.ts";

/**
 * Sets the weights that are proposed now, if `labelled` cases is what the analyst saw them fitted to. The next computation
 * uses them; what was decided stays decided.
 */
export async function setWeights(ctx: Context, labelled: number): Promise<Outcome<void, CaseRefusal>> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || !can(actor, "decide_integrity")) return refuse({ code: "not_allowed" });
  return transaction(ctx, "console", async (tx) => {
    const { told, points } = await proposal(tx);
    if (points === undefined || told.changes.length === 0) return refuse({ code: "not_possible" });
    if (told.labelled !== labelled) return refuse({ code: "changed_meanwhile" });
    await saveWeights(tx, { id: newId<string>(), points, labelled, by: actor.staffId, at: ctx.now });
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "integrity.set_weights" }]);
    return accept(undefined);
  });
}
