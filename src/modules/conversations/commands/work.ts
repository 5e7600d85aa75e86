import { addDays, localDateAt } from "#kernel/time.ts";
import { transaction, type Context } from "#platform/context.ts";
import type { Tx } from "#platform/db/index.ts";
import { monthKey } from "#platform/keyring/index.ts";
import { faultFields } from "#platform/log.ts";
import { newId } from "#platform/random.ts";
import { faultPrompt } from "../rules/advance.ts";
import { isForDialogue } from "../rules/tasks.ts";
import { freshState, STATE_HOURS, STATE_MS } from "../rules/state.ts";
import { LEASE_MS, MOST_TRIES, nextTry, TASK_DAYS } from "../rules/times.ts";
import { claimInbox, claimOne, delayInbox, finishInbox, type ClaimedInbox } from "../store/inbox.ts";
import { insertReplies } from "../store/replies.ts";
import { findThread, insertTask, saveThread } from "../store/threads.ts";
import type { Incoming, KeptTask, Prompt } from "../types.ts";
import type { Desk } from "./perform.ts";
import { digestOfId, keyOfMessage, type ReceivedTurn } from "./receive.ts";
import { sealedReply } from "./sealing.ts";
import { Talk, type Kept, type Opened } from "./talk.ts";

/** Addresses that are worked on at once. */
const AT_ONCE = 8;
const RUN_MS = 20_000;
/** Times that a message is worked on anew at once because another of the same conversation was faster. */
const MOST_AGAIN = 3;

/** Another message of the same conversation was saved meanwhile: what was read is old. */
class GoneOn extends Error {
  constructor() {
    super("a conversation was gone on with elsewhere");
    this.name = "GoneOn";
  }
}

/** Works on what came in, each address in its order and once; a crash anywhere repeats that one message, whose effects are the same. Returns how many were done. */
export async function workInbox(ctx: Context, desk: Desk): Promise<number> {
  let done = 0;
  const began = performance.now();
  while (performance.now() - began < RUN_MS) {
    const now = ctx.clock.now();
    const until = new Date(now.getTime() + LEASE_MS);
    const claimed = await transaction(ctx, "worker", (tx) => claimInbox(tx, now, until, AT_ONCE));
    if (claimed.length === 0) break;
    const worked = await Promise.all(claimed.map((one) => workOrDelay(ctx, desk, one)));
    done += worked.filter((one) => one.done).length;
  }
  return done;
}

/** Works on a turn of a call that was kept just now. Gives what is answered; undefined where it failed, or was done elsewhere. */
export async function workOnReceived(ctx: Context, desk: Desk, received: ReceivedTurn): Promise<Prompt | undefined> {
  return (await workOrDelay(ctx, desk, received.claimed, received)).say;
}

/** Works on one turn of a call before everything else that waits: somebody listens. It may be done already, or fail. */
export async function workOnTurn(
  ctx: Context,
  desk: Desk,
  { channel, messageId }: Pick<Incoming, "channel" | "messageId">,
): Promise<void> {
  const now = ctx.clock.now();
  const until = new Date(now.getTime() + LEASE_MS);
  const claimed = await transaction(ctx, "worker", (tx) => claimOne(tx, channel, digestOfId(messageId), now, until));
  if (claimed) await workOrDelay(ctx, desk, claimed);
}

interface Worked {
  readonly done: boolean;
  readonly say?: Prompt | undefined;
}

/** `received` is what was read when it was kept; the second time all is read anew. */
async function workOrDelay(
  ctx: Context,
  desk: Desk,
  claimed: ClaimedInbox,
  received?: ReceivedTurn,
  again = 0,
): Promise<Worked> {
  try {
    return { done: true, say: await workOn(ctx, desk, claimed, received) };
  } catch (error) {
    if (error instanceof GoneOn && again < MOST_AGAIN) return workOrDelay(ctx, desk, claimed, undefined, again + 1);
    ctx.log.warn("a message could not be worked on and will be tried again", faultFields(error));
    await giveUpOrDelay(ctx, desk, claimed);
    return { done: false };
  }
}

async function workOn(
  ctx: Context,
  desk: Desk,
  claimed: ClaimedInbox,
  received?: ReceivedTurn,
): Promise<Prompt | undefined> {
  const opened = received ? await openState(ctx, received) : await openThread(ctx, claimed);
  if (!opened) {
    await transaction(ctx, "worker", (tx) => finishInbox(tx, claimed.id, ctx.clock.now()));
    return undefined;
  }
  const talk = new Talk(ctx, desk, claimed, opened);
  // What is said to an agent is hers to answer; into a call nobody writes.
  const isHers = opened.thread?.withAgent === true && claimed.channel !== "phone";
  const say = isHers && !isForDialogue(opened.incoming.said) ? undefined : await talk.hear();
  const isOurs = await save(ctx, { ...opened, claimed, talk, say });
  return isOurs ? say : undefined;
}

/** Waits with a message that failed. After the last try the person is told, and somebody looks at it. */
async function giveUpOrDelay(ctx: Context, desk: Desk, claimed: ClaimedInbox): Promise<void> {
  const delay = (tx: Tx) => delayInbox(tx, claimed.id, nextTry(claimed.attempts, ctx.clock.now()));
  if (claimed.attempts < MOST_TRIES) return transaction(ctx, "worker", delay);
  try {
    const opened = await openThread(ctx, claimed);
    if (!opened) throw new Error("a message cannot be opened");
    const talk = new Talk(ctx, desk, claimed, opened);
    const { state } = talk;
    talk.task = { reason: "not_understood", step: state.step };
    await save(ctx, { ...opened, claimed, talk, say: faultPrompt(state) });
  } catch (error) {
    ctx.log.error("a message was given up and its writer could not be told", faultFields(error));
    await transaction(ctx, "worker", (tx) => finishInbox(tx, claimed.id, ctx.clock.now()));
  }
}

/** Reads what one message goes on with; undefined once it was erased. */
async function openThread(ctx: Context, claimed: ClaimedInbox): Promise<Opened | undefined> {
  const [plain] = await ctx.keyring.open([{ field: "conversations.said", row: claimed.id, sealed: claimed.sealed }]);
  if (plain === undefined) return undefined;
  const incoming = JSON.parse(plain) as Incoming;
  const [digests] = await ctx.keyring.digest("contact", [keyOfMessage(incoming)]);
  const who = digests!.map(({ digest }) => digest);
  const thread = await transaction(ctx, "worker", (tx) => findThread(tx, who, ctx.clock.now()));
  return openState(ctx, { incoming, who, thread });
}

/** Where its conversation stands. */
async function openState(
  ctx: Context,
  { incoming, who, thread }: Pick<ReceivedTurn, "incoming" | "who" | "thread">,
): Promise<Opened> {
  const [stored] = thread
    ? await ctx.keyring.open([{ field: "conversations.state", row: thread.id, sealed: thread.sealed }])
    : [];
  const last = stored === undefined ? fresh(incoming, ctx.clock.now()) : (JSON.parse(stored) as Kept);
  const known = incoming.call === last.call ? last : anotherCall(last, incoming, ctx.clock.now());
  const { language = known.state.language } = incoming;
  const kept = { ...known, state: { ...known.state, language } };
  return { incoming, threadId: thread?.id ?? newId<string>(), thread, who: who[0]!, kept };
}

function fresh(incoming: Incoming, now: Date): Kept {
  const { said } = incoming;
  const english = said.kind === "text" && /^\s*(hi|hello|good (morning|afternoon|evening)|english)\b/i.test(said.text);
  return { address: incoming.address, state: freshState(english ? "en" : "es", now) };
}

/** A call begins with nothing that an earlier one said or proved. */
function anotherCall(last: Kept, incoming: Incoming, now: Date): Kept {
  const { state, before } = last;
  return { ...fresh(incoming, now), call: incoming.call, before: state.step === "menu" ? before : state };
}

interface Saving extends Opened {
  readonly claimed: ClaimedInbox;
  readonly talk: Talk;
  /** Undefined where an agent answers. */
  readonly say: Prompt | undefined;
}

/** State, answer and call for a person, in the transaction in which the message is done: all of it once. False where it was done before. */
async function save(
  ctx: Context,
  { claimed, incoming, threadId, thread, who, kept: opened, talk, say }: Saving,
): Promise<boolean> {
  const now = ctx.clock.now();
  const { channel, address, mediaId } = incoming;
  const today = localDateAt(now, "UTC");
  const taskUntil = addDays(today, TASK_DAYS);
  const replyId = newId<string>();
  const taskId = newId<string>();
  const { call, before } = opened;
  const kept: Kept = { address, state: talk.state, own: talk.own, call, before };
  const stateUnder = monthKey(addDays(today, STATE_HOURS / 24 + 1).slice(0, 7));
  const [state, task, reply] = await ctx.keyring.seal([
    { under: stateUnder, field: "conversations.state", row: threadId, plain: JSON.stringify(kept) },
    {
      under: monthKey(taskUntil.slice(0, 7)),
      field: "conversations.task",
      row: taskId,
      plain: JSON.stringify({ address, mediaId } satisfies KeptTask),
    },
    ...(say ? [sealedReply(replyId, { to: address, prompt: say }, now)] : []),
  ]);
  return transaction(ctx, "worker", async (tx) => {
    if (!(await finishInbox(tx, claimed.id, now))) return false;
    const saved = await saveThread(tx, {
      id: threadId,
      who,
      contactId: talk.own?.contactId ?? thread?.contactId ?? null,
      version: thread?.version ?? 0,
      sealed: state!,
      stopped: talk.stopped,
      heardAt: claimed.saidAt,
      channel,
      eraseAfter: new Date(now.getTime() + STATE_MS),
    });
    if (!saved) throw new GoneOn();
    if (reply)
      await insertReplies(tx, [
        { id: replyId, threadId, inboxId: claimed.id, number: 1, channel, sealed: reply, createdAt: now },
      ]);
    if (talk.task)
      await insertTask(tx, {
        id: taskId,
        threadId,
        inboxId: claimed.id,
        ...talk.task,
        language: talk.language,
        channel,
        sealed: task!,
        createdAt: now,
        eraseAfter: taskUntil,
      });
    return true;
  });
}
