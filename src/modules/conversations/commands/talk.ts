import { stopWhatsapp } from "#modules/people/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { advance, type Heard } from "../rules/advance.ts";
import { freshState, type State } from "../rules/state.ts";
import type { ClaimedInbox } from "../store/inbox.ts";
import { findThread, type ThreadRow } from "../store/threads.ts";
import type { Effect, Incoming, Language, Prompt, Result, TaskReason } from "../types.ts";
import { keepsWhatIsClosed } from "./closed.ts";
import { factsFor } from "./facts.ts";
import { checkCode, contextOf, identify, proofOf, sendCode, type Identity, type Writer } from "./identity.ts";
import { performOpen, performOwn, type Desk } from "./perform.ts";
import { keyOf } from "./receive.ts";
import { askUrgent } from "./urgent.ts";

/** Effects that one message may have: looking, proving, doing, and looking again. */
const MOST_EFFECTS = 6;

/** What is sealed of a conversation. */
export interface Kept {
  readonly address: string;
  readonly state: State;
  readonly own?: Identity | undefined;
  /** The call that goes on, and where an earlier one stood: told only to whoever proves the number. */
  readonly call?: string | undefined;
  readonly before?: State | undefined;
}

/** A conversation as it stands when one of its messages is worked on. */
export interface Opened {
  readonly incoming: Incoming;
  readonly threadId: string;
  readonly thread: ThreadRow | undefined;
  readonly who: Buffer;
  readonly kept: Kept;
}

/** One message of a conversation, from what was said to what is answered. */
export class Talk {
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
