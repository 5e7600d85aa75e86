import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { BookingId, ContactId } from "#kernel/ids.ts";
import { hideServed } from "#modules/allocation/index.ts";
import { getNetwork, officesInReach } from "#modules/offices/index.ts";
import {
  arrange,
  arrangeKept,
  freePlaces,
  isCut,
  MIN_LEAD_HOURS,
  placesByParty,
  placeStore,
  planWindows,
  releaseHolds,
} from "#modules/schedules/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { dayKey } from "#platform/keyring/index.ts";
import { insertEvents } from "#platform/outbox.ts";
import { bookingEvent } from "../events.ts";
import { coolingAfter, MOST_MOVES, movesAfter, movesAfterMovingHome, NEAR_OFFICES } from "../rules/changes.ts";
import { stepsOf } from "../rules/decide.ts";
import { eraseAfterVisit, needsOf, refuseParty } from "../rules/party.ts";
import { sheetsOf } from "../rules/permission.ts";
import { CHANGE_UNTIL_HOURS, mayChange, mayMove } from "../rules/states.ts";
import { closeToOthers, endBookings, lockBooking, moveBooking, setDelicate, setMoves } from "../store/changes.ts";
import { endClaims } from "../store/claims.ts";
import { findLastCancel, recordCancel } from "../store/cool-down.ts";
import { removePeople } from "../store/counters.ts";
import { lockBookings } from "../store/outcomes.ts";
import { endProposals } from "../store/proposals.ts";
import { findSealedBooking } from "../queries/booking.ts";
import type { Booked, BookingRefusal, WantedTime } from "../types.ts";
import { refuseTime, serviceLookup } from "./bookings.ts";

/** Clerks have changed the file under each of so many moves: that is no chance any more. */
const MOST_TRIES = 3;

export interface MoveRequest {
  readonly contactId: ContactId;
  readonly bookingId: BookingId;
  readonly wanted: WantedTime;
  /** "I have moved far away": any office then, and it is the last move. */
  readonly movedHome?: boolean | undefined;
  /** A proposal of the office, whose places are kept under this id: they and no others. */
  readonly proposalId?: string | undefined;
}

/**
 * Moves a party to another time, day or office: the new places are taken and the old ones freed in one
 * transaction, so that nobody is ever left with neither. Folio, people and claims stay as they are. Twice at the most,
 * to its own office or one of the nearest (fairness.md 4.3). A party whose place the office cut moves without being
 * counted and at any hour: what it lost is no reason to hurry it. What is proposed is had until it is kept no longer.
 */
export async function moveBookingTo(
  ctx: Context,
  request: MoveRequest,
  tries = MOST_TRIES,
): Promise<Outcome<Booked, BookingRefusal>> {
  if (tries === 0) throw new Error("a file was changed again and again while its booking was being moved");
  const { contactId, bookingId, wanted, proposalId } = request;
  const [service, network, stored] = await Promise.all([
    serviceLookup(ctx),
    getNetwork(ctx),
    findSealedBooking(ctx, contactId, bookingId),
  ]);
  if (!stored) return refuse({ code: "unknown_booking" });
  // What is kept for her is hers until it is over, at however short notice.
  const lead = proposalId === undefined ? MIN_LEAD_HOURS : 0;
  const refusal = refuseParty(stored.requests, service, wanted.localDate) ?? (await refuseTime(ctx, wanted, lead));
  if (refusal) return refuse(refusal);

  const needs = needsOf(stored.requests, service);
  const eraseAfter = eraseAfterVisit(wanted.localDate);
  const under = dayKey(wanted.officeId, wanted.localDate, eraseAfter);
  const [[sealed, ...sealedApplicants], [subject]] = await Promise.all([
    ctx.keyring.seal([
      { under, field: "booking.booking", row: bookingId, plain: stored.plain },
      ...stored.rows.map((row) => ({ under, field: "booking.applicant" as const, row: row.id, plain: row.plain })),
    ]),
    ctx.keyring.digest("subject", [bookingId]),
  ]);

  const moved = await transaction(
    ctx,
    "citizen_writer",
    async (tx): Promise<Outcome<Booked, BookingRefusal> | undefined> => {
      const booking = await lockBooking(tx, bookingId, contactId);
      if (!booking) return refuse({ code: "unknown_booking" });
      const before = { ...booking, displaced: await isCut(tx, bookingId) };
      const may = mayMove({ ...before, appointments: stored.view.appointments }, ctx.now);
      if (may !== "yes") return refuse(may === "too_late" ? { code: may, hours: CHANGE_UNTIL_HOURS } : { code: may });
      const within = officesInReach(network, booking.officeId, NEAR_OFFICES).includes(wanted.officeId);
      if (!within && !request.movedHome) return refuse({ code: "too_far", nearest: NEAR_OFFICES });
      const moves = within ? movesAfter(before, ctx.now) : movesAfterMovingHome(before, ctx.now);
      if (!moves) return refuse({ code: "too_many_moves", most: MOST_MOVES });
      // A clerk changed a file since: what was sealed above does not know it.
      if (booking.fileVersion !== stored.fileVersion) return undefined;
      const plan = planWindows([{ ...wanted, startsAt: wanted.startsAt.getTime(), needs }]);
      const open =
        proposalId === undefined
          ? placesByParty(plan, await placeStore.waitForOpenPlaces(tx, plan.windows, new Set(plan.ofParty[0])))[0]!
          : await placeStore.lockHeldPlaces(tx, [proposalId], ctx.now);
      const seat = proposalId === undefined ? arrange : arrangeKept;
      const arrangement = seat(open, needs, wanted.startsAt.getTime());
      if (!arrangement) return refuse({ code: "place_taken" });

      await freePlaces(tx, [bookingId]);
      const kept = await endProposals(tx, { bookingIds: [bookingId] }, proposalId ? "accepted" : "declined", ctx.now);
      await placeStore.takePlaces(
        tx,
        stepsOf(arrangement).map((place) => ({ ...place, officeId: wanted.officeId, holder: bookingId })),
        undefined,
      );
      await placeStore.releaseHolds(tx, kept);
      await moveBooking(
        tx,
        {
          id: bookingId,
          officeId: wanted.officeId,
          localDate: wanted.localDate,
          startsAt: new Date(Math.min(...arrangement.map((one) => one.startsAt))),
          sealed: sealed!,
          eraseAfter,
          now: ctx.now,
        },
        stored.rows.map((row, i) => ({ ordinal: row.ordinal, sealed: sealedApplicants[i]! })),
        arrangement.map((one) => ({ ...one, startsAt: new Date(one.startsAt) })),
      );
      await setMoves(tx, bookingId, moves);
      await announce(
        tx,
        ctx,
        "booking.moved",
        {
          id: bookingId,
          officeId: wanted.officeId,
          contactId,
          localDate: wanted.localDate,
          sheets: sheetsOf(stored.view.applicants),
          from: booking.officeId,
        },
        subject![0]!.digest,
      );
      return accept({ bookingId, officeId: wanted.officeId });
    },
  );
  return moved ?? moveBookingTo(ctx, request, tries - 1);
}

/**
 * Cancels a booking for all its people. The places return at the next release tick; a second cancel changes nothing.
 * For three days the contact then books nothing at once, unless its place had been cut. It is the contact that waits and never the person: an answer
 * that named the person would tell others that she had cancelled (decision 0017).
 */
export async function cancelBooking(
  ctx: Context,
  request: { contactId: ContactId; bookingId: BookingId },
): Promise<Outcome<Booked, BookingRefusal>> {
  const { contactId, bookingId } = request;
  const [subject] = await ctx.keyring.digest("subject", [bookingId]);
  return transaction(ctx, "citizen_writer", async (tx) => {
    const booking = await lockBooking(tx, bookingId, contactId);
    if (!booking) return refuse({ code: "unknown_booking" });
    if (booking.state === "cancelled") return accept({ bookingId, officeId: booking.officeId });
    const may = mayChange(booking.state, booking.startsAt, ctx.now);
    if (may !== "yes") return refuse(may === "too_late" ? { code: may, hours: CHANGE_UNTIL_HOURS } : { code: may });
    await removePeople(tx, new Map([[contactId, booking.people]]));
    if (!(await isCut(tx, bookingId))) {
      const before = await findLastCancel(tx, contactId);
      const coolingUntil = coolingAfter({ bookedAt: booking.createdAt, before }, ctx.now);
      await recordCancel(tx, contactId, { at: ctx.now, coolingUntil });
    }
    await placeStore.releaseHolds(tx, await endProposals(tx, { bookingIds: [bookingId] }, "over", ctx.now));
    await endBookings(tx, [bookingId], "cancelled", "cancelled", ctx.now);
    await endClaims(tx, [bookingId]);
    await freePlaces(tx, [bookingId]);
    await announce(tx, ctx, "booking.cancelled", booking, subject![0]!.digest);
    return accept({ bookingId, officeId: booking.officeId });
  });
}

/**
 * Ends bookings that a person signed away (role worker): their places return at the ordinary ticks, to nobody in
 * particular. What is over or was given back meanwhile stays as it is. Its contact is told that a person signed it and
 * until when somebody else can be asked to look again.
 */
export function revokeBookings(ctx: Context, tx: Tx, ids: readonly BookingId[]): Promise<void> {
  return releaseBookings(ctx, tx, ids, { event: "booking.cancelled", action: "booking.revoke" });
}

/** Ends what still stands of them, whoever's they are (role worker), and writes why. */
export async function releaseBookings(
  ctx: Context,
  tx: Tx,
  ids: readonly BookingId[],
  { event, action }: { readonly event: "booking.cancelled" | "booking.absent"; readonly action: string },
): Promise<void> {
  const open = (await lockBookings(tx, ids)).filter((one) => one.state === "active");
  if (open.length === 0) return;
  const bookingIds = open.map((one) => one.id);
  const people = new Map<(typeof open)[number]["contactId"], number>();
  for (const one of open) people.set(one.contactId, (people.get(one.contactId) ?? 0) + one.people);
  await removePeople(tx, people);
  await releaseHolds(tx, await endProposals(tx, { bookingIds }, "over", ctx.now));
  await endBookings(tx, bookingIds, "cancelled", "cancelled", ctx.now);
  await endClaims(tx, bookingIds);
  await freePlaces(tx, bookingIds);
  const subjects = await ctx.keyring.digest("subject", bookingIds);
  await insertEvents(
    tx,
    open.map((one) => bookingEvent(event, { ...one, revoked: event === "booking.cancelled" }, ctx.now)),
  );
  await insertAudit(
    tx,
    open.map(({ officeId }, i) => ({
      ...ctx,
      at: ctx.now,
      action,
      officeId,
      subject: subjects[i]![0]!.digest,
    })),
  );
}

async function announce(
  tx: Tx,
  ctx: Context,
  name: "booking.moved" | "booking.cancelled",
  booking: Parameters<typeof bookingEvent>[1],
  subject: Buffer,
): Promise<void> {
  await insertEvents(tx, [bookingEvent(name, booking, ctx.now)]);
  await insertAudit(tx, [
    {
      at: ctx.now,
      actor: ctx.actor,
      channel: ctx.channel,
      action: name.replace("moved", "move").replace("cancelled", "cancel"),
      purpose: ctx.purpose,
      officeId: booking.officeId,
      subject,
    },
  ]);
}

/**
 * Somebody says of her own booking that her situation is delicate, without a reason: from the next message on nothing that
 * leaves the house tells office, day or that there is an appointment, and only its folio opens it. Whatever visit had
 * opened it before, with a birth date perhaps, needs the folio too, but for this one. Again is the same as once.
 */
export async function hideBooking(
  ctx: Context,
  { contactId, bookingId }: { contactId: ContactId; bookingId: BookingId },
): Promise<void> {
  const [subject] = await ctx.keyring.digest("subject", [bookingId]);
  const { now: at, actor, channel, purpose } = ctx;
  await transaction(ctx, "citizen_writer", async (tx) => {
    if (!(await setDelicate(tx, contactId, bookingId))) return;
    const ids = [bookingId, ...(await hideServed(tx, bookingId))];
    const sessionId = actor.kind === "citizen" ? actor.sessionId : undefined;
    await closeToOthers(tx, bookingId, { ids, sessionId, now: at });
    await insertAudit(tx, [{ at, actor, channel, action: "booking.hidden", purpose, subject: subject![0]!.digest }]);
  });
}
