import { addDays, DAY_MS, localDateAt } from "#kernel/time.ts";
import { transaction, type Context } from "#platform/context.ts";
import { deleteMessagesBefore, deleteReminderDaysBefore } from "../store.ts";

/** Days after which nobody needs to know any more that a message was sent; longer than any booking lies ahead. */
const KEPT_DAYS = 120;

/** Deletes the rows of messages that are long over. */
export async function forgetMessages(ctx: Context): Promise<{ deleted: number }> {
  return transaction(ctx, "worker", async (tx) => {
    await deleteReminderDaysBefore(tx, addDays(localDateAt(ctx.now, "UTC"), -KEPT_DAYS));
    return { deleted: await deleteMessagesBefore(tx, new Date(ctx.now.getTime() - KEPT_DAYS * DAY_MS)) };
  });
}
