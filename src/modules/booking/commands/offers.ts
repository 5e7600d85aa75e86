import type { ContactId } from "#kernel/ids.ts";
import { refuse, type Outcome } from "#kernel/outcome.ts";
import { listOffersToBook, withdrawOffer, type OfferToBook, type RequestId } from "#modules/allocation/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { withDeclared } from "../rules/requests.ts";
import type { Booked, BookingRefusal } from "../types.ts";
import { bookOffer } from "./bookings.ts";
import { subjectOf, type SealedRequest } from "./requests.ts";

export type AcceptRefusal = BookingRefusal | { readonly code: "unknown_request" };

/** A yes to an offered place: it becomes a booking with the seats that the draw gave. Pressed twice, it is one booking. */
export async function acceptOffer(
  ctx: Context,
  id: RequestId,
  contactId: ContactId,
): Promise<Outcome<Booked, AcceptRefusal>> {
  const [offer] = await transaction(ctx, "citizen_reader", (tx) =>
    listOffersToBook(tx, { id, now: ctx.now, limit: 1 }),
  );
  if (offer?.contactId !== contactId) return refuse({ code: "unknown_request" });
  return bookOne(ctx, offer);
}

/** Offers booked in one run of the sweep. */
const BATCH = 200;

/**
 * Books what nobody has to be asked about: who said so at filing, and who was silent until the time to say no was over.
 * May be stopped anywhere; runs again until nothing is left. One that fails holds up no other of its batch. Returns
 * how many were booked.
 */
export async function bookDueOffers(ctx: Context): Promise<number> {
  let booked = 0;
  for (;;) {
    const due = await transaction(ctx, "worker", (tx) => listOffersToBook(tx, { now: ctx.now, limit: BATCH }));
    const answers = await Promise.allSettled(due.map((offer) => bookOrGiveBack(ctx, offer)));
    booked += answers.filter((one) => one.status === "fulfilled" && one.value).length;
    const fault = answers.find((one) => one.status === "rejected");
    if (fault) throw fault.reason;
    if (due.length < BATCH) return booked;
  }
}

async function bookOrGiveBack(ctx: Context, offer: OfferToBook): Promise<boolean> {
  const { ok } = await bookOne(ctx, offer);
  if (ok) return true;
  // Cut at this moment: the household stands first for another place, and is not told that it said no.
  const still = await transaction(ctx, "worker", (tx) =>
    listOffersToBook(tx, { id: offer.requestId, now: ctx.now, limit: 1 }),
  );
  if (still.length > 0) await giveBack(ctx, offer);
  return false;
}

async function bookOne(ctx: Context, offer: OfferToBook): Promise<Outcome<Booked, AcceptRefusal>> {
  const { requestId, contactId, officeId, localDate, seating, language, channel, delicate } = offer;
  const [plain] = await ctx.keyring.open([{ field: "allocation.request", row: requestId, sealed: offer.sealed }]);
  if (plain === undefined) return refuse({ code: "unknown_request" });
  const { applicants, declared, checklist } = JSON.parse(plain) as SealedRequest;
  const startsAt = new Date(Math.min(...seating.map((one) => one.startsAt)));
  return bookOffer(
    { ...ctx, language, channel: channel as Context["channel"] },
    {
      contactId,
      applicants: withDeclared(applicants, declared),
      checklist,
      delicate,
      wanted: { officeId, localDate, startsAt },
      offer: { requestId, seating },
    },
  );
}

/** Nobody can be booked on it: somebody of the party has an appointment meanwhile. The request stands again, and is told so. */
async function giveBack(ctx: Context, { requestId, contactId }: OfferToBook): Promise<void> {
  await withdrawOffer(ctx, { id: requestId, contactId, subject: await subjectOf(ctx, requestId) });
}
