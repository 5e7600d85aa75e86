import type { VisitId } from "#kernel/ids.ts";
import { accept, refuse } from "#kernel/outcome.ts";
import type { Context } from "#platform/context.ts";
import { givenByAge, needsSecond, type DeclaredPriority } from "../rules/priority.ts";
import { countPriorities, dropPriority, findPriority, savePriority, signPriority } from "../store/priorities.ts";
import { lockVisit } from "../store/visits.ts";
import { announce, inHall, saveChange, type VisitOutcome } from "./office.ts";

/**
 * Lets a party go before others of its line, for a reason that somebody saw. An emergency, and each one past a tenth of
 * the day's turns, waits for a second person's signature: whoever sold the turn would need a colleague too.
 */
export function markPriority(
  ctx: Context,
  input: { visitId: VisitId; version: number; priority: DeclaredPriority },
): Promise<VisitOutcome> {
  return inHall(ctx, "receive", async (hall): Promise<VisitOutcome> => {
    const { tx, officeId, staffId, today } = hall;
    const visit = await lockVisit(tx, officeId, input.visitId);
    if (!visit) return refuse({ code: "unknown_visit" });
    if (visit.version !== input.version) return refuse({ code: "changed_meanwhile" });
    if (visit.state === "done" || visit.state === "left" || visit.priority === input.priority)
      return refuse({ code: "not_possible" });
    const needs = needsSecond(input.priority, await countPriorities(tx, officeId, today));
    const before = givenByAge(visit.priority);
    await savePriority(tx, {
      ...visit,
      priority: input.priority,
      staffId,
      needsSecond: needs,
      markedAt: ctx.now,
      before,
    });
    return needs
      ? announce(ctx, tx, "visit.priority_asked", visit)
      : saveChange(ctx, tx, "visit.priority", { ...visit, priority: input.priority });
  });
}

/** The second person's signature. Whoever marked it cannot give it. */
export function secondPriority(ctx: Context, input: { visitId: VisitId; version: number }): Promise<VisitOutcome> {
  return inHall(ctx, "receive", async ({ tx, officeId, staffId }): Promise<VisitOutcome> => {
    const visit = await lockVisit(tx, officeId, input.visitId);
    if (!visit) return refuse({ code: "unknown_visit" });
    const marked = await findPriority(tx, officeId, visit.id);
    if (!marked) return refuse({ code: "not_possible" });
    if (marked.secondId !== null || !marked.needsSecond) return accept(visit);
    if (marked.staffId === staffId) return refuse({ code: "needs_another_person" });
    if (visit.version !== input.version) return refuse({ code: "changed_meanwhile" });
    await signPriority(tx, officeId, visit.id, staffId, ctx.now);
    return saveChange(ctx, tx, "visit.priority", { ...visit, priority: marked.priority });
  });
}

/**
 * Takes back what was marked by mistake, signed or not: the party goes where its birth dates had it. Only until its
 * first call of the day, at whichever station: whoever was called went first, and that stays on record.
 */
export function undoPriority(ctx: Context, input: { visitId: VisitId; version: number }): Promise<VisitOutcome> {
  return inHall(ctx, "receive", async ({ tx, officeId, today }): Promise<VisitOutcome> => {
    const visit = await lockVisit(tx, officeId, input.visitId);
    if (!visit) return refuse({ code: "unknown_visit" });
    if (visit.version !== input.version) return refuse({ code: "changed_meanwhile" });
    const marked = await findPriority(tx, officeId, visit.id);
    const hadTurn = visit.state !== "waiting" || visit.firstCalledAt !== null || visit.localDate !== today;
    if (!marked || hadTurn) return refuse({ code: "not_possible" });
    await dropPriority(tx, officeId, visit.id);
    return saveChange(ctx, tx, "visit.priority_undone", { ...visit, priority: marked.before });
  });
}
