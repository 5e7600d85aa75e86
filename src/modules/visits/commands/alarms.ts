import type { OfficeId, StaffId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { ALARM_SHOWN_HOURS, whyNotAlarm, type AlarmAct, type AlarmNo } from "../rules/alarm.ts";
import { closeStaleAlarms, endAlarm, insertAlarm, lockAlarm, notifyCare, seeAlarm, undoAlarm } from "../store/care.ts";

export type AlarmRefusal =
  { readonly code: "not_allowed" } | { readonly code: "unknown_alarm" } | { readonly code: AlarmNo };

/** Calls colleagues to where she is, without a sound. Again is the same call. Whoever works at an office may, whatever her role. */
export function raiseAlarm(
  ctx: Context,
  counter: number | null,
): Promise<Outcome<{ readonly id: string }, AlarmRefusal>> {
  return atOffice(ctx, async (tx, officeId, staffId) => {
    await closeStaleAlarms(tx, officeId, new Date(ctx.now.getTime() - ALARM_SHOWN_HOURS * HOUR_MS), ctx.now);
    const id = await insertAlarm(tx, { officeId, id: newId(), staffId, counter, at: ctx.now });
    await note(ctx, tx, officeId, "alarm.raise");
    return accept({ id });
  });
}

/** Takes a slip of the hand back. */
export function undoRaisedAlarm(ctx: Context, id: string): Promise<Outcome<null, AlarmRefusal>> {
  return act(ctx, id, "undo", (tx, officeId) => undoAlarm(tx, officeId, id, ctx.now));
}

/** A colleague goes there. */
export function acknowledgeAlarm(ctx: Context, id: string): Promise<Outcome<null, AlarmRefusal>> {
  return act(ctx, id, "see", (tx, officeId, staffId) => seeAlarm(tx, officeId, id, staffId, ctx.now));
}

/** A colleague says that it is over. */
export function endRaisedAlarm(ctx: Context, id: string): Promise<Outcome<null, AlarmRefusal>> {
  return act(ctx, id, "end", (tx, officeId, staffId) => endAlarm(tx, officeId, id, staffId, ctx.now));
}

function act(
  ctx: Context,
  id: string,
  what: AlarmAct,
  does: (tx: Tx, officeId: OfficeId, staffId: StaffId) => Promise<void>,
): Promise<Outcome<null, AlarmRefusal>> {
  return atOffice(ctx, async (tx, officeId, staffId): Promise<Outcome<null, AlarmRefusal>> => {
    const alarm = await lockAlarm(tx, officeId, id);
    if (!alarm) return refuse({ code: "unknown_alarm" });
    const why = whyNotAlarm(alarm, what, staffId, ctx.now);
    if (why !== undefined) return refuse({ code: why });
    await does(tx, officeId, staffId);
    await note(ctx, tx, officeId, `alarm.${what}`);
    return accept(null);
  });
}

function atOffice<Value>(
  ctx: Context,
  work: (tx: Tx, officeId: OfficeId, staffId: StaffId) => Promise<Outcome<Value, AlarmRefusal>>,
): Promise<Outcome<Value, AlarmRefusal>> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || actor.officeId === undefined) return Promise.resolve(refuse({ code: "not_allowed" }));
  const { officeId, staffId } = actor;
  return transaction(ctx, "console", (tx) => work(tx, officeId as OfficeId, staffId as StaffId));
}

async function note(ctx: Context, tx: Tx, officeId: OfficeId, action: string): Promise<void> {
  await insertAudit(tx, [{ ...ctx, at: ctx.now, action, officeId }]);
  await notifyCare(tx, officeId);
}
