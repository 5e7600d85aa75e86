import { every, type Task } from "#platform/timetable.ts";
import { forgetMessages } from "./commands/forget.ts";
import { sendDueMessages } from "./commands/send-due.ts";
import { sweepReminders } from "./commands/sweep-reminders.ts";
import type { MessageSender } from "./types.ts";

const MINUTES_OF_A_DAY = 1_440;

/** The retries are the timetable's work; what just happened is sent as soon as its event was dispatched. */
export function messagingTasks(senders: readonly MessageSender[]): Task[] {
  return [
    { name: "messaging.sweep_reminders", dueAt: every(1), run: sweepReminders },
    { name: "messaging.send_due", dueAt: every(1), run: (ctx) => sendDueMessages(ctx, senders) },
    { name: "messaging.forget", dueAt: every(MINUTES_OF_A_DAY, 8 * 60), run: forgetMessages },
  ];
}
