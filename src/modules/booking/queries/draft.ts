import { rows, run, sql } from "#platform/db/index.ts";
import { transaction, type Context } from "#platform/context.ts";

/**
 * What that visitor has answered so far; undefined when there is nothing, or its key is gone. The shape
 * belongs to the channel that wrote it, which checks it again: an older release may have written it.
 */
export async function readDraft(ctx: Context, sessionId: string): Promise<unknown> {
  const [row] = await transaction(ctx, "citizen_reader", async (tx) => {
    // Row level security shows the answers of that session and of no other.
    const scoped = run(tx, sql`select set_config('app.session_id', ${sessionId}, true)`);
    const found = rows<{ sealed: Buffer }>(
      tx,
      sql`select sealed from booking.drafts where session_id = ${sessionId} and erase_after > ${ctx.now}`,
    );
    return (await Promise.all([found, scoped]))[0];
  });
  if (!row) return undefined;
  const [plain] = await ctx.keyring.open([{ field: "booking.draft", row: sessionId, sealed: row.sealed }]);
  return plain === undefined ? undefined : JSON.parse(plain);
}
