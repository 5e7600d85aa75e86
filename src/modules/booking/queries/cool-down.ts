import type { ContactId } from "#kernel/ids.ts";
import { transaction, type Context } from "#platform/context.ts";
import { coolingAfter } from "../rules/changes.ts";
import { findCoolingUntil, findLastCancel } from "../store/cool-down.ts";
import type { BookingView } from "../types.ts";

/** Until when this contact books nothing at once, because it cancelled; undefined when it may. */
export async function coolingUntil(ctx: Context, contactId: ContactId): Promise<Date | undefined> {
  const until = await transaction(ctx, "citizen_writer", (tx) => findCoolingUntil(tx, contactId));
  return until !== null && until > ctx.now ? until : undefined;
}

/** Until when its contact would book nothing at once if it cancelled this booking now; null when it would not wait. */
export async function coolingIfCancelled(
  ctx: Context,
  { contactId, createdAt, displaced }: Pick<BookingView, "contactId" | "createdAt" | "displaced">,
): Promise<Date | null> {
  if (displaced) return null;
  const before = await transaction(ctx, "citizen_writer", (tx) => findLastCancel(tx, contactId));
  return coolingAfter({ bookedAt: createdAt, before }, ctx.now);
}
