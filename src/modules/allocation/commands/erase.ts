import type { ContactId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { emptyOwn } from "../store/retention.ts";
import type { RequestId } from "../types.ts";
import { withdrawRequest } from "./file.ts";

/** `not_now`: a place is offered or may be exchanged, and needs its people. The others, an unknown and an erased one are alike. */
export type EraseRequestRefusal = { readonly code: "unknown_request" | "not_now" };

/**
 * Erases what a household's request says of its people, as its contact asks. One that stands is withdrawn first, by its own
 * command. The row goes with the next sweep that may: a leaf in a draw without a result stays, which names nobody. A second
 * time finds nothing to erase.
 */
export async function eraseOwnRequest(
  ctx: Context,
  request: { readonly id: RequestId; readonly contactId: ContactId; readonly subject: Buffer },
): Promise<Outcome<undefined, EraseRequestRefusal>> {
  // What does not stand is refused here, and told apart below.
  await withdrawRequest(ctx, request);
  const yesterday = addDays(localDateAt(ctx.now, "UTC"), -1);
  return transaction(ctx, "worker", async (tx) => {
    if (!(await emptyOwn(tx, { ...request, yesterday }))) return refuse({ code: "not_now" });
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "allocation.erase", subject: request.subject }]);
    return accept(undefined);
  });
}
