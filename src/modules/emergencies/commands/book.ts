import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { ContactId } from "#kernel/ids.ts";
import {
  book,
  getBooking,
  moveBookingTo,
  type ApplicantDetails,
  type Booked,
  type BookingRefusal,
  type BookRequest,
} from "#modules/booking/index.ts";
import { dropKept } from "#modules/schedules/index.ts";
import { makeCard, saveCard, type IssuedCard } from "#modules/people/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { listOpenStretches } from "../queries/hours.ts";
import { answerDueAt } from "../rules/hours.ts";
import { emergencyStore, saveBooked, saveLost, type OwnRow } from "../store/requests.ts";
import type { AnswerRefusal, EmergencyId, OwnRefusal } from "../types.ts";
import { atOffice } from "./answer.ts";
import { findOwn, record } from "./ask.ts";

/** Whoever comes, as on the birth record; what for was said when the place was given. */
export type WhoComes = Omit<ApplicantDetails, "declared">;

type Granted = Pick<
  OwnRow,
  "id" | "officeId" | "contactId" | "state" | "proposal" | "service" | "people" | "localDate" | "startsAt"
>;
type GrantedPlace = Granted &
  Required<{ [K in "service" | "people" | "localDate" | "startsAt"]: NonNullable<Granted[K]> }>;

/** Books the kept place in the names of those who come. Whoever has an appointment for the same is moved to it. */
export async function bookGranted(
  ctx: Context,
  id: EmergencyId,
  who: readonly WhoComes[],
): Promise<Outcome<Booked, OwnRefusal | BookingRefusal>> {
  const own = await transaction(ctx, "citizen_writer", (tx) => findOwn(tx, ctx, id));
  if (!own) return refuse({ code: "unknown_emergency" });
  if (own.bookingId !== null) return accept({ bookingId: own.bookingId, officeId: own.officeId });
  // Of a telephone that nobody proved the office books, which speaks with the person.
  if (own.contactId === null || !isGrantedPlace(own)) return refuse({ code: "not_possible" });
  return bookFor(ctx, own, own.contactId, who);
}

export interface BookedForParty {
  readonly booked: Booked;
  /** For whoever has no contact: folio and PIN of the paper card that stands in its place. Shown once. */
  readonly card: IssuedCard | undefined;
}

/** The same by a member of staff, who speaks with the person. */
export async function bookForParty(
  ctx: Context,
  id: EmergencyId,
  who: readonly WhoComes[],
): Promise<Outcome<BookedForParty, AnswerRefusal | BookingRefusal>> {
  const found = await atOffice(ctx, id, emergencyStore, async ({ request }) => accept(request));
  if (!found.ok) return found;
  const request = found.value;
  if (!isGrantedPlace(request)) return refuse({ code: "not_possible" });
  const made = request.contactId === null ? await makeCard(ctx) : undefined;
  if (made && !made.ok) return made;
  const contactId = request.contactId ?? made!.value.card.contactId;
  const outcome = await bookFor(ctx, request, contactId, who);
  if (!outcome.ok) return outcome;
  if (made) await saveCard(ctx, made.value);
  return accept({ booked: outcome.value, card: made?.value.card });
}

async function bookFor(
  ctx: Context,
  own: GrantedPlace,
  contactId: ContactId,
  who: readonly WhoComes[],
): Promise<Outcome<Booked, OwnRefusal | BookingRefusal>> {
  if (who.length !== own.people) return refuse({ code: "not_possible" });
  const { id, officeId, localDate, startsAt, service } = own;
  const request: BookRequest = {
    contactId,
    wanted: { officeId, localDate, startsAt },
    holdId: id,
    kept: true,
    applicants: who.map((one) => ({ ...one, services: [service] })),
  };
  const booking = await book(ctx, request);
  const isTwice = !booking.ok && booking.refusal.code === "already_booked";
  const outcome = isTwice ? await moveHers(ctx, request, booking.refusal, id) : booking;
  if (!outcome.ok) return outcome.refusal.code === "hold_expired" && startsAt > ctx.now ? lose(ctx, own) : outcome;
  const booked = outcome.value;
  const [subject] = await ctx.keyring.digest("subject", [id]);
  await transaction(ctx, "citizen_writer", async (tx) => {
    // What was kept beyond the places that were taken.
    await dropKept(tx, [id]);
    if (await saveBooked(tx, own, { bookingId: booked.bookingId, contactId }))
      await record(tx, ctx, "emergency.book", own, subject![0]!.digest);
  });
  return accept(booked);
}

/**
 * Whoever has an appointment for the same that comes too late moves with it to the place, with its folio. One for other
 * people, or for more than the place holds, stays as it is, and she hears which it is.
 */
async function moveHers(
  ctx: Context,
  { contactId, wanted, applicants }: BookRequest,
  twice: Extract<BookingRefusal, { code: "already_booked" }>,
  proposalId: EmergencyId,
): Promise<Outcome<Booked, BookingRefusal>> {
  const { bookingId } = twice;
  const standing = await getBooking(ctx, contactId, bookingId);
  // Pressed twice: the place is booked already.
  if (standing?.officeId === wanted.officeId && standing.startsAt.getTime() === wanted.startsAt.getTime())
    return accept({ bookingId, officeId: wanted.officeId });
  const born = applicants.map((one) => one.bornOn).sort();
  const isSameParty =
    standing?.applicants
      .map((one) => one.bornOn)
      .sort()
      .join() === born.join();
  if (!isSameParty) return refuse(twice);
  const moved = await moveBookingTo(ctx, { contactId, bookingId, wanted, proposalId });
  return moved.ok || moved.refusal.code !== "place_taken" ? moved : refuse(twice);
}

/** A cut took the place in between: the request is due anew, with nothing more to do for whoever asked. */
async function lose(ctx: Context, own: GrantedPlace): Promise<Outcome<Booked, OwnRefusal>> {
  const [subject] = await ctx.keyring.digest("subject", [own.id]);
  await transaction(ctx, "citizen_writer", async (tx) => {
    const dueAt = answerDueAt(ctx.now, await listOpenStretches(tx, own.officeId, ctx.now));
    await dropKept(tx, [own.id]);
    if (await saveLost(tx, own, dueAt)) await record(tx, ctx, "emergency.place_lost", own, subject![0]!.digest);
  });
  return refuse({ code: "not_possible" });
}

function isGrantedPlace(one: Granted): one is GrantedPlace {
  return one.state === "granted" && one.proposal === "place" && one.startsAt !== null;
}
