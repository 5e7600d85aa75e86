import type { AppointmentId, BookingId, VisitId } from "#kernel/ids.ts";
import { accept, refuse } from "#kernel/outcome.ts";
import { lockParty, moveAppointments, type LockedParty } from "#modules/booking/index.ts";
import type { Context } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { visitAfter, type VisitAction } from "../rules/visit.ts";
import { findVisitOf, insertVisit, lockVisit, lockVisitOf, undoOutcomes } from "../store/visits.ts";
import type { Visit } from "../types.ts";
import { announce, inHall, saveChange, type Hall, type VisitOutcome } from "./office.ts";

/**
 * Receives a party. Again is the same as once. A party that was marked as not come and comes after all
 * is received like any other: its appointments are open again.
 */
export function checkIn(ctx: Context, input: { bookingId: BookingId }): Promise<VisitOutcome> {
  return inHall(ctx, "receive", async (hall) => {
    const { tx, officeId, today } = hall;
    const visit = await lockVisitOf(tx, officeId, input.bookingId);
    const party = await lockParty(tx, officeId, input.bookingId);
    if (!party) return refuse({ code: "unknown_booking" });
    if (party.localDate !== today) return refuse({ code: "not_today" });
    if (!visit) return party.state === "active" ? receive(ctx, hall, party) : refuse({ code: "booking_ended" });
    const state = visitAfter(visit.state, "arrive");
    if (!state) return accept(visit);
    if (party.state !== "active" && party.state !== "missed") return refuse({ code: "booking_ended" });
    await reopen(ctx, hall, visit, party);
    return saveChange(ctx, tx, "visit.check_in", {
      ...visit,
      state,
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
  return step(ctx, input, "call", "visit.call", { counter: input.counter, calledAt: ctx.now });
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
  return inHall(ctx, "receive", async ({ tx, officeId }) => {
    const visit = await lockVisit(tx, officeId, input.visitId);
    if (!visit) return refuse({ code: "unknown_visit" });
    if (visit.version !== input.version) return refuse({ code: "changed_meanwhile" });
    const state = visitAfter(visit.state, action);
    return state ? saveChange(ctx, tx, auditAction, { ...visit, ...change, state }) : refuse({ code: "not_possible" });
  });
}

async function receive(ctx: Context, { tx, officeId, today }: Hall, party: LockedParty): Promise<VisitOutcome> {
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
  if (await insertVisit(tx, visit)) return announce(ctx, tx, "visit.check_in", visit);
  // Another clerk was faster while this one waited for the booking. Read, not locked: visits are locked
  // before bookings everywhere, and here the booking is held already.
  const first = await findVisitOf(tx, officeId, party.id);
  return first && first.state !== "left" ? accept(first) : refuse({ code: "changed_meanwhile" });
}

async function reopen(ctx: Context, { tx }: Hall, visit: Visit, party: LockedParty): Promise<void> {
  if (!visit.recordedAt) return;
  const ids = await undoOutcomes<AppointmentId>(tx, visit, visit.recordedAt, ctx.now);
  await moveAppointments(tx, party, new Map(ids.map((id) => [id, "booked"])), ctx.now);
}
