import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { BookingId, ContactId, LocalDate } from "#kernel/ids.ts";
import type { RequestId } from "#modules/allocation/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { getBooking, listBookingIds } from "../queries/booking.ts";
import { listOwnRequests } from "../queries/requests.ts";
import { countProofTry } from "../store/proofs.ts";

/**
 * Birth dates that a contact may try in a day. There are some thirty thousand of them, and whoever has a
 * recycled number is a stranger to the family that had it before; a folio may be typed as often as one likes.
 */
export const BIRTH_DATE_TRIES_PER_DAY = 5;

export interface OwnOfBirth {
  readonly bookings: readonly BookingId[];
  readonly requests: readonly RequestId[];
}

/**
 * The contact's bookings, and requests that still stand, in which somebody was born on that day. The contact is not
 * the person, and of a delicate one whoever is feared knows the birth dates too: what an earlier visit filed opens only to who also knows this, or the folio (hardening 18). The try is
 * counted before anything is looked at, so that a thousand at once are still five.
 */
export async function findOwnByBirth(
  ctx: Context,
  contactId: ContactId,
  bornOn: LocalDate,
): Promise<Outcome<OwnOfBirth, { code: "too_many_tries" }>> {
  const today = ctx.now.toISOString().slice(0, 10) as LocalDate;
  const tries = await transaction(ctx, "citizen_writer", (tx) => countProofTry(tx, contactId, today));
  if (tries > BIRTH_DATE_TRIES_PER_DAY) return refuse({ code: "too_many_tries" });
  const [ids, requests] = await Promise.all([listBookingIds(ctx, contactId), listOwnRequests(ctx)]);
  const views = await Promise.all(ids.map((id) => getBooking(ctx, contactId, id)));
  const has = (one: { readonly applicants: readonly { readonly bornOn: LocalDate }[] }): boolean =>
    one.applicants.some((person) => person.bornOn === bornOn);
  return accept({
    bookings: views.flatMap((view) => (view && !view.delicate && has(view) ? [view.id] : [])),
    requests: requests
      .filter((one) => (one.state === "standing" || one.state === "offered") && has(one))
      .map((one) => one.id),
  });
}
