import type { StaffId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { can } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { mayWrite, TAKEN_MS, type TaskOutcome } from "../rules/tasks.ts";
import { TALK_WORDS } from "../rules/words.ts";
import { insertReplies } from "../store/replies.ts";
import { closeTasks, giveBack, lockTask, takeIfFree, type OpenTaskRow } from "../store/tasks.ts";
import type { KeptTask, TaskId } from "../types.ts";
import { sealedReply } from "./sealing.ts";

export type TaskRefusal =
  | { readonly code: "not_allowed" }
  | { readonly code: "unknown_talk" }
  /** Another agent has it. */
  | { readonly code: "talk_taken" }
  /** The day in which the provider takes our own words is over, or she asked for silence: she is called. */
  | { readonly code: "cannot_write" }
  /** The provider does not give what was sent, or it is none of the kinds that are shown. */
  | { readonly code: "media_away" };

type Done = Outcome<void, TaskRefusal>;

/** Makes a call for a person the caller's: for twenty minutes what its writer says goes to her. Of two at once one gets it. */
export function takeTask(ctx: Context, id: TaskId, take: typeof takeIfFree = takeIfFree): Promise<Done> {
  return asAgent(ctx, async (tx, by) => {
    const taken = await take(tx, id, by, ctx.now, until(ctx));
    const task = await lockTask(tx, id);
    if (!task) return refuse({ code: "unknown_talk" });
    return taken ? log(ctx, tx, task, "conversations.taken") : refuse({ code: "talk_taken" });
  });
}

/** Gives it back: it waits again, in its old place. */
export function giveBackTask(ctx: Context, id: TaskId): Promise<Done> {
  return withOwn(ctx, id, async (tx, _by, task) => {
    await giveBack(tx, task);
    return log(ctx, tx, task, "conversations.given_back");
  });
}

/** Says something in an agent's own words. `answerId` is the caller's: said twice it leaves once. */
export function answerTask(ctx: Context, id: TaskId, answerId: string, text: string): Promise<Done> {
  return withOwn(ctx, id, async (tx, by, task) => {
    if (!isWritable(ctx, task)) return refuse({ code: "cannot_write" });
    await say(ctx, tx, task, by, answerId, TALK_WORDS[task.language].fromPerson(text));
    await takeIfFree(tx, id, by, ctx.now, until(ctx));
    return log(ctx, tx, task, "conversations.answered");
  });
}

/** Ends it with its reason, and the others of the same conversation. Whoever was written to is told how to go on by herself. */
export function closeTask(ctx: Context, id: TaskId, outcome: TaskOutcome): Promise<Done> {
  return withOwn(ctx, id, async (tx, by, task) => {
    if (outcome === "answered" && isWritable(ctx, task))
      await say(ctx, tx, task, by, id, TALK_WORDS[task.language].personDone);
    await closeTasks(tx, task, by, outcome, ctx.now);
    return log(ctx, tx, task, `conversations.closed_${outcome}`);
  });
}

/** The number to call, for whoever has the task; each time a line of the audit log. Undefined where there is none. */
export function numberOfTask(ctx: Context, id: TaskId): Promise<Outcome<string | undefined, TaskRefusal>> {
  return withOwn(ctx, id, async (tx, _by, task) => {
    const kept = await keptOf(ctx, task);
    await log(ctx, tx, task, "conversations.number_read");
    return accept(kept?.address.startsWith("+") ? kept.address : undefined);
  });
}

export async function keptOf(ctx: Context, { id, sealed }: Pick<OpenTaskRow, "id" | "sealed">) {
  const [plain] = await ctx.keyring.open([{ field: "conversations.task", row: id, sealed }]);
  return plain === undefined ? undefined : (JSON.parse(plain) as KeptTask);
}

export function isWritable({ now }: Context, { channel, heardAt, stopped }: OpenTaskRow): boolean {
  return heardAt !== null && stopped === false && mayWrite(channel, heardAt, now);
}

export function asAgent<T>(
  ctx: Context,
  work: (tx: Tx, by: StaffId) => Promise<Outcome<T, TaskRefusal>>,
): Promise<Outcome<T, TaskRefusal>> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || !can(actor, "answer_talks")) return Promise.resolve(refuse({ code: "not_allowed" }));
  return transaction(ctx, "console", (tx) => work(tx, actor.staffId as StaffId));
}

/** For what only whoever has it may do. What is not there, closed or never was are one answer. */
export function withOwn<T>(
  ctx: Context,
  id: TaskId,
  work: (tx: Tx, by: StaffId, task: OpenTaskRow) => Promise<Outcome<T, TaskRefusal>>,
): Promise<Outcome<T, TaskRefusal>> {
  return asAgent(ctx, async (tx, by) => {
    const task = await lockTask(tx, id);
    if (!task) return refuse({ code: "unknown_talk" });
    const isOwn = task.takenBy === by && task.takenUntil !== null && task.takenUntil > ctx.now;
    return isOwn ? work(tx, by, task) : refuse({ code: "talk_taken" });
  });
}

async function say(ctx: Context, tx: Tx, task: OpenTaskRow, by: StaffId, inboxId: string, text: string): Promise<void> {
  const { language, channel, threadId } = task;
  const kept = await keptOf(ctx, task);
  if (!kept || threadId === null) return;
  const { choose, reply } = TALK_WORDS[language];
  const prompt = { language, turn: 0, text, choices: [], labels: { choose, reply } };
  const [sealed] = await ctx.keyring.seal([sealedReply(inboxId, { to: kept.address, prompt }, ctx.now)]);
  await insertReplies(tx, [
    { id: inboxId, threadId, inboxId, number: 1, channel, sealed: sealed!, createdAt: ctx.now, staffId: by },
  ]);
}

/** Under the pseudonym of the contact that the address proved to be, so that she sees who looked; of the task until then. */
export async function log(
  ctx: Context,
  tx: Tx,
  { id, contactId }: Pick<OpenTaskRow, "id" | "contactId">,
  action: string,
): Promise<Outcome<void, never>> {
  const [subject] = await ctx.keyring.digest("subject", [contactId ?? id]);
  await insertAudit(tx, [{ ...ctx, at: ctx.now, action, subject: subject![0]!.digest }]);
  return accept(undefined);
}

const until = ({ now }: Context): Date => new Date(now.getTime() + TAKEN_MS);
