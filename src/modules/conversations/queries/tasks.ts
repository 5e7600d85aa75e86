import type { StaffId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { Context } from "#platform/context.ts";
import { asAgent, isWritable, keptOf, log, withOwn, type TaskRefusal } from "../commands/tasks.ts";
import { ANSWER_WITHIN_MS } from "../rules/tasks.ts";
import { findSaid, listLines, listOpenTasks, type KeptLine, type TaskRow } from "../store/tasks.ts";
import type { Carrier, Incoming, KeptReply, Media, MediaFile, TaskId } from "../types.ts";

/** Lines of one list: an evening without agents; the rest follows as these are answered. */
const MOST_SHOWN = 200;
/** Messages of each side that an agent sees. */
const MOST_LINES = 40;
const TAIL = 4;

/** Somebody who waits for a person; nothing here is personal. */
export interface TaskLine extends Pick<TaskRow, "id" | "reason" | "step" | "language" | "channel" | "createdAt"> {
  readonly dueAt: Date;
  readonly standing: "waits" | "mine" | "others";
}

/** Who waits for a person: urgent first, then by how long. */
export function listTasks(ctx: Context): Promise<Outcome<TaskLine[], TaskRefusal>> {
  return asAgent(ctx, async (tx, by) => {
    const all = await listOpenTasks(tx, MOST_SHOWN);
    return accept(
      all.map(({ takenBy, takenUntil, ...one }) => ({
        ...one,
        dueAt: dueOf(one),
        standing: takenBy === null || takenUntil! <= ctx.now ? "waits" : takenBy === by ? "mine" : "others",
      })),
    );
  });
}

/** One thing that was said. Words are the writer's, shown as text. */
export interface TalkLine {
  readonly id: string;
  readonly at: Date;
  readonly from: "person" | "dialogue" | "agent";
  readonly text: string;
  /** What she sent that is not text. */
  readonly media: Media | undefined;
}

/** A conversation as the agent reads it who has it. */
export interface OpenedTask extends TaskLine {
  readonly takenUntil: Date;
  /** The end of the number that writes. */
  readonly tail: string | undefined;
  readonly mayWrite: boolean;
  /** The earliest first. */
  readonly lines: readonly TalkLine[];
}

/** What was said, for the agent who has it, as often as her screen asks: that she took it is the line of the audit log. */
export function openTask(ctx: Context, id: TaskId): Promise<Outcome<OpenedTask, TaskRefusal>> {
  return withOwn(ctx, id, async (tx, _by, task) => {
    const { sealed: _, threadId, who, contactId: _contact, heardAt: _heard, stopped: _stopped, ...row } = task;
    const kept = await keptOf(ctx, task);
    const found = threadId && who ? await listLines(tx, threadId, who, MOST_LINES) : { said: [], replies: [] };
    const lines = [...(await readSaid(ctx, found.said)), ...(await readReplies(ctx, found.replies))];
    return accept({
      ...row,
      takenUntil: row.takenUntil!,
      dueAt: dueOf(row),
      standing: "mine",
      tail: kept?.address.slice(-TAIL),
      mayWrite: isWritable(ctx, task),
      lines: lines.sort((a, b) => a.at.getTime() - b.at.getTime()).slice(-MOST_LINES),
    });
  });
}

/** A voice note or picture of the conversation, for the agent who has it; each time a line of the audit log. */
export async function mediaOfTask(
  ctx: Context,
  carriers: readonly Carrier[],
  id: TaskId,
  lineId: string,
): Promise<Outcome<MediaFile, TaskRefusal>> {
  const found = await withOwn(ctx, id, async (tx, _by, task) => {
    const said = task.who ? await findSaid(tx, task.who, lineId) : undefined;
    if (!said) return refuse({ code: "unknown_talk" });
    await log(ctx, tx, task, "conversations.media_read");
    return accept(said);
  });
  if (!found.ok) return found;
  const [plain] = await ctx.keyring.open([
    { field: "conversations.said", row: found.value.id, sealed: found.value.sealed },
  ]);
  const { channel, mediaId } = plain === undefined ? {} : (JSON.parse(plain) as Partial<Incoming>);
  // Asked for outside the transaction: a provider that is away holds nobody up.
  const file = mediaId && (await carriers.find((one) => one.channel === channel)?.media?.(mediaId));
  return file ? accept(file) : refuse({ code: "media_away" });
}

async function readSaid(ctx: Context, kept: readonly KeptLine[]): Promise<TalkLine[]> {
  return opened(ctx, "conversations.said", kept, ({ id, at }, plain) => {
    const { said } = JSON.parse(plain) as Incoming;
    const text = said.kind === "text" ? said.text : said.kind === "pick" ? said.key : "";
    return { id, at, from: "person", text, media: said.kind === "media" ? said.media : undefined };
  });
}

async function readReplies(ctx: Context, kept: readonly KeptLine[]): Promise<TalkLine[]> {
  return opened(ctx, "conversations.reply", kept, ({ id, at, staffId }, plain) => {
    const { prompt } = JSON.parse(plain) as KeptReply;
    return { id, at, from: staffId === null ? "dialogue" : "agent", text: prompt.text, media: undefined };
  });
}

async function opened(
  ctx: Context,
  field: "conversations.said" | "conversations.reply",
  kept: readonly (KeptLine & { readonly staffId: StaffId | null })[],
  read: (line: KeptLine, plain: string) => TalkLine,
): Promise<TalkLine[]> {
  const plains = await ctx.keyring.open(kept.map(({ id, sealed }) => ({ field, row: id, sealed })));
  return kept.flatMap((one, i) => (plains[i] === undefined ? [] : read(one, plains[i])));
}

function dueOf({ createdAt }: Pick<TaskRow, "createdAt">): Date {
  return new Date(createdAt.getTime() + ANSWER_WITHIN_MS);
}
