import { addDays, instantOf } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { draftKey } from "#platform/keyring/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { deleteDraft, deleteDraftsBefore, saveDraft } from "../store/drafts.ts";

export { readDraft } from "../queries/draft.ts";

/** Days after which answers that nobody came back to are gone; their key is destroyed then too. */
const DRAFT_DAYS = 2;

/** Keeps what a visitor has answered so far, sealed under the day's key, so that a reload or an empty battery loses nothing. */
export async function writeDraft(ctx: Context, sessionId: string, draft: unknown): Promise<void> {
  const today = ctx.now.toISOString().slice(0, 10) as LocalDate;
  const [sealed] = await ctx.keyring.seal([
    { under: draftKey(today), field: "booking.draft", row: sessionId, plain: JSON.stringify(draft) },
  ]);
  const eraseAfter = instantOf(addDays(today, DRAFT_DAYS), "00:00", "UTC");
  await transaction(ctx, "citizen_writer", (tx) =>
    saveDraft(tx, { sessionId, sealed: sealed!, updatedAt: ctx.now, eraseAfter }),
  );
}

/** Forgets at once: the telephone is shared, or borrowed. */
export function eraseDraft(ctx: Context, sessionId: string): Promise<void> {
  return transaction(ctx, "citizen_writer", (tx) => deleteDraft(tx, sessionId));
}

/** Deletes the answers that nobody came back to. Returns how many. */
export function eraseDrafts(ctx: Context): Promise<number> {
  return transaction(ctx, "worker", (tx) => deleteDraftsBefore(tx, ctx.now));
}
