import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { monthKey } from "#platform/keyring/index.ts";
import { EVERYBODY, takeOne } from "#platform/limits/index.ts";
import { newId } from "#platform/random.ts";
import { readAsking, type AskedField } from "../rules/asking.ts";
import { datesOfAsking } from "../rules/times.ts";
import { insertHelper } from "../store/helpers.ts";
import type { HelperId, SealedHelper } from "../types.ts";

export type AskRefusal =
  { readonly code: "to_mend"; readonly fields: readonly AskedField[] } | { readonly code: "too_many_asked" };

/** An organisation asks to be a registered helper. Nobody is told whether it, or who answers for it, was known. */
export async function askToHelp(
  ctx: Context,
  typed: Readonly<Record<AskedField, string>>,
): Promise<Outcome<{ readonly id: HelperId }, AskRefusal>> {
  const read = readAsking(typed);
  if ("wrong" in read) return refuse({ code: "to_mend", fields: read.wrong });
  if (!(await takeOne(ctx, "helpers_asking", EVERYBODY)).ok) return refuse({ code: "too_many_asked" });
  const { now } = ctx;
  const { kind, peopleAWeek, name, place, answers, contact } = read.asking;
  const id = newId<HelperId>();
  const { endsOn, eraseAfter } = datesOfAsking(now);
  const plain: SealedHelper = { name, place, answers, contact };
  const [sealed] = await ctx.keyring.seal([
    { under: monthKey(eraseAfter.slice(0, 7)), field: "helpers.helper", row: id, plain: JSON.stringify(plain) },
  ]);
  return transaction(ctx, "citizen_writer", async (tx) => {
    await insertHelper(tx, { id, kind, peopleAWeek, sealed: sealed!, askedAt: now, endsOn, eraseAfter });
    await insertAudit(tx, [{ ...ctx, at: now, action: "helpers.asked" }]);
    return accept({ id });
  });
}
