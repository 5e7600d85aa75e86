import type { BookingId } from "#kernel/ids.ts";
import type { RequestId } from "#modules/allocation/index.ts";
import { getBooking, getOwnRequest, openedHere } from "#modules/booking/index.ts";
import type { Context } from "#platform/context.ts";
import { ownItemsIn } from "../rules/kept-items.ts";
import type { State } from "../rules/state.ts";
import type { OwnItem } from "../types.ts";
import type { Identity } from "./identity.ts";

/**
 * Whether a dialogue keeps a day or an office of something that its person has erased since, or hidden from another visit:
 * it must not be said again to whoever holds the telephone.
 */
export async function keepsWhatIsClosed(ctx: Context, own: Identity | undefined, state: State): Promise<boolean> {
  const items = ownItemsIn(state);
  if (items.length === 0) return false;
  const seen = await openedHere(ctx);
  const isOpen = async ({ kind, id }: OwnItem): Promise<boolean> => {
    if (own?.contactId === undefined) return false;
    const found =
      kind === "booking"
        ? await getBooking(ctx, own.contactId, id as BookingId)
        : await getOwnRequest(ctx, id as RequestId);
    return found !== undefined && (!found.delicate || seen(id));
  };
  return (await Promise.all(items.map(isOpen))).includes(false);
}
