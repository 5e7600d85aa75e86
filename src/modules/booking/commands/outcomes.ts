import type { AppointmentId, BookingId, ContactId, OfficeId } from "#kernel/ids.ts";
import { freePlaces, freePlacesOf, reclaimPlaces, releaseHolds, usePlaces } from "#modules/schedules/index.ts";
import { insertAudit } from "#platform/audit.ts";
import type { Context, Tx } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { bookingEvent } from "../events.ts";
import { afterLapse, bookingStateAfter, lapsedAppointments } from "../rules/outcomes.ts";
import { appointmentMay } from "../rules/states.ts";
import { listRivals } from "../queries/rivals.ts";
import { deleteClaims, endClaims } from "../store/claims.ts";
import { removePeople } from "../store/counters.ts";
import { endProposals } from "../store/proposals.ts";
import {
  listAppointmentsOf,
  listClaimScopes,
  lockBookingOf,
  lockBookings,
  lockCounters,
  setAppointmentStates,
  setBookingStates,
  shrinkBookings,
  type AppointmentAtCounter,
  type BookingAtCounter,
} from "../store/outcomes.ts";
import type { AppointmentState } from "../types.ts";

/** A booking that is being received, locked until the transaction ends. */
export interface LockedParty extends BookingAtCounter {
  readonly appointments: readonly AppointmentAtCounter[];
}

export async function lockParty(tx: Tx, officeId: OfficeId, bookingId: BookingId): Promise<LockedParty | undefined> {
  const booking = await lockBookingOf(tx, officeId, bookingId);
  return booking && { ...booking, appointments: await listAppointmentsOf(tx, [bookingId]) };
}

/**
 * Gives appointments of a locked party their new states; the booking and its places follow. Everything
 * here can be taken back: claims and counters stay until `closeBookings`.
 */
export async function moveAppointments(
  tx: Tx,
  party: LockedParty,
  states: ReadonlyMap<AppointmentId, AppointmentState>,
  now: Date,
): Promise<LockedParty> {
  const appointments = party.appointments.map((one) => ({ ...one, state: states.get(one.id) ?? one.state }));
  for (const [i, { state }] of party.appointments.entries()) {
    const to = appointments[i]!.state;
    if (state !== to && !appointmentMay(state, to))
      throw new Error(`an appointment that is ${state} cannot become ${to}`);
  }
  const state = bookingStateAfter(appointments.map((one) => one.state));
  await setAppointmentStates(
    tx,
    appointments.filter((one) => states.has(one.id)),
  );
  if (state !== party.state) await setBookingStates(tx, [{ ...party, state }], now);
  if (state === "completed") await usePlaces(tx, [party.id]);
  if (state === "active") await reclaimPlaces(tx, [party.id]);
  return { ...party, state, appointments };
}

/** Bookings of days that are over and that nobody recorded: all that is still booked in them gets that state, but what was `served` in part. Returns those that nobody else has in hand and that were open. */
export async function endOpenBookings(
  tx: Tx,
  bookings: ReadonlyMap<BookingId, "missed" | "unserved">,
  now: Date,
  served: ReadonlySet<AppointmentId> = new Set(),
): Promise<BookingId[]> {
  const open = (await lockBookings(tx, [...bookings.keys()])).filter((one) => one.state === "active");
  const appointments = (
    await listAppointmentsOf(
      tx,
      open.map((one) => one.id),
    )
  ).map((one) =>
    one.state === "booked"
      ? { ...one, state: served.has(one.id) ? ("served" as const) : bookings.get(one.bookingId)! }
      : one,
  );
  await setAppointmentStates(tx, appointments);
  const ended = open.map((one) => ({
    ...one,
    state: bookingStateAfter(appointments.filter((other) => other.bookingId === one.id).map((other) => other.state)),
  }));
  await setBookingStates(tx, ended, now);
  // As when a clerk had recorded it: only who did not come keeps a place that nobody else had.
  await usePlaces(
    tx,
    ended.flatMap((one) => (one.state === "completed" ? [one.id] : [])),
  );
  return open.map((one) => one.id);
}

/**
 * Ends what bookings that are over still hold: their people no longer count for their contact, and may
 * be booked again. Before that, what others filed for a person who was served lapses.
 */
export async function closeBookings(ctx: Context, tx: Tx, bookingIds: readonly BookingId[]): Promise<void> {
  if (bookingIds.length === 0) return;
  await settleContest(ctx, tx, bookingIds);
  const bookings = await lockBookings(tx, bookingIds);
  const people = peopleByContact(bookings);
  await lockCounters(tx, [...people.keys()]);
  await removePeople(tx, people);
  await endClaims(tx, bookingIds);
}

/**
 * Whoever came with the document was served, whether her booking counted or was contested; the other
 * appointment for the same person and scope lapses. Its contact is told that it lapsed and never why (hardening 1 and 2).
 */
async function settleContest(ctx: Context, tx: Tx, bookingIds: readonly BookingId[]): Promise<void> {
  const suspected = await listRivals(tx, bookingIds);
  if (suspected.length === 0) return;
  const bookings = await lockBookings(tx, [...new Set(suspected.map((one) => one.bookingId))]);
  await lockCounters(
    tx,
    bookings.map((one) => one.contactId),
  );
  // Their contacts may have cancelled before the lock was ours.
  const rivals = await listRivals(tx, bookingIds);
  const lapsed = new Set(
    lapsedAppointments(
      rivals,
      await listClaimScopes(
        tx,
        rivals.map((one) => one.appointmentId),
      ),
    ),
  );
  const appointments = await listAppointmentsOf(
    tx,
    bookings.map((one) => one.id),
  );
  const changed = bookings.flatMap((booking) => {
    const own = appointments.filter((one) => one.bookingId === booking.id);
    return own.some((one) => lapsed.has(one.id)) ? [{ ...booking, ...afterLapse(own, lapsed) }] : [];
  });
  const over = changed.filter((one) => one.over);
  const goingOn = changed.filter((one) => !one.over);

  await deleteClaims(
    tx,
    rivals.map((one) => one.appointmentId),
    rivals.map((one) => one.scope),
  );
  await setAppointmentStates(
    tx,
    appointments.filter((one) => lapsed.has(one.id)).map((one) => ({ ...one, state: "lapsed" })),
  );
  await setBookingStates(
    tx,
    over.map((one) => ({ ...one, state: "lapsed" })),
    ctx.now,
  );
  // What an office keeps for a party of which somebody has nothing left is too much for it: it is asked no more.
  const ids = changed.map((one) => one.id);
  await releaseHolds(tx, await endProposals(tx, { bookingIds: ids }, "over", ctx.now));
  await shrinkBookings(tx, goingOn, ctx.now);
  await removePeople(tx, peopleByContact([...over, ...goingOn.map((one) => ({ ...one, people: one.peopleGone }))]));
  await freePlaces(
    tx,
    over.map((one) => one.id),
  );
  await freePlacesOf(
    tx,
    appointments.filter((one) => lapsed.has(one.id)).map((one) => ({ ...one, holder: one.bookingId })),
  );
  await insertEvents(
    tx,
    changed.map((one) => bookingEvent("booking.lapsed", one, ctx.now)),
  );
  const subjects = await ctx.keyring.digest(
    "subject",
    changed.map((one) => one.id),
  );
  await insertAudit(
    tx,
    changed.map((one, i) => ({
      at: ctx.now,
      actor: ctx.actor,
      channel: ctx.channel,
      action: "booking.lapse",
      purpose: ctx.purpose,
      officeId: one.officeId,
      subject: subjects[i]![0]!.digest,
    })),
  );
}

function peopleByContact(bookings: readonly Pick<BookingAtCounter, "contactId" | "people">[]): Map<ContactId, number> {
  const people = new Map<ContactId, number>();
  for (const { contactId, people: count } of bookings) people.set(contactId, (people.get(contactId) ?? 0) + count);
  return people;
}
