import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { can } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { areThresholds, type Thresholds } from "../rules/levels.ts";
import { saveThresholds } from "../store/thresholds.ts";
import type { CaseRefusal } from "../types.ts";

/** Sets from which points each level begins. The next computation uses them; what was decided stays decided. */
export async function setThresholds(ctx: Context, thresholds: Thresholds): Promise<Outcome<void, CaseRefusal>> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || !can(actor, "decide_integrity")) return refuse({ code: "not_allowed" });
  if (!areThresholds(thresholds)) return refuse({ code: "wrong_thresholds" });
  return transaction(ctx, "console", async (tx) => {
    await saveThresholds(tx, { ...thresholds, id: newId<string>(), by: actor.staffId, at: ctx.now });
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "integrity.set_thresholds" }]);
    return accept(undefined);
  });
}
