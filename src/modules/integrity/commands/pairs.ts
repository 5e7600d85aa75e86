import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { can } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { lockPair, mergePersons, setVerdict } from "../store/pairs.ts";
import type { Verdict } from "../types.ts";

export type VerdictRefusal =
  { readonly code: "not_allowed" } | { readonly code: "unknown_pair" } | { readonly code: "already_decided" };

/**
 * Decides a doubt, once. "Same" makes two persons one only where one contact filed all of both: what others filed is
 * neither shown to nor joined with it, and nobody is told, whatever is decided (fairness.md 4.4.1).
 */
export async function decidePair(
  ctx: Context,
  { id, verdict }: { readonly id: string; readonly verdict: Verdict },
): Promise<Outcome<{ readonly merged: boolean }, VerdictRefusal>> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || !can(actor, "decide_integrity")) return refuse({ code: "not_allowed" });
  const [subject] = await ctx.keyring.digest("subject", [id]);
  return transaction(ctx, "console", async (tx): Promise<Outcome<{ readonly merged: boolean }, VerdictRefusal>> => {
    const pair = await lockPair(tx, id);
    if (!pair) return refuse({ code: "unknown_pair" });
    if (pair.verdict !== null) return refuse({ code: "already_decided" });
    await insertAudit(tx, [
      {
        at: ctx.now,
        actor,
        channel: ctx.channel,
        action: `pair.${verdict}`,
        purpose: ctx.purpose,
        subject: subject![0]!.digest,
      },
    ]);
    await setVerdict(tx, { id, verdict, staffId: actor.staffId, now: ctx.now });
    const merged = verdict === "same" && pair.oneContact && pair.personA !== pair.personB;
    if (merged) await mergePersons(tx, { into: pair.personA, gone: pair.personB });
    return accept({ merged });
  });
}
