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

/**
 * The tier in which this contact stands in a draw because it lost a place: the first after an appeal that was won, the
 * second after it could not be reached, once a document was seen of everybody it asks for (`identified`): whoever holds
 * other people's places gains nothing by not answering. For sixty days.
 */
export async function remedyOf(
  ctx: Pick<Context, "database" | "now">,
  contactId: ContactId,
  identified: boolean,
): Promise<1 | 2 | undefined> {
  const since = new Date(ctx.now.getTime() - REMEDY_DAYS * DAY_MS);
  const { won, missed } = await ctx.database.transaction("citizen_reader", { contactId }, (tx) =>
    oneRow<{ won: boolean; missed: boolean }>(
      tx,
      sql`select coalesce(bool_or(appeal_verdict = 'won' and appeal_decided_at >= ${since}), false) as won,
            coalesce(bool_or(state = 'unreachable' and settled_at >= ${since}), false) as missed from integrity.cases`,
    ),
  );
  if (won) return 1;
  return missed && identified ? 2 : undefined;
}
