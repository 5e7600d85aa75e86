import type { LocalDate, OfficeId, StaffId, VisitId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import { can } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { findUnderWay, type UnderWay } from "../queries/care.ts";
import { minutesBetween } from "../rules/interpreted.ts";
import { LANGUAGE_CODES } from "../rules/languages.ts";
import { monthOf } from "../rules/survey.ts";
import {
  addInterpreted,
  deleteInterpretation,
  deleteInterpretations,
  insertInterpretation,
  lockInterpretation,
  notifyCare,
  saveInterpretation,
  saveLine,
  type InterpretationRow,
} from "../store/care.ts";
import { lockVisit } from "../store/visits.ts";
import { inHall } from "./office.ts";

/** Days for which who had an interpreter is known; after that there are minutes only. */
export const INTERPRETATIONS_KEPT_DAYS = 2;

export type InterpreterRefusal =
  | { readonly code: "not_allowed" }
  | { readonly code: "unknown_visit" }
  | { readonly code: "unknown_language" }
  | { readonly code: "not_possible" }
  | { readonly code: "unknown_interpretation" };

/** How a request ends: they spoke, nobody could be found, or it was not needed after all and counts nowhere. */
export const INTERPRETED_ENDS = ["spoke", "nobody", "not_needed"] as const;
export type InterpretedEnd = (typeof INTERPRETED_ENDS)[number];

/**
 * An interpreter is asked for, for a visit that is in the hall. Its turn is not touched: whatever it waits for, it loses no
 * place. A visit has one request at a time; asked again it is the same one.
 */
export function askInterpreter(
  ctx: Context,
  input: { readonly visitId: VisitId; readonly language: string },
): Promise<Outcome<UnderWay, InterpreterRefusal>> {
  return inHall(ctx, "receive", async ({ tx, officeId, today }): Promise<Outcome<UnderWay, InterpreterRefusal>> => {
    if (!LANGUAGE_CODES.includes(input.language)) return refuse({ code: "unknown_language" });
    const visit = await lockVisit(tx, officeId, input.visitId);
    if (!visit || visit.localDate !== today) return refuse({ code: "unknown_visit" });
    if (visit.state === "left" || visit.state === "expected") return refuse({ code: "not_possible" });
    const { visitId, language } = input;
    const row = { officeId, id: newId(), visitId, localDate: today, station: visit.station, language, at: ctx.now };
    if (await insertInterpretation(tx, row)) await note(ctx, tx, officeId, "interpreter.ask");
    return accept((await findUnderWay(tx, officeId, visitId))!);
  });
}

/** Somebody interprets from now on. */
export function connectInterpreter(ctx: Context, id: string): Promise<Outcome<null, InterpreterRefusal>> {
  return change(ctx, id, async (tx, officeId, row) => {
    if (row.connectedAt) return;
    await saveInterpretation(tx, officeId, { ...row, connectedAt: ctx.now });
    await note(ctx, tx, officeId, "interpreter.connect");
  });
}

/** It is over: its minutes are added to those of the month, which name nobody. */
export function endInterpreter(
  ctx: Context,
  input: { readonly id: string; readonly end: InterpretedEnd },
): Promise<Outcome<null, InterpreterRefusal>> {
  return change(ctx, input.id, async (tx, officeId, row, today) => {
    if (input.end === "not_needed") await deleteInterpretation(tx, officeId, row.id);
    else {
      const about = { month: monthOf(today), language: row.language };
      // Whoever forgot to say that somebody interprets says so now.
      const connectedAt = input.end === "spoke" ? (row.connectedAt ?? ctx.now) : null;
      const waited = minutesBetween(row.askedAt, connectedAt ?? ctx.now);
      await addInterpreted(tx, officeId, { ...about, measure: connectedAt ? "wait" : "nobody", minutes: waited });
      if (connectedAt)
        await addInterpreted(tx, officeId, {
          ...about,
          measure: "talk",
          minutes: minutesBetween(connectedAt, ctx.now),
        });
      await saveInterpretation(tx, officeId, { id: row.id, connectedAt, endedAt: ctx.now });
    }
    await note(ctx, tx, officeId, "interpreter.end");
  });
}

/** Sets where interpreters are called: whoever confirms the facts of an office for it, headquarters for all that have no own line. */
export async function setInterpreterLine(
  ctx: Context,
  phone: string | null,
): Promise<Outcome<null, { readonly code: "not_allowed" }>> {
  const { actor } = ctx;
  if (actor.kind !== "staff") return refuse({ code: "not_allowed" });
  const scope = (actor.officeId ?? "network") as OfficeId | "network";
  const may = scope === "network" ? can(actor, "close_offices") : can(actor, "confirm_facts", scope);
  if (!may) return refuse({ code: "not_allowed" });
  return transaction(ctx, "console", async (tx) => {
    await saveLine(tx, scope, phone, { staffId: actor.staffId as StaffId, at: ctx.now });
    const officeId = scope === "network" ? undefined : scope;
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "interpreter.line", officeId }]);
    return accept(null);
  });
}

/** Forgets who had an interpreter. Returns how many. */
export function forgetInterpretations(ctx: Context): Promise<number> {
  const before = addDays(localDateAt(ctx.now, "UTC"), -INTERPRETATIONS_KEPT_DAYS);
  return transaction(ctx, "worker", (tx) => deleteInterpretations(tx, before));
}

/** One that ended already stays as it ended. */
function change(
  ctx: Context,
  id: string,
  does: (tx: Tx, officeId: OfficeId, row: InterpretationRow, today: LocalDate) => Promise<void>,
): Promise<Outcome<null, InterpreterRefusal>> {
  return inHall(ctx, "receive", async ({ tx, officeId, today }): Promise<Outcome<null, InterpreterRefusal>> => {
    const row = await lockInterpretation(tx, officeId, id);
    if (!row) return refuse({ code: "unknown_interpretation" });
    if (!row.endedAt) await does(tx, officeId, row, today);
    return accept(null);
  });
}

async function note(ctx: Context, tx: Tx, officeId: OfficeId, action: string): Promise<void> {
  await insertAudit(tx, [{ ...ctx, at: ctx.now, action, officeId }]);
  await notifyCare(tx, officeId);
}
