import { DAY_MS } from "#kernel/time.ts";
import { transaction, type Context } from "#platform/context.ts";
import { every, type Task } from "#platform/timetable.ts";
import type { Desk } from "./commands/perform.ts";
import { sendReplies } from "./commands/send.ts";
import { workInbox } from "./commands/work.ts";
import { INBOX_DAYS, REPLIES_DAYS } from "./rules/times.ts";
import { deleteInboxBefore } from "./store/inbox.ts";
import { deleteRepliesBefore } from "./store/replies.ts";
import { eraseThreads } from "./store/threads.ts";
import type { Carrier } from "./types.ts";

/** What conversations need of whoever wires them. */
export interface Talking extends Desk {
  readonly carriers: readonly Carrier[];
}

/** Works on what came in and sends what is answered: after each webhook, and each minute for what that missed. */
export async function converse(ctx: Context, talking: Talking): Promise<{ done: number; sent: number }> {
  const done = await workInbox(ctx, talking);
  return { done, sent: await sendReplies(ctx, talking.carriers) };
}

export function conversationTasks(talking: Talking): Task[] {
  return [
    { name: "conversations.go_on", dueAt: every(1), run: (ctx) => converse(ctx, talking) },
    { name: "conversations.erase", dueAt: every(60, 57), run: eraseConversations },
  ];
}

/** What came in, what was said and what nobody went on with. */
async function eraseConversations(ctx: Context): Promise<{ erased: number }> {
  return transaction(ctx, "worker", async (tx) => {
    await deleteInboxBefore(tx, new Date(ctx.now.getTime() - INBOX_DAYS * DAY_MS));
    await deleteRepliesBefore(tx, new Date(ctx.now.getTime() - REPLIES_DAYS * DAY_MS));
    return { erased: await eraseThreads(tx, ctx.now) };
  });
}
