import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { BookingId, ContactId, LocalDate } from "#kernel/ids.ts";
import type { RequestId } from "#modules/allocation/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { getBooking, getBookingByFolio, listBookingIds } from "../queries/booking.ts";
import { getRequestByNumber, listOwnRequests, type RequestView } from "../queries/requests.ts";
import { countProofTry } from "../store/proofs.ts";
import type { BookingView } from "../types.ts";
import { rememberOpened } from "./opened.ts";

export { openedHere, returnUntil, type Opened } from "../queries/opened.ts";
export { RETURN_DAYS, sayDetained } from "./absences.ts";
export { handOverHold } from "./hand-over.ts";
export { rememberOpened } from "./opened.ts";

/**
 * Birth dates that a contact may try in a day. There are some thirty thousand of them, and whoever has a
 * recycled number is a stranger to the family that had it before; a folio may be typed as often as one likes.
 */
export const BIRTH_DATE_TRIES_PER_DAY = 5;

export interface OwnRead {
  readonly bookings: readonly BookingView[];
  readonly requests: readonly RequestView[];
}

export interface OwnProved {
  readonly bookings: readonly BookingId[];
  readonly requests: readonly RequestId[];
}

/**
 * The contact's bookings, and requests that still stand, in which somebody was born on that day. The contact is not
 * the person, and of a delicate one whoever is feared knows the birth dates too: what an earlier visit filed opens only to who also knows this, or the folio (hardening 18). The try is
 * counted before anything is looked at, so that a thousand at once are still five.
 */
export async function readOwnByBirth(
  ctx: Context,
  contactId: ContactId,
  bornOn: LocalDate,
): Promise<Outcome<OwnRead, { code: "too_many_tries" }>> {
  const today = ctx.now.toISOString().slice(0, 10) as LocalDate;
  const tries = await transaction(ctx, "citizen_writer", (tx) => countProofTry(tx, contactId, today));
  if (tries > BIRTH_DATE_TRIES_PER_DAY) return refuse({ code: "too_many_tries" });
  const [ids, requests] = await Promise.all([listBookingIds(ctx, contactId), listOwnRequests(ctx)]);
  const views = await Promise.all(ids.map((id) => getBooking(ctx, contactId, id)));
  const has = (one: { readonly applicants: readonly { readonly bornOn: LocalDate }[] }): boolean =>
    one.applicants.some((person) => person.bornOn === bornOn);
  return accept({
    bookings: views.filter((view) => view !== undefined).filter((view) => !view.delicate && has(view)),
    requests: requests.filter(
      (one) => !one.delicate && (one.state === "standing" || one.state === "offered") && has(one),
    ),
  });
}

/** The same for a visit that is only told that they are hers. */
export async function findOwnByBirth(
  ctx: Context,
  contactId: ContactId,
  bornOn: LocalDate,
): Promise<Outcome<OwnProved, { code: "too_many_tries" }>> {
  const read = await readOwnByBirth(ctx, contactId, bornOn);
  if (!read.ok) return read;
  const { bookings, requests } = read.value;
  return accept({ bookings: bookings.map((one) => one.id), requests: requests.map((one) => one.id) });
}

export type ProofRefusal = { readonly code: "too_many_tries" } | { readonly code: "nothing_opens" };

/** Opens to this session what its contact filed before, for a folio, the number of a request, or a birth date. */
export async function openOwn(
  ctx: Context,
  contactId: ContactId,
  proof: { readonly folio: string } | { readonly bornOn: LocalDate },
): Promise<Outcome<OwnProved, ProofRefusal>> {
  const found =
    "folio" in proof
      ? await findOwnByNumber(ctx, contactId, proof.folio)
      : await findOwnByBirth(ctx, contactId, proof.bornOn);
  if (!found.ok) return found;
  const { bookings, requests } = found.value;
  if (bookings.length + requests.length === 0) return refuse({ code: "nothing_opens" });
  await rememberOpened(ctx, [...bookings, ...requests]);
  return found;
}

async function findOwnByNumber(ctx: Context, contactId: ContactId, typed: string): Promise<Outcome<OwnProved, never>> {
  const view = await getBookingByFolio(ctx, contactId, typed);
  const asked = view ? undefined : await getRequestByNumber(ctx, typed);
  return accept({ bookings: view ? [view.id] : [], requests: asked ? [asked.id] : [] });
}
