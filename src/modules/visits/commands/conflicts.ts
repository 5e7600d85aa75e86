import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { lockParty, moveAppointments } from "#modules/booking/index.ts";
import type { Context } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { listRecorded } from "../queries/the-day.ts";
import { isOverForToday, judgeOutcomes, lacksPaper } from "../rules/visit.ts";
import { lockConflict, releaseLoaned, resolveConflictRow, undoOutcomesOf } from "../store/offline.ts";
import { undoRightsGivenAt } from "../store/the-day.ts";
import { insertOutcomes, lockVisitOf } from "../store/visits.ts";
import type { OfflineRefusal } from "../types.ts";
import { findHeld, giveRight } from "./hold.ts";
import { note } from "./loans.ts";
import { inHall, saveChange } from "./office.ts";

/**
 * A person decides what stands: what the office has, or what the tablet says of that person. Once is enough; a second
 * tap changes nothing. What was made final already stays.
 */
export function resolveConflict(
  ctx: Context,
  input: { conflictId: string; keep: "office" | "tablet" },
): Promise<Outcome<null, OfflineRefusal>> {
  return inHall(ctx, "record_outcome", async (hall): Promise<Outcome<null, OfflineRefusal>> => {
    const { tx, officeId, staffId } = hall;
    const conflict = await lockConflict(tx, officeId, input.conflictId);
    if (!conflict) return refuse({ code: "unknown_conflict" });
    if (conflict.kept) return accept(null);
    const { appointmentId, bookingId, outcomes } = conflict;
    if (input.keep === "tablet") {
      const visit = await lockVisitOf(tx, officeId, bookingId);
      const party = await lockParty(tx, officeId, bookingId);
      if (!visit || !party || appointmentId === null) return refuse({ code: "not_possible" });
      if (visit.settledAt) return refuse({ code: "already_settled" });
      await undoOutcomesOf(tx, officeId, appointmentId, ctx.now);
      if (visit.recordedAt) await undoRightsGivenAt(tx, officeId, bookingId, visit.recordedAt, ctx.now);
      const opened = await moveAppointments(tx, party, new Map([[appointmentId, "booked"]]), ctx.now);
      const before = await listRecorded(tx, officeId, visit.id);
      const { suspended } = await findHeld(tx, hall, bookingId);
      const states = judgeOutcomes(opened.appointments, outcomes, { before, suspended, mayReturn: true });
      if (!states.ok) throw new Error(`what a tablet recorded does not fit: ${states.refusal.code}`);
      const rows = outcomes.map((one) => ({ ...one, outcomeId: newId<string>() }));
      await insertOutcomes(tx, visit, rows, staffId, ctx.now);
      const after = await moveAppointments(tx, opened, states.value, ctx.now);
      const all = [...before, ...outcomes];
      if (all.some(lacksPaper)) await giveRight(tx, hall, party, ctx.now);
      const over = isOverForToday(after.appointments, all);
      const done = over ? { state: "done" as const, doneAt: visit.doneAt ?? ctx.now } : {};
      await saveChange(ctx, tx, "visit.record", { ...visit, ...done });
    }
    await resolveConflictRow(tx, officeId, conflict.id, { kept: input.keep, staffId, at: ctx.now });
    await releaseLoaned(tx, officeId, bookingId, ctx.now);
    await note(ctx, hall, `offline.keep_${input.keep}`);
    return accept(null);
  });
}
