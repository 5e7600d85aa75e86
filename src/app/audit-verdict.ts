import { z } from "zod";
import { chainHash, verifyAudit } from "#platform/audit.ts";
import { checkHeads } from "#platform/audit-heads.ts";
import { transaction, type Context } from "#platform/context.ts";

/** A file of `/open/v1/audit-heads`, as an outsider kept it. */
const keptFile = z.object({
  heads: z.array(z.object({ at: z.iso.datetime(), hash: z.string().regex(/^[0-9a-f]{64}$/), signature: z.string() })),
});

const WORDS = {
  altered: "says something else than when it was written",
  removed: "was removed",
  moved: "stands where another belongs: the order was changed",
} as const;

/** One sentence on the audit log: whole, or the first row that is not as it was written. Throws for a file that is none. */
export async function auditVerdict(ctx: Context, kept?: string): Promise<{ fault: boolean; text: string }> {
  const brought = kept === undefined ? [] : keptFile.parse(JSON.parse(kept)).heads;
  const heads = brought.map((one) => ({ ...one, at: new Date(one.at) }));
  const publicKey = await ctx.keyring.publicKey("audit");
  return transaction(ctx, "worker", async (tx) => {
    const { linked, fault } = await verifyAudit(tx, chainHash);
    if (fault) {
      const row = fault.entryId === undefined ? "" : ` (row ${fault.entryId})`;
      return { fault: true, text: `Position ${fault.position}${row} ${WORDS[fault.what]}.\n` };
    }
    const wrong = await checkHeads(tx, publicKey, heads);
    if (!wrong) return { fault: false, text: `${linked} entries follow from each other, up to each signed head.\n` };
    const span = wrong.to === undefined ? `from position ${wrong.from} on` : `positions ${wrong.from} to ${wrong.to}`;
    const what = {
      forged_head: "a head was not signed by this installation",
      cut_off: "the end of the log was cut off",
      rewritten: "the log was rewritten: it follows in itself, and is not the one that was signed",
    }[wrong.what];
    return { fault: true, text: `Of the head of ${wrong.at.toISOString()}: ${what} (${span}).\n` };
  });
}
