import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { addDays, HOUR_MS, localDateAt } from "#kernel/time.ts";
import { can } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Actor, type Context, type Tx } from "#platform/context.ts";
import { fitsReason, helperMay, judgeApproval, NETWORK } from "../rules/states.ts";
import { ENROLMENT_HOURS, eraseAfterEnd, OVER_KEPT_DAYS, REGISTERED_DAYS } from "../rules/times.ts";
import { endSignIns, insertApproval, listApprovals, lockHelper, saveState, type HelperRow } from "../store/helpers.ts";
import { insertEnrolment } from "../store/sign-ins.ts";
import type { HelperId, HelperReason, HelperState } from "../types.ts";
import { newCode } from "./tokens.ts";

export type HelperRefusal = {
  readonly code:
    | "not_allowed"
    | "unknown_helper"
    | "changed_meanwhile"
    | "not_possible"
    | "needs_another_person"
    | "needs_another_office"
    | "reason_missing";
};
type Done<T = void> = Outcome<T, HelperRefusal>;
type Staff = Actor & { readonly kind: "staff" };

/** A helper as somebody saw it when she decided. */
export interface Meant {
  readonly id: HelperId;
  readonly version: number;
}

/** One voice for a helper. The second, of another person of another house, lets it work. */
export function approveHelper(ctx: Context, seen: Meant): Promise<Done> {
  return withHelper(ctx, seen, "helpers.approval", async (tx, helper, by) => {
    if (helper.state !== "asked") return refuse({ code: "not_possible" });
    const approval = { staffId: by.staffId, house: by.officeId ?? NETWORK };
    const verdict = judgeApproval(await listApprovals(tx, helper.id), approval);
    if (verdict === "needs_another_person" || verdict === "needs_another_office") return refuse({ code: verdict });
    await insertApproval(tx, helper.id, approval, ctx.now);
    if (verdict === "approved") {
      const approvedAt = ctx.now;
      // The key of what is sealed ends with the day that was meant at first.
      const year = addDays(localDateAt(ctx.now, "UTC"), REGISTERED_DAYS);
      const endsOn = year < helper.endsOn ? year : helper.endsOn;
      const eraseAfter = addDays(endsOn, OVER_KEPT_DAYS);
      await saveState(tx, helper.id, { state: "approved", reason: null, at: ctx.now, approvedAt, endsOn, eraseAfter });
    }
    return accept(undefined);
  });
}

/**
 * Refuses, suspends, lets work again or ends: one person is enough, for each of these protects people. Its sign-ins end in the
 * same instant; a visit that is going on is the citizen's and goes on, for nobody is sanctioned for who helped her.
 */
export function moveHelper(
  ctx: Context,
  seen: Meant,
  to: Exclude<HelperState, "asked">,
  reason: HelperReason | undefined,
): Promise<Done> {
  return withHelper(ctx, seen, `helpers.${to}`, async (tx, helper) => {
    const again = to === "approved";
    if (!helperMay(helper.state, to) || (again && helper.state !== "suspended"))
      return refuse({ code: "not_possible" });
    if (!fitsReason(to, reason)) return refuse({ code: "reason_missing" });
    const over = to === "refused" || to === "ended";
    await saveState(tx, helper.id, {
      ...helper,
      state: to,
      reason: reason ?? null,
      at: ctx.now,
      eraseAfter: over ? eraseAfterEnd(ctx.now, helper.eraseAfter) : helper.eraseAfter,
    });
    if (!again) await endSignIns(tx, helper.id, ctx.now);
    return accept(undefined);
  });
}

/** A code with which the helper registers one passkey, once; shown once. */
export function giveEnrolment(
  ctx: Context,
  seen: Meant,
): Promise<Done<{ readonly code: string; readonly until: Date }>> {
  return withHelper(ctx, seen, "helpers.enrolment_given", async (tx, helper) => {
    if (helper.state !== "approved") return refuse({ code: "not_possible" });
    const { code, codeDigest } = newCode();
    const until = new Date(ctx.now.getTime() + ENROLMENT_HOURS * HOUR_MS);
    await insertEnrolment(tx, codeDigest, helper.id, until);
    return accept({ code, until });
  });
}

/** One step of a member of staff on a helper, with its line in the audit log. */
async function withHelper<T>(
  ctx: Context,
  seen: Meant,
  action: string,
  step: (tx: Tx, helper: HelperRow, by: Staff) => Promise<Done<T>>,
): Promise<Done<T>> {
  const { actor, now } = ctx;
  if (actor.kind !== "staff" || !can(actor, "decide_helpers", actor.officeId)) return refuse({ code: "not_allowed" });
  const [subject] = await ctx.keyring.digest("subject", [seen.id]);
  return transaction(ctx, "console", async (tx) => {
    const helper = await lockHelper(tx, seen.id);
    if (!helper) return refuse({ code: "unknown_helper" });
    if (helper.version !== seen.version) return refuse({ code: "changed_meanwhile" });
    const outcome = await step(tx, helper, actor);
    if (outcome.ok)
      await insertAudit(tx, [{ ...ctx, at: now, action, officeId: actor.officeId, subject: subject![0]!.digest }]);
    return outcome;
  });
}
