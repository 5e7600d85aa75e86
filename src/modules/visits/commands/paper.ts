import type { BookingId } from "#kernel/ids.ts";
import { accept, refuse } from "#kernel/outcome.ts";
import { closeBookings, lockParty, moveAppointments, type LockedParty } from "#modules/booking/index.ts";
import type { Context } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { newId } from "#platform/random.ts";
import { visitServed } from "../events.ts";
import { listStanding } from "../queries/standing.ts";
import { findRight, listRecorded } from "../queries/the-day.ts";
import { judgeOutcomes } from "../rules/visit.ts";
import { notYetRecorded } from "../rules/paper.ts";
import { sheetOf } from "../rules/sheet.ts";
import { newVisit } from "../rules/turn.ts";
import { findVisitOf, insertOutcomes, insertVisit, lockVisitOf, settleVisit } from "../store/visits.ts";
import { markOnPaper } from "../store/reports.ts";
import type { OutcomeInput, Visit } from "../types.ts";
import { hourOf, inHall, saveChange, type Hall, type VisitOutcome, whoOf } from "./office.ts";

/**
 * Types in what was written on the printed list while there was no system: today, or on a day that is over and whose
 * people were closed as not come. Typed twice it is recorded once. Its hours are the list's and measure nothing. What a
 * past day still held was ended when it was closed, so that nothing waits to be settled and nothing is taken back.
 */
export function enterFromPaper(
  ctx: Context,
  input: { bookingId: BookingId; outcomes: readonly OutcomeInput[] },
): Promise<VisitOutcome> {
  return inHall(ctx, "record_outcome", async (hall) => {
    const { tx, officeId, today } = hall;
    const locked = await lockVisitOf(tx, officeId, input.bookingId);
    const party = await lockParty(tx, officeId, input.bookingId);
    if (!party) return refuse({ code: "unknown_booking" });
    if (party.state === "cancelled" || party.state === "lapsed") return refuse({ code: "booking_ended" });
    if (!sheetOf(party.localDate, today).typed) return refuse({ code: "not_on_paper" });
    const left = notYetRecorded(input.outcomes, await listStanding(tx, officeId, input.bookingId));
    if (!left.ok) return left;
    // Whoever typed the same a moment ago made the visit while this one waited for the booking.
    const known = locked ?? (await findVisitOf(tx, officeId, input.bookingId));
    if (known && left.value.length === 0) return accept(known);
    if (!locked && known) return refuse({ code: "changed_meanwhile" });

    const mayReturn = (await findRight(tx, officeId, input.bookingId)) !== undefined;
    if (mayReturn && left.value.some((one) => one.code === "no_show")) return refuse({ code: "has_right_to_return" });

    const opened = await openAgain(ctx, hall, party, left.value);
    const before = known ? await listRecorded(tx, officeId, known.id) : [];
    const states = judgeOutcomes(opened.appointments, left.value, { before, suspended: new Set() });
    if (!states.ok) return states;
    const after = await moveAppointments(tx, opened, states.value, ctx.now);
    const came = left.value.some((one) => one.code !== "no_show");
    const visit = visitAfterPaper(ctx, known ?? newVisit(newId(), whoOf(party), party.localDate), party, {
      came,
      open: after.state === "active",
    });
    if (!known && !(await insertVisit(tx, visit))) return refuse({ code: "changed_meanwhile" });
    await insertOutcomes(
      tx,
      visit,
      left.value.map((one) => ({ ...one, outcomeId: newId() })),
      hall.staffId,
      ctx.now,
    );
    await markOnPaper(tx, officeId, visit.id);
    const saved = await saveChange(ctx, tx, "visit.paper", visit);
    // Whoever may still come back was left open when her day was closed; what is left of it is settled when she comes.
    if (party.localDate === today || !saved.ok || (mayReturn && after.state === "active")) return saved;
    if (party.state === "active" && after.state !== "active") await closeBookings(ctx, tx, [party.id]);
    await settleVisit(tx, officeId, visit.id, ctx.now);
    if ([...states.value.values()].includes("served"))
      await insertEvents(tx, [visitServed(visit, party.contactId, ctx.now)]);
    return accept({ ...saved.value, settledAt: ctx.now, version: saved.value.version + 1 });
  });
}

/** People whose day was closed without them stand where they stood that morning. */
function openAgain(
  ctx: Context,
  { tx }: Hall,
  party: LockedParty,
  typed: readonly OutcomeInput[],
): Promise<LockedParty> {
  const closed = party.appointments.filter(
    ({ id, state }) =>
      (state === "missed" || state === "unserved") && typed.some(({ appointmentId }) => appointmentId === id),
  );
  return moveAppointments(tx, party, new Map(closed.map(({ id }) => [id, "booked"])), ctx.now);
}

/** Whoever came is taken to have come at her hour: the list has no other. */
function visitAfterPaper(
  ctx: Context,
  visit: Visit,
  party: LockedParty,
  { came, open }: { came: boolean; open: boolean },
): Visit {
  const arrivedAt = visit.arrivedAt ?? (came ? hourOf(party) : null);
  const over = arrivedAt ? "done" : "left";
  return {
    ...visit,
    arrivedAt,
    recordedAt: ctx.now,
    ...(open ? { state: arrivedAt ? "waiting" : "expected" } : { state: over, doneAt: visit.doneAt ?? ctx.now }),
  };
}
