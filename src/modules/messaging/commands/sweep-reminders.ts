import { HOUR_MS } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { listBookingsToRemind } from "../queries.ts";
import { dueReminderDays, JUST_TOLD_HOURS, reminderSequence } from "../rules/reminders.ts";
import { claimReminderDays, insertMessages } from "../store.ts";

/**
 * Queues the reminders of every day whose hour has come, each day once over all nodes. A reminder
 * asks for nothing: silence never cancels (people.md 9).
 */
export async function sweepReminders(ctx: Context): Promise<{ queued: number }> {
  const { offices } = await getNetwork(ctx);
  const due = dueReminderDays(offices, ctx.now);
  if (due.length === 0) return { queued: 0 };
  return transaction(ctx, "worker", async (tx) => {
    const days = await claimReminderDays(tx, due, ctx.now);
    if (days.length === 0) return { queued: 0 };
    const bookings = await listBookingsToRemind(tx, days, new Date(ctx.now.getTime() - JUST_TOLD_HOURS * HOUR_MS));
    const messages = bookings.map(({ bookingId, localDate, ...booking }) => ({
      ...booking,
      id: newId(),
      subjectId: bookingId,
      sequence: reminderSequence(localDate),
    }));
    return { queued: await insertMessages(tx, messages, ctx.now) };
  });
}
