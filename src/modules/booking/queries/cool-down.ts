import type { ContactId } from "#kernel/ids.ts";
import { transaction, type Context } from "#platform/context.ts";
import { findCoolingUntil } from "../store/cool-down.ts";

/** Until when this contact books nothing at once, because it cancelled; undefined when it may. */
export async function coolingUntil(ctx: Context, contactId: ContactId): Promise<Date | undefined> {
  const until = await transaction(ctx, "citizen_writer", (tx) => findCoolingUntil(tx, contactId));
  return until !== null && until > ctx.now ? until : undefined;
}
