import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { BookingId } from "#kernel/ids.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { caseMay, mayAppeal } from "../rules/cases.ts";
import { changeOwnCase, lockOwnCase } from "../store/cases.ts";
import type { AppealReason, OwnCaseRefusal } from "../types.ts";

type Own = Outcome<void, OwnCaseRefusal>;

/**
 * "The appointment is mine": the place is kept. That she has folio and contact is level 1 (hardening 10): it keeps the place
 * and gives nothing else. Twice is once.
 */
export function confirmMine(ctx: Context, bookingId: BookingId): Promise<Own> {
  return onOwn(ctx, bookingId, "integrity.confirm", async (tx, one) => {
    if (one?.state === "validated") return accept(undefined);
    // Whoever lost the place already appeals: a click takes nothing back that a person signed.
    if (one?.state !== "challenged" || !caseMay(one.state, "validated")) return refuse({ code: "nothing_to_confirm" });
    await changeOwnCase(tx, one.id, { state: "validated", at: ctx.now });
    return accept(undefined);
  });
}

/** Asks that somebody else look again, within ten days; nothing is typed. Twice is once. */
export function appeal(ctx: Context, bookingId: BookingId, reason: AppealReason): Promise<Own> {
  return onOwn(ctx, bookingId, "integrity.appeal", async (tx, one) => {
    if (one && one.appealedAt !== null) return accept(undefined);
    if (!one || !mayAppeal(one, ctx.now)) return refuse({ code: "nothing_to_appeal" });
    await changeOwnCase(tx, one.id, { appealReason: reason, at: ctx.now });
    return accept(undefined);
  });
}

async function onOwn(
  ctx: Context,
  bookingId: BookingId,
  action: string,
  work: (tx: Parameters<typeof lockOwnCase>[0], one: Awaited<ReturnType<typeof lockOwnCase>>) => Promise<Own>,
): Promise<Own> {
  const [subject] = await ctx.keyring.digest("subject", [bookingId]);
  return transaction(ctx, "citizen_writer", async (tx) => {
    // Row level security leaves the contact its own.
    const one = await lockOwnCase(tx, bookingId);
    const outcome = await work(tx, one);
    if (outcome.ok)
      await insertAudit(tx, [{ ...ctx, at: ctx.now, action, officeId: one!.officeId, subject: subject![0]!.digest }]);
    return outcome;
  });
}
