import type { BookingId, ContactId, OfficeId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { can } from "#modules/people/index.ts";
import { releaseHolds } from "#modules/schedules/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { findContactOf, getProposal } from "../queries/proposals.ts";
import { lockBooking } from "../store/changes.ts";
import { endProposals } from "../store/proposals.ts";
import type { Booked, BookingRefusal } from "../types.ts";
import { moveBookingTo } from "./change.ts";

type Own = { readonly contactId: ContactId; readonly bookingId: BookingId };

/** A yes to the other place: the party is booked there, with its folio, and nothing is counted against it. */
export async function acceptProposal(ctx: Context, own: Own): Promise<Outcome<Booked, BookingRefusal>> {
  const proposal = await getProposal(ctx, own.contactId, own.bookingId);
  if (!proposal) return refuse({ code: "place_taken" });
  const { officeId, localDate, startsAt } = proposal;
  return moveBookingTo(ctx, { ...own, wanted: { officeId, localDate, startsAt }, proposalId: proposal.id });
}

/** A no: the kept place is free again, and the party is on the work list. Its appointment stands until it has another. Where nothing is asked any more there is nothing to note. */
export async function declineProposal(ctx: Context, own: Own): Promise<Outcome<Booked, BookingRefusal>> {
  const { bookingId, contactId } = own;
  const [subject] = await ctx.keyring.digest("subject", [bookingId]);
  return transaction(ctx, "citizen_writer", async (tx) => {
    const booking = await lockBooking(tx, bookingId, contactId);
    if (!booking) return refuse({ code: "unknown_booking" });
    const { officeId } = booking;
    const ended = await endProposals(tx, { bookingIds: [bookingId] }, "declined", ctx.now);
    if (ended.length === 0) return accept({ bookingId, officeId });
    await releaseHolds(tx, ended);
    const line = { ...ctx, at: ctx.now, action: "cut.decline", officeId, subject: subject![0]!.digest };
    await insertAudit(tx, [line]);
    return accept({ bookingId, officeId });
  });
}

/** The same by a member of staff: what the family said when it called. */
export async function answerForFamily(
  ctx: Context,
  officeId: OfficeId,
  { bookingId, answer }: { readonly bookingId: BookingId; readonly answer: "yes" | "no" },
): Promise<Outcome<Booked, BookingRefusal | { readonly code: "not_allowed" }>> {
  if (!can(ctx.actor, "edit_schedule", officeId)) return refuse({ code: "not_allowed" });
  const contactId = await findContactOf(ctx, officeId, bookingId);
  if (!contactId) return refuse({ code: "unknown_booking" });
  return answer === "yes"
    ? acceptProposal(ctx, { contactId, bookingId })
    : declineProposal(ctx, { contactId, bookingId });
}
