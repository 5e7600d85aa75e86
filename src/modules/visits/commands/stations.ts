import type { VisitId } from "#kernel/ids.ts";
import { accept, refuse } from "#kernel/outcome.ts";
import type { Context } from "#platform/context.ts";
import { HALL_RULE, orderQueue } from "../rules/queue.ts";
import { isHeld, suspendedAt } from "../rules/suspension.ts";
import { stationAfter } from "../rules/turn.ts";
import { visitAfter } from "../rules/visit.ts";
import { listQueue, waitingOf } from "../queries/queue.ts";
import { listParties, listSuspensions } from "../queries/the-day.ts";
import { countCalled, insertPassage, readHallPlan } from "../store/turns.ts";
import { lockVisit } from "../store/visits.ts";
import type { Station } from "../types.ts";
import { inHall, saveChange, type Hall, type VisitOutcome } from "./office.ts";
import { called, step } from "./reception.ts";

/** Calls whoever is next at a station, by the rule. Two clerks who press at once call two different turns. */
export function callNext(ctx: Context, input: { station: Station; counter: number }): Promise<VisitOutcome> {
  return inHall(ctx, "receive", async (hall): Promise<VisitOutcome> => {
    const { tx, officeId, today } = hall;
    const queue = await listQueue(tx, officeId, today, input.station);
    const attended = await countCalled(tx, officeId, today, input.station);
    const held = await listHeld(hall, input.station);
    const waiting = queue.filter((one) => !held.has(one.bookingId)).map(waitingOf);
    for (const next of orderQueue(waiting, attended, ctx.now.getTime(), HALL_RULE)) {
      const visit = await lockVisit(tx, officeId, next.id as VisitId);
      // A colleague called or parked just this one while we waited for it.
      if (visit?.state !== "waiting" || visit.station !== input.station || visit.parkedAt) continue;
      return saveChange(ctx, tx, "visit.call", { ...visit, ...called(visit, input.counter, ctx.now), state: "called" });
    }
    return refuse({ code: "nobody_waits" });
  });
}

/**
 * Sends a visit on to the next station of its route, or to the one that is named. Where it was is over; a counter that
 * finds something missing sends it back the same way.
 */
export function passOn(
  ctx: Context,
  input: { visitId: VisitId; version: number; to?: Station | undefined },
): Promise<VisitOutcome> {
  return inHall(ctx, "receive", async ({ tx, officeId }): Promise<VisitOutcome> => {
    const visit = await lockVisit(tx, officeId, input.visitId);
    if (!visit) return refuse({ code: "unknown_visit" });
    if (visit.version !== input.version) return refuse({ code: "changed_meanwhile" });
    const state = visitAfter(visit.state, "pass");
    if (!state) return refuse({ code: "not_possible" });
    const to = input.to ?? stationAfter(visit);
    if (to === undefined || to === visit.station) return refuse({ code: "wrong_station" });
    const { stations } = await readHallPlan(tx, officeId);
    if (!visit.route.includes(to) && !stations.has(to)) return refuse({ code: "wrong_station" });
    await insertPassage(tx, visit, ctx.now);
    return saveChange(ctx, tx, "visit.pass", {
      ...visit,
      state,
      station: to,
      route: visit.route.includes(to) ? visit.route : [...visit.route, to],
      stationSince: ctx.now,
      counter: null,
      calledAt: null,
      servedAt: null,
      parkedAt: null,
      calls: 0,
    });
  });
}

/** Sets a turn aside: whoever fetches a copy or does not answer is not called before she is back, and loses no place. */
export function park(ctx: Context, input: { visitId: VisitId; version: number }): Promise<VisitOutcome> {
  return step(ctx, input, "park", "visit.park", () => ({
    parkedAt: ctx.now,
    counter: null,
    calledAt: null,
    servedAt: null,
  }));
}

/** Back in the queue, where it was. */
export function unpark(ctx: Context, input: { visitId: VisitId; version: number }): Promise<VisitOutcome> {
  return inHall(ctx, "receive", async ({ tx, officeId }): Promise<VisitOutcome> => {
    const visit = await lockVisit(tx, officeId, input.visitId);
    if (!visit) return refuse({ code: "unknown_visit" });
    if (!visit.parkedAt) return accept(visit);
    if (visit.version !== input.version) return refuse({ code: "changed_meanwhile" });
    return saveChange(ctx, tx, "visit.unpark", { ...visit, parkedAt: null });
  });
}

/** Parties of whom nothing can be done at a station now, for what they come for stands still. */
async function listHeld({ tx, officeId, today }: Hall, station: Station): Promise<Set<string>> {
  const suspended = suspendedAt(await listSuspensions(tx, officeId, today), station);
  if (suspended.size === 0) return new Set();
  const parties = await listParties(tx, officeId, today);
  return new Set(parties.filter((one) => isHeld(one.appointments, suspended)).map((one) => one.bookingId));
}
