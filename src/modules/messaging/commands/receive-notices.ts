import { transaction, type Context } from "#platform/context.ts";
import { recordTaken, recordUndelivered } from "../store.ts";
import type { Notice } from "../types.ts";

/** What WhatsApp tells of messages that it took. One that it cannot deliver goes on to the next channel at once. */
export async function receiveNotices(ctx: Context, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return;
  await transaction(ctx, "citizen_writer", async (tx) => {
    for (const { id, state } of notices)
      await (state === "failed" ? recordUndelivered(tx, id, ctx.now) : recordTaken(tx, id, state !== "sent", ctx.now));
  });
}
