import type { BookingId, ContactId } from "#kernel/ids.ts";
import { transaction, type Context } from "#platform/context.ts";
import { oneRow, rows, sql } from "#platform/db/index.ts";
import { DAY_MS } from "#kernel/time.ts";
import { mayAppeal, REMEDY_DAYS } from "../rules/cases.ts";
import type { CaseRow } from "../types.ts";

/** What the holder of a booking may do about it: confirm that it is hers, appeal, wait for the answer, or read it. */
export type OwnCase = "confirm" | "appeal" | "appealed" | "won" | "upheld";

/** Nothing for everybody else's bookings and for all that nobody asks about. */
export async function getOwnCase(ctx: Context, bookingId: BookingId): Promise<OwnCase | undefined> {
  const [one] = await transaction(ctx, "citizen_reader", (tx) =>
    rows<Pick<CaseRow, "state" | "settledAt" | "settledBy" | "appealedAt" | "appealVerdict">>(
      tx,
      sql`select state, settled_at as "settledAt", settled_by as "settledBy", appealed_at as "appealedAt", appeal_verdict as "appealVerdict" from integrity.cases where booking_id = ${bookingId}`,
    ),
  );
  if (!one) return undefined;
  if (one.state === "challenged") return "confirm";
  if (one.appealVerdict !== null) return one.appealVerdict;
  if (one.appealedAt !== null) return "appealed";
  return mayAppeal(one, ctx.now) ? "appeal" : undefined;
}

/** Whether this contact lost a place by a mistake that was put right, and may still stand in the first tier for it. */
export async function hasRemedy(ctx: Pick<Context, "database" | "now">, contactId: ContactId): Promise<boolean> {
  const since = new Date(ctx.now.getTime() - REMEDY_DAYS * DAY_MS);
  const { won } = await ctx.database.transaction("citizen_reader", { contactId }, (tx) =>
    oneRow<{ won: boolean }>(
      tx,
      sql`select exists (select from integrity.cases where appeal_verdict = 'won' and appeal_decided_at >= ${since}) as won`,
    ),
  );
  return won;
}
