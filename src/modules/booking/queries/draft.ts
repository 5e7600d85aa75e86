import { rows, sql } from "#platform/db/index.ts";
import { transaction, type Context } from "#platform/context.ts";

/**
 * What that visitor has answered so far; undefined when there is nothing, or its key is gone. The shape
 * belongs to the channel that wrote it, which checks it again: an older release may have written it.
 */
export async function readDraft(ctx: Context, sessionId: string): Promise<unknown> {
  const [row] = await transaction(ctx, "citizen_reader", (tx) =>
    rows<{ sealed: Buffer }>(
      tx,
      sql`select sealed from booking.drafts where session_id = ${sessionId} and erase_after > ${ctx.now}`,
    ),
  );
  if (!row) return undefined;
  const [plain] = await ctx.keyring.open([{ field: "booking.draft", row: sessionId, sealed: row.sealed }]);
  return plain === undefined ? undefined : JSON.parse(plain);
}
