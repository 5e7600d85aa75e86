import { DAY_MS } from "#kernel/time.ts";
import { transaction, type Context } from "#platform/context.ts";
import { deleteOpenedBefore, ERASED_AT_ONCE, insertOpened } from "../store/opened.ts";

/** Days after which no session can be that old: a remembered one ends after 30 (people/rules.ts), and clocks differ. */
const OPENED_DAYS = 31;

/** From now on this session may see these: it filed them, or showed a folio, a number or a birth date. Nothing without a session. */
export async function rememberOpened(ctx: Context, subjectIds: readonly string[]): Promise<void> {
  const { actor } = ctx;
  const sessionId = actor.kind === "citizen" || actor.kind === "visitor" ? actor.sessionId : undefined;
  if (sessionId === undefined || subjectIds.length === 0) return;
  await transaction(ctx, "citizen_writer", (tx) => insertOpened(tx, sessionId, subjectIds, ctx.now));
}

/** Forgets what sessions that are over had opened. Returns how many rows went. */
export async function eraseOpened(ctx: Context): Promise<number> {
  const before = new Date(ctx.now.getTime() - OPENED_DAYS * DAY_MS);
  let erased = 0;
  for (;;) {
    const deleted = await transaction(ctx, "worker", (tx) => deleteOpenedBefore(tx, before));
    erased += deleted;
    if (deleted < ERASED_AT_ONCE) return erased;
  }
}
