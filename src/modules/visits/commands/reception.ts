import type { AppointmentId, BookingId, VisitId } from "#kernel/ids.ts";
import { accept, refuse } from "#kernel/outcome.ts";
import { lockParty, moveAppointments, type LockedParty } from "#modules/booking/index.ts";
import type { Context } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { findRight } from "../queries/the-day.ts";
import { visitAfter, type VisitAction } from "../rules/visit.ts";
import { findVisitOf, insertVisit, lockVisit, lockVisitOf, undoOutcomes } from "../store/visits.ts";
import type { Visit } from "../types.ts";
import { findHeld, giveRight } from "./hold.ts";
import { announce, inHall, saveChange, type Hall, type VisitOutcome } from "./office.ts";

/**
 * Receives a party. Again is the same as once. A party that was marked as not come and comes after all
 * is received like any other: its appointments are open again. One with a right to return is received on any day on
 * which that is good; one whose service is suspended has such a right from then on.
 */
export function checkIn(ctx: Context, input: { bookingId: BookingId }): Promise<VisitOutcome> {
  return inHall(ctx, "receive", async (hall): Promise<VisitOutcome> => {
    const { tx, officeId, today } = hall;
    const visit = await lockVisitOf(tx, officeId, input.bookingId);
    const party = await lockParty(tx, officeId, input.bookingId);
    if (!party) return refuse({ code: "unknown_booking" });
    if (party.localDate !== today && visit?.localDate !== today) {
      const right = await findRight(tx, officeId, input.bookingId);
      if (!right || party.localDate > today) return refuse({ code: "not_today" });
      if (party.state !== "active") return refuse({ code: "booking_ended" });
      if (right.validUntil < today) return refuse({ code: "right_is_over" });
    }
    if (!visit) return party.state === "active" ? receive(ctx, hall, party) : refuse({ code: "booking_ended" });
    // Whoever comes back on another day begins anew, wherever she stood on the day that was lost.
    const state = visit.localDate === today ? visitAfter(visit.state, "arrive") : "waiting";
    if (!state) return accept(visit);
    if (party.state !== "active" && party.state !== "missed") return refuse({ code: "booking_ended" });
    if (visit.localDate === today) await reopen(ctx, hall, visit, party);
    await giveRightIfHeld(ctx, hall, party);
    return saveChange(ctx, tx, "visit.check_in", {
      ...visit,
      state,
      localDate: today,
      counter: null,
      arrivedAt: ctx.now,
      calledAt: null,
      servedAt: null,
      recordedAt: null,
      doneAt: null,
    });
  });
}

export function callParty(
  ctx: Context,
  input: { visitId: VisitId; counter: number; version: number },
): Promise<VisitOutcome> {
  return step(ctx, input, "call", "visit.call", { counter: input.counter, calledAt: ctx.now, servedAt: null });
}

export function startService(ctx: Context, input: { visitId: VisitId; version: number }): Promise<VisitOutcome> {
  return step(ctx, input, "serve", "visit.serve", { servedAt: ctx.now });
}

function step(
  ctx: Context,
  input: { visitId: VisitId; version: number },
  action: VisitAction,
  auditAction: string,
  change: Partial<Visit>,
): Promise<VisitOutcome> {
  return inHall(ctx, "receive", async (hall): Promise<VisitOutcome> => {
    const { tx, officeId } = hall;
    const visit = await lockVisit(tx, officeId, input.visitId);
    if (!visit) return refuse({ code: "unknown_visit" });
    if (visit.version !== input.version) return refuse({ code: "changed_meanwhile" });
    const state = visitAfter(visit.state, action);
    if (!state) return refuse({ code: "not_possible" });
    // Who was called before the service stopped may still be attended to, where that goes.
    if (visit.state === "waiting" && (await findHeld(tx, hall, visit.bookingId)).held)
      return refuse({ code: "service_suspended" });
    return saveChange(ctx, tx, auditAction, { ...visit, ...change, state });
  });
}

async function receive(ctx: Context, hall: Hall, party: LockedParty): Promise<VisitOutcome> {
  const { tx, officeId, today } = hall;
  const visit: Visit = {
    officeId,
    id: newId(),
    bookingId: party.id,
    localDate: today,
    state: "waiting",
    counter: null,
    arrivedAt: ctx.now,
    calledAt: null,
    servedAt: null,
    recordedAt: null,
    doneAt: null,
    settledAt: null,
    version: 1,
  };
  if (await insertVisit(tx, visit)) {
    await giveRightIfHeld(ctx, hall, party);
    return announce(ctx, tx, "visit.check_in", visit);
  }
  // Another clerk was faster while this one waited for the booking. Read, not locked: visits are locked
  // before bookings everywhere, and here the booking is held already.
  const first = await findVisitOf(tx, officeId, party.id);
  return first && first.state !== "left" ? accept(first) : refuse({ code: "changed_meanwhile" });
}

/** Whoever arrives while her service stands still may come back another day. */
async function giveRightIfHeld(ctx: Context, hall: Hall, party: LockedParty): Promise<void> {
  const { held } = await findHeld(hall.tx, hall, party.id);
  if (held) await giveRight(hall.tx, hall, party, ctx.now);
}

async function reopen(ctx: Context, { tx }: Hall, visit: Visit, party: LockedParty): Promise<void> {
  if (!visit.recordedAt) return;
  const ids = await undoOutcomes<AppointmentId>(tx, visit, visit.recordedAt, ctx.now);
  await moveAppointments(tx, party, new Map(ids.map((id) => [id, "booked"])), ctx.now);
}
