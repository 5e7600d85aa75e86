import { addDays, localDateAt } from "#kernel/time.ts";
import { stopWhatsapp } from "#modules/people/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import type { Tx } from "#platform/db/index.ts";
import { monthKey } from "#platform/keyring/index.ts";
import { faultFields } from "#platform/log.ts";
import { newId } from "#platform/random.ts";
import { advance, faultPrompt, type Heard } from "../rules/advance.ts";
import { isForDialogue } from "../rules/tasks.ts";
import { freshState, STATE_HOURS, STATE_MS, type State } from "../rules/state.ts";
import { LEASE_MS, MOST_TRIES, nextTry, TASK_DAYS } from "../rules/times.ts";
import { claimInbox, claimOne, delayInbox, finishInbox, type ClaimedInbox } from "../store/inbox.ts";
import { insertReplies } from "../store/replies.ts";
import { findThread, insertTask, saveThread } from "../store/threads.ts";
import type { Effect, Incoming, KeptTask, Language, Prompt, Result, TaskReason } from "../types.ts";
import { keepsWhatIsClosed } from "./closed.ts";
import { factsFor } from "./facts.ts";
import { checkCode, contextOf, identify, proofOf, sendCode, type Identity, type Writer } from "./identity.ts";
import { performOpen, performOwn, type Desk } from "./perform.ts";
import { askUrgent } from "./urgent.ts";
import { digestOfId, keyOf, keyOfMessage } from "./receive.ts";
import { sealedReply } from "./sealing.ts";

/** Addresses that are worked on at once. */
const AT_ONCE = 8;
const RUN_MS = 20_000;
/** Effects that one message may have: looking, proving, doing, and looking again. */
const MOST_EFFECTS = 6;

/** What is sealed of a conversation. */
interface Kept {
  readonly address: string;
  readonly state: State;
  readonly own?: Identity | undefined;
  /** The call that goes on, and where an earlier one stood: told only to whoever proves the number. */
  readonly call?: string | undefined;
  readonly before?: State | undefined;
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
    done += worked.filter(Boolean).length;
  }
  return done;
}

/** Works on one turn of a call before everything else that waits: somebody listens. False where it is done already, or failed. */
export async function workOnTurn(
  ctx: Context,
  desk: Desk,
  { channel, messageId }: Pick<Incoming, "channel" | "messageId">,
): Promise<boolean> {
  const now = ctx.clock.now();
  const until = new Date(now.getTime() + LEASE_MS);
  const claimed = await transaction(ctx, "worker", (tx) => claimOne(tx, channel, digestOfId(messageId), now, until));
  return claimed !== undefined && workOrDelay(ctx, desk, claimed);
}

async function workOrDelay(ctx: Context, desk: Desk, claimed: ClaimedInbox): Promise<boolean> {
  try {
    await workOn(ctx, desk, claimed);
    return true;
  } catch (error) {
    ctx.log.warn("a message could not be worked on and will be tried again", faultFields(error));
    await giveUpOrDelay(ctx, desk, claimed);
    return false;
  }
}

/** A conversation as it stands when one of its messages is worked on. */
interface Opened {
  readonly incoming: Incoming;
  readonly threadId: string;
  readonly thread: Awaited<ReturnType<typeof findThread>>;
  readonly who: Buffer;
  readonly kept: Kept;
}

async function workOn(ctx: Context, desk: Desk, claimed: ClaimedInbox): Promise<void> {
  const opened = await openThread(ctx, claimed);
  if (!opened) return void (await transaction(ctx, "worker", (tx) => finishInbox(tx, claimed.id, ctx.clock.now())));
  const talk = new Talk(ctx, desk, claimed, opened);
  // What is said to an agent is hers to answer; into a call nobody writes.
  const isHers = opened.thread?.withAgent === true && claimed.channel !== "phone";
  const say = isHers && !isForDialogue(opened.incoming.said) ? undefined : await talk.hear();
  await save(ctx, { ...opened, claimed, talk, say });
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

/** One message of a conversation, from what was said to what is answered. */
class Talk {
  state: State;
  own: Identity | undefined;
  /** Until she says that she wants to be written to again. */
  stopped: boolean;
  task: { readonly reason: TaskReason; readonly step: string } | undefined;

  constructor(
    private readonly ctx: Context,
    private readonly desk: Desk,
    private readonly claimed: ClaimedInbox,
    private readonly opened: Opened,
  ) {
    this.state = opened.kept.state;
    this.own = opened.kept.own;
    this.stopped = opened.thread?.stopped ?? false;
  }

  private get incoming(): Incoming {
    return this.opened.incoming;
  }

  get language(): Language {
    return this.state.language;
  }

  async hear(): Promise<Prompt> {
    // What was erased or hidden meanwhile is not told again: the dialogue begins anew.
    if (await keepsWhatIsClosed(contextOf(this.writer, this.own), this.own, this.state))
      this.state = { ...freshState(this.language, this.ctx.clock.now()), turn: this.state.turn };
    let heard: Heard = { said: this.incoming.said };
    for (let done = 0; done <= MOST_EFFECTS; done++) {
      const turn = advance(this.state, heard, await this.facts());
      this.state = turn.state;
      if ("say" in turn) return turn.say;
      heard = { result: await this.perform(turn.run), of: turn.run };
    }
    throw new Error("a conversation went round in a circle");
  }

  private facts() {
    const { channel } = this.incoming;
    const proof = proofOf(channel, this.own, this.ctx.clock.now());
    return factsFor(this.ctx, { channel, language: this.language, ...proof });
  }

  private get writer(): Writer {
    const { channel, address } = this.incoming;
    return { services: this.ctx, channel, address, language: this.language, requestId: this.claimed.id };
  }

  private async perform(effect: Effect): Promise<Result> {
    switch (effect.do) {
      case "near":
      case "days":
      case "releases":
        return performOpen(contextOf(this.writer, this.own), this.desk, effect);
      case "urgent": {
        if (this.incoming.channel === "whatsapp") await this.identify(this.own);
        const asked = await askUrgent(this.writer, this.own, effect, this.opened.threadId);
        if (asked === "hidden") return { kind: "refused", code: asked };
        if (asked === "person") this.task = { reason: "emergency", step: this.state.step };
        return { kind: "done" };
      }
      case "person":
        this.task = { reason: effect.reason, step: this.state.step };
        return { kind: "done" };
      case "stop":
        this.stopped = true;
        await this.identify(this.own);
        await this.keepSilent();
        return { kind: "done" };
      case "start":
        this.stopped = false;
        // Proved anew, her contact is one of WhatsApp again.
        await this.identify(undefined);
        return { kind: "done" };
      case "resume":
        return { kind: "kept", state: this.opened.kept.before ?? (await this.chatOf()) };
      case "sendCode": {
        const { own, result } = await sendCode(this.writer, this.own);
        this.own = own;
        return result;
      }
      case "checkCode": {
        const { own, result } = await checkCode(this.writer, this.own, effect.code);
        this.own = own;
        return result;
      }
      default: {
        await this.identify(this.own);
        // Proof makes her contact one of WhatsApp: whoever asked for silence there has it until she says otherwise.
        if (this.stopped) await this.keepSilent();
        const { contactId, sessionId } = this.own ?? {};
        if (!contactId || !sessionId) return { kind: "refused", code: "unknown" };
        return performOwn(contextOf(this.writer, this.own), { contactId, sessionId }, effect, this.claimed.id);
      }
    }
  }

  /** Where the chat of a number stands that this caller has proved to be hers. */
  private async chatOf(): Promise<State | undefined> {
    const { ctx, incoming } = this;
    const [digests] = await ctx.keyring.digest("contact", [keyOf(incoming.address)]);
    const who = digests!.map(({ digest }) => digest);
    const thread = await transaction(ctx, "worker", (tx) => findThread(tx, who, ctx.clock.now()));
    if (!thread) return undefined;
    const [stored] = await ctx.keyring.open([{ field: "conversations.state", row: thread.id, sealed: thread.sealed }]);
    return stored === undefined ? undefined : (JSON.parse(stored) as Kept).state;
  }

  private async identify(own: Identity | undefined): Promise<void> {
    this.own = (await identify(this.writer, own)) ?? this.own;
  }

  private async keepSilent(): Promise<void> {
    if (this.own?.contactId && this.incoming.channel === "whatsapp")
      await stopWhatsapp(contextOf(this.writer, this.own), this.own.contactId);
  }
}

interface Saving extends Opened {
  readonly claimed: ClaimedInbox;
  readonly talk: Talk;
  /** Undefined where an agent answers. */
  readonly say: Prompt | undefined;
}

/** State, answer and call for a person, in the transaction in which the message is done: all of it once. */
async function save(
  ctx: Context,
  { claimed, incoming, threadId, thread, who, kept: opened, talk, say }: Saving,
): Promise<void> {
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
  await transaction(ctx, "worker", async (tx) => {
    if (!(await finishInbox(tx, claimed.id, now))) return;
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
    if (!saved) throw new Error("a conversation was gone on with elsewhere");
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
  });
}
