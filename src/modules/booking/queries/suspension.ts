import type { ContactId } from "#kernel/ids.ts";
import { transaction, type Context } from "#platform/context.ts";
import { findSuspension } from "../store/counters.ts";

/** Until when this contact begins nothing new by itself; undefined when it may, and always for whoever helps it. */
export async function suspendedUntil(ctx: Context, contactId: ContactId): Promise<Date | undefined> {
  if (ctx.actor.kind === "staff") return undefined;
  const until = await transaction(ctx, "citizen_writer", (tx) => findSuspension(tx, contactId));
  return until !== null && until > ctx.now ? until : undefined;
}
