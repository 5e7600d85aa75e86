import type { ContactId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { freeAssigned, recommitPlaces } from "#modules/schedules/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { allocationEvent } from "../events.ts";
import { findKeepable } from "../queries/upgrades.ts";
import { answerOffer, findOffer } from "../store/offers.ts";
import { keepOpen } from "../store/draws.ts";
import { isOwnOffer, lockContact, moveRequest } from "../store/requests.ts";
import { markUpgrade } from "../store/upgrades.ts";
import type { RequestId } from "../types.ts";

type Offered = { readonly id: RequestId; readonly contactId: ContactId; readonly subject: Buffer };
type Again = Outcome<{ readonly again: true }, { readonly code: "unknown_request" }>;

/**
 * A no to an offered place. It costs nothing: the request stands again in the next draw, and the place goes to the
 * second round, or to a later draw when that is over.
 */
export function declineOffer(ctx: Context, request: Offered): Promise<Again> {
  return transaction(ctx, "citizen_writer", (tx) => decline(ctx, tx, request));
}

/** The same where it was not the household that said so: it is told that it stands again. */
export function withdrawOffer(ctx: Context, request: Offered): Promise<Again> {
  return transaction(ctx, "citizen_writer", async (tx) => {
    const outcome = await decline(ctx, tx, request);
    if (outcome.ok) await insertEvents(tx, [allocationEvent("allocation.waiting", request, ctx.now)]);
    return outcome;
  });
}

/**
 * A yes that waits: she keeps the place, and stands in the second round for whatever she ranked before it. Nothing is
 * booked until then; who says yes or no before its lock is out of it. `no_better`: it was her first wish, or there is no
 * second round any more.
 */
export async function keepForBetter(
  ctx: Context,
  request: Offered,
): Promise<Outcome<{ readonly kept: true }, { readonly code: "unknown_request" | "no_better" }>> {
  const keepable = await transaction(ctx, "citizen_reader", (tx) => findKeepable(tx, request.id, ctx.now));
  return transaction(ctx, "citizen_writer", async (tx) => {
    await lockContact(tx, request.contactId);
    if (!(await isOwnOffer(tx, request))) return refuse({ code: "unknown_request" });
    // Its lock waits until this is written, or was there first.
    if (!keepable || !(await keepOpen(tx, keepable.secondId)) || !(await markUpgrade(tx, keepable.drawId, request.id)))
      return refuse({ code: "no_better" });
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "allocation.keep", subject: request.subject }]);
    return accept({ kept: true });
  });
}

async function decline(ctx: Context, tx: Tx, request: Offered): Promise<Again> {
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
}
