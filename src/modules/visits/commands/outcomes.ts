import type { AppointmentId, BookingId, VisitId } from "#kernel/ids.ts";
import { accept, refuse } from "#kernel/outcome.ts";
import { lockParty, moveAppointments } from "#modules/booking/index.ts";
import type { Context } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { findRight, listRecorded } from "../queries/the-day.ts";
import { newVisit } from "../rules/turn.ts";
import { isOverForToday, judgeOutcomes, lacksPaper, undoUntil, visitAfter, visitBefore } from "../rules/visit.ts";
import { deletePassage, insertPassage } from "../store/turns.ts";
import { undoRightsGivenAt } from "../store/the-day.ts";
import { insertOutcomes, insertVisit, lockVisit, lockVisitOf, undoOutcomes } from "../store/visits.ts";
import type { OutcomeInput } from "../types.ts";
import { findHeld, giveRight } from "./hold.ts";
import { announce, inHall, saveChange, whoOf, type VisitOutcome } from "./office.ts";

/**
 * Records what came of each service, for a whole family at once. The visit is done when nothing is left to record. A
 * service that is suspended may be left open: that person comes back for it. Whoever lacks a paper comes back with it
 * within fifteen working days, before walk-ins; the others of her party are served.
 */
export function recordOutcomes(
  ctx: Context,
  input: { visitId: VisitId; version: number; outcomes: readonly OutcomeInput[] },
): Promise<VisitOutcome> {
  return inHall(ctx, "record_outcome", async (hall): Promise<VisitOutcome> => {
    const { tx, officeId } = hall;
    const visit = await lockVisit(tx, officeId, input.visitId);
    if (!visit) return refuse({ code: "unknown_visit" });
    if (visit.version !== input.version) return refuse({ code: "changed_meanwhile" });
    const done = visitAfter(visit.state, "record");
    if (!done) return refuse({ code: "not_possible" });
    const party = await lockParty(tx, officeId, visit.bookingId);
    if (party?.state !== "active") return refuse({ code: "booking_ended" });
    const { suspended } = await findHeld(tx, hall, visit.bookingId);
    const before = await listRecorded(tx, officeId, visit.id);
    const states = judgeOutcomes(party.appointments, input.outcomes, { before, suspended, mayReturn: true });
    if (!states.ok) return states;
    await insertOutcomes(
      tx,
      visit,
      input.outcomes.map((one) => ({ ...one, outcomeId: newId() })),
      hall.staffId,
      ctx.now,
    );
    const after = await moveAppointments(tx, party, states.value, ctx.now);
    const over = isOverForToday(after.appointments, [...before, ...input.outcomes]);
    // Of what is left nothing can be done now: she waits for it, or comes back another day.
    const held = !over && (await findHeld(tx, hall, visit.bookingId)).held;
    if (held || input.outcomes.some(lacksPaper)) await giveRight(tx, hall, party, ctx.now);
    if (over) await insertPassage(tx, visit, ctx.now);
    return saveChange(ctx, tx, "visit.record", {
      ...visit,
      recordedAt: ctx.now,
      ...(over ? { state: done, doneAt: ctx.now } : held ? { state: "waiting" } : {}),
    });
  });
}

/** Takes the last outcomes back within a minute: everything is as it was before the key was pressed. */
export function undo(ctx: Context, input: { visitId: VisitId }): Promise<VisitOutcome> {
  return inHall(ctx, "record_outcome", async ({ tx, officeId }): Promise<VisitOutcome> => {
    const visit = await lockVisit(tx, officeId, input.visitId);
    if (!visit) return refuse({ code: "unknown_visit" });
    if (!visit.recordedAt) return refuse({ code: "nothing_to_undo" });
    const until = undoUntil(visit);
    if (!until || ctx.now >= until) return refuse({ code: "too_late_to_undo" });
    const party = (await lockParty(tx, officeId, visit.bookingId))!;
    const ids = await undoOutcomes<AppointmentId>(tx, visit, visit.recordedAt, ctx.now);
    await moveAppointments(tx, party, new Map(ids.map((id) => [id, "booked"])), ctx.now);
    await undoRightsGivenAt(tx, officeId, visit.bookingId, visit.recordedAt, ctx.now);
    await deletePassage(tx, visit, visit.recordedAt);
    return saveChange(ctx, tx, "visit.undo", { ...visit, state: visitBefore(visit), recordedAt: null, doneAt: null });
  });
}

/** Marks a party that did not come, or that went away before it was served. Coming late on the same day opens it again. One with a right to return goes home with it. */
export function markNoShow(ctx: Context, input: { bookingId: BookingId }): Promise<VisitOutcome> {
  return inHall(ctx, "record_outcome", async (hall): Promise<VisitOutcome> => {
    const { tx, officeId, today } = hall;
    const visit = await lockVisitOf(tx, officeId, input.bookingId);
    const party = await lockParty(tx, officeId, input.bookingId);
    if (!party) return refuse({ code: "unknown_booking" });
    const right = await findRight(tx, officeId, input.bookingId);
    if (party.localDate !== today && !(right && visit?.localDate === today)) return refuse({ code: "not_today" });
    if (visit?.state === "left") return accept(visit);
    if (party.state !== "active") return refuse({ code: "booking_ended" });
    if (visit && !visitAfter(visit.state, "leave")) return refuse({ code: "not_possible" });
    // Whoever a suspended service kept from being attended to goes home and comes back: she never counts as not come.
    if (right || (await findHeld(tx, hall, party.id)).held) {
      if (!visit) return refuse({ code: "has_right_to_return" });
      if (!right) await giveRight(tx, hall, party, ctx.now);
      // What was recorded before stands: coming back opens only what says that nobody came.
      return saveChange(ctx, tx, "visit.go_home", { ...visit, state: "left", recordedAt: null });
    }
    const marked = visit ?? { ...newVisit(newId(), whoOf(party), today, "left"), recordedAt: ctx.now };
    if (!visit && !(await insertVisit(tx, marked))) return refuse({ code: "changed_meanwhile" });
    const open = party.appointments.filter((one) => one.state === "booked");
    const outcomes = open.flatMap((one) =>
      one.services.map((service) => ({
        appointmentId: one.id,
        service,
        code: "no_show" as const,
        outcomeId: newId<string>(),
      })),
    );
    await insertOutcomes(tx, marked, outcomes, hall.staffId, ctx.now);
    const after = await moveAppointments(tx, party, new Map(open.map((one) => [one.id, "missed"])), ctx.now);
    if (!visit) return announce(ctx, tx, "visit.no_show", marked);
    // Some of the party may have been served before the others went away.
    const change =
      after.state === "completed" ? { state: "done" as const, doneAt: ctx.now } : { state: "left" as const };
    return saveChange(ctx, tx, "visit.no_show", { ...visit, ...change, recordedAt: ctx.now });
  });
}
