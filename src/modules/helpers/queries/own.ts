import { transaction, type Context } from "#platform/context.ts";
import { allowanceOf, leftOf } from "../rules/allowance.ts";
import { figuresOf, type Figures } from "../rules/figures.ts";
import { spanOf } from "../commands/span.ts";
import { readLanguages, readTotals } from "../store/entries.ts";
import { countUsed, findHelp } from "../store/helps.ts";
import { listSessions } from "../store/sign-ins.ts";
import type { Help, HelperSession } from "../types.ts";

/** Sign-ins that a helper sees of its own. */
const MOST_SESSIONS = 10;

/** A helper's own page: no name, no address and no entry of anybody. */
export interface OwnPage {
  readonly help: Help | undefined;
  /** People: helped today, who may be helped still, and of how many in 90 days. */
  readonly today: number;
  readonly left: number;
  readonly allowance: number;
  readonly figures: Figures;
  readonly sessions: readonly {
    readonly id: string;
    readonly since: Date;
    readonly endedAt: Date | null;
    readonly mine: boolean;
  }[];
}

export function getOwnPage(ctx: Context, session: HelperSession): Promise<OwnPage> {
  const { id, helperId } = session;
  return transaction(ctx, "citizen_writer", async (tx) => {
    const used = await countUsed(tx, helperId, spanOf(ctx.now));
    const totals = await readTotals(tx, helperId);
    const languages = await readLanguages(tx, helperId);
    const sessions = await listSessions(tx, helperId, MOST_SESSIONS);
    return {
      help: await findHelp(tx, id, ctx.now),
      today: used.today,
      left: leftOf(used, used).now,
      allowance: allowanceOf(used),
      figures: figuresOf(totals.persons, totals, languages),
      sessions: sessions.map((one) => ({
        id: one.id,
        since: one.since,
        endedAt: one.endedAt ?? (one.expiresAt <= ctx.now ? one.expiresAt : null),
        mine: one.id === id,
      })),
    };
  });
}
