import type { ContactId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { freeAssigned, recommitPlaces } from "#modules/schedules/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { answerOffer, findOffer } from "../store/offers.ts";
import { lockContact, moveRequest } from "../store/requests.ts";
import type { RequestId } from "../types.ts";

/**
 * A no to an offered place. It costs nothing: the request stands again in the next draw, and the place goes to the
 * second round, or to a later draw when that is over.
 */
export async function declineOffer(
  ctx: Context,
  request: { readonly id: RequestId; readonly contactId: ContactId; readonly subject: Buffer },
): Promise<Outcome<{ readonly again: true }, { readonly code: "unknown_request" }>> {
  return transaction(ctx, "citizen_writer", async (tx) => {
    await lockContact(tx, request.contactId);
    const offer = await findOffer(tx, request.id);
    if (!offer || !(await moveRequest(tx, request, ["offered"], "standing", ctx.now)))
      return refuse({ code: "unknown_request" });
    await answerOffer(tx, offer.drawId, request.id, "declined", ctx.now);
    const goesOn = offer.drawState === "drawn" && offer.followed;
    if (goesOn) await recommitPlaces(tx, [request.id]);
    else await freeAssigned(tx, [request.id]);
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "allocation.decline", subject: request.subject }]);
    return accept({ again: true });
  });
}
