import type { AppointmentId, BookingId, VisitId } from "#kernel/ids.ts";
import { accept, refuse } from "#kernel/outcome.ts";
import { agesAtOffice, lockParty, moveAppointments, type LockedParty } from "#modules/booking/index.ts";
import type { Context } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { findRight } from "../queries/the-day.ts";
import { priorityByAge } from "../rules/priority.ts";
import { visitAfter, type VisitAction } from "../rules/visit.ts";
import { newVisit, routeOf } from "../rules/turn.ts";
import { leaveDoorQueue } from "../store/door.ts";
import { nextTurnNo, readHallPlan } from "../store/turns.ts";
import { findVisitOf, insertVisit, lockVisit, lockVisitOf, reopenMissing, undoOutcomes } from "../store/visits.ts";
import type { Visit } from "../types.ts";
import { findHeld, giveRight } from "./hold.ts";
import { announce, hourOf, inHall, saveChange, whoOf, type DayOfHall, type VisitOutcome } from "./office.ts";

/**
 * Receives a party. Again is the same as once. A party that was marked as not come and comes after all
 * is received like any other: its appointments are open again. One with a right to return is received on any day on
 * which that is good; one whose service is suspended has such a right from then on.
 */
export async function checkIn(ctx: Context, input: { bookingId: BookingId }): Promise<VisitOutcome> {
  const ages = await agesAtOffice(ctx, input.bookingId);
  return inHall(ctx, "receive", (hall) => receiveParty(ctx, hall, input.bookingId, ages));
}

/** What a reception does, for whoever may receive: a counter, the door, a kiosk, or the party with her own telephone. */
export async function receiveParty(
  ctx: Context,
  hall: DayOfHall,
  bookingId: BookingId,
  ages: readonly number[],
): Promise<VisitOutcome> {
  const { tx, officeId, today } = hall;
  // Wherever she was received, nobody waits behind her at the door.
  await leaveDoorQueue(tx, officeId, today, bookingId, ctx.now);
  const visit = await lockVisitOf(tx, officeId, bookingId);
  const party = await lockParty(tx, officeId, bookingId);
  if (!party) return refuse({ code: "unknown_booking" });
  if (party.localDate !== today && visit?.localDate !== today) {
    const right = await findRight(tx, officeId, bookingId);
    if (!right || party.localDate > today) return refuse({ code: "not_today" });
    if (party.state !== "active") return refuse({ code: "booking_ended" });
    if (right.validUntil < today) return refuse({ code: "right_is_over" });
  }
  if (!visit) return party.state === "active" ? receive(ctx, hall, party, ages) : refuse({ code: "booking_ended" });
  // Whoever comes back on another day begins anew, wherever she stood on the day that was lost.
  // So does whoever fetched a paper on the day itself, after all that could be done was recorded.
  const bringsPaper = party.state === "active" && (visit.localDate !== today || visit.state === "done");
  const state = bringsPaper ? "waiting" : visitAfter(visit.state, "arrive");
  if (!state) return accept(visit);
  if (party.state !== "active" && party.state !== "missed") return refuse({ code: "booking_ended" });
  if (bringsPaper) await reopenMissing(tx, visit, ctx.now);
  else if (visit.localDate === today) await reopen(ctx, hall, visit, party);
  await giveRightIfHeld(ctx, hall, party);
  // Whoever only went out for a while keeps her code and her place; the others begin at the door.
  const isBack = visit.localDate === today && visit.arrivedAt !== null && visit.recordedAt === null;
  return saveChange(ctx, tx, "visit.check_in", {
    ...visit,
    ...(isBack ? {} : await arrived(ctx, hall, party, ages)),
    state,
    localDate: today,
    counter: null,
    parkedAt: null,
    calledAt: null,
    servedAt: null,
    recordedAt: null,
    doneAt: null,
  });
}

export function callParty(
  ctx: Context,
  input: { visitId: VisitId; counter: number; version: number },
): Promise<VisitOutcome> {
  return step(ctx, input, "call", "visit.call", (visit) => called(visit, input.counter, ctx.now));
}

export function startService(ctx: Context, input: { visitId: VisitId; version: number }): Promise<VisitOutcome> {
  // Whoever is served without a call had her turn all the same.
  return step(ctx, input, "serve", "visit.serve", ({ firstCalledAt }) => ({
    servedAt: ctx.now,
    parkedAt: null,
    firstCalledAt: firstCalledAt ?? ctx.now,
  }));
}

/** How a visit stands when it is called to a counter of its station. */
export function called(visit: Visit, counter: number, now: Date): Partial<Visit> {
  return {
    counter,
    calledAt: now,
    servedAt: null,
    parkedAt: null,
    calls: visit.calls + 1,
    firstCalledAt: visit.firstCalledAt ?? now,
  };
}

/** One step of a visit at its station. */
export function step(
  ctx: Context,
  input: { visitId: VisitId; version: number },
  action: VisitAction,
  auditAction: string,
  change: (visit: Visit) => Partial<Visit>,
): Promise<VisitOutcome> {
  return inHall(ctx, "receive", async (hall): Promise<VisitOutcome> => {
    const { tx, officeId } = hall;
    const visit = await lockVisit(tx, officeId, input.visitId);
    if (!visit) return refuse({ code: "unknown_visit" });
    if (visit.version !== input.version) return refuse({ code: "changed_meanwhile" });
    const state = visitAfter(visit.state, action);
    if (!state) return refuse({ code: "not_possible" });
    // Who was called before the service stopped may still be attended to, where that goes.
    const begins = action === "call" || action === "serve";
    if (begins && visit.state === "waiting" && (await findHeld(tx, hall, visit.bookingId)).heldHere)
      return refuse({ code: "service_suspended" });
    return saveChange(ctx, tx, auditAction, { ...visit, ...change(visit), state });
  });
}

async function receive(
  ctx: Context,
  hall: DayOfHall,
  party: LockedParty,
  ages: readonly number[],
): Promise<VisitOutcome> {
  const { tx, officeId } = hall;
  // Another clerk may have been faster while this one waited for the booking. Read, not locked: visits are locked
  // before bookings everywhere, and here the booking is held already.
  const first = await findVisitOf(tx, officeId, party.id);
  if (first) return first.state === "left" ? refuse({ code: "changed_meanwhile" }) : accept(first);
  const visit = { ...newVisit(newId(), whoOf(party), hall.today), ...(await arrived(ctx, hall, party, ages)) };
  if (!(await insertVisit(tx, visit))) return refuse({ code: "changed_meanwhile" });
  await giveRightIfHeld(ctx, hall, party);
  return announce(ctx, tx, "visit.check_in", visit);
}

/** What an arrival makes of a visit: a turn at the first station of what the party comes for. */
async function arrived(
  { now }: Context,
  { tx, officeId, today }: DayOfHall,
  party: LockedParty,
  ages: readonly number[],
): Promise<Partial<Visit>> {
  const plan = await readHallPlan(tx, officeId);
  const open = party.appointments.filter((one) => one.state === "booked" || one.state === "missed");
  const route = routeOf(
    open.flatMap((one) => one.services),
    plan,
  );
  const isToday = party.localDate === today;
  const isWalkIn = party.channel === "walk_in";
  return {
    state: "waiting",
    arrivedAt: now,
    turnNo: await nextTurnNo(tx, officeId, today),
    line: !isToday ? "return" : isWalkIn ? "walk_in" : "appointment",
    dueAt: isToday && !isWalkIn ? hourOf(party) : null,
    priority: priorityByAge(ages),
    // Of a turn that she had before nothing goes on: a lot, a call and a wait are those of this one.
    lot: null,
    calls: 0,
    firstCalledAt: null,
    route,
    station: route[0]!,
    stationSince: now,
  };
}

/** Whoever arrives while her service stands still may come back another day. */
async function giveRightIfHeld(ctx: Context, hall: DayOfHall, party: LockedParty): Promise<void> {
  const { held } = await findHeld(hall.tx, hall, party.id);
  if (held) await giveRight(hall.tx, hall, party, ctx.now);
}

async function reopen(ctx: Context, { tx }: DayOfHall, visit: Visit, party: LockedParty): Promise<void> {
  if (!visit.recordedAt) return;
  const ids = await undoOutcomes<AppointmentId>(tx, visit, visit.recordedAt, ctx.now);
  await moveAppointments(tx, party, new Map(ids.map((id) => [id, "booked"])), ctx.now);
}
