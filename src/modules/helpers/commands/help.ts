import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { localDateAt } from "#kernel/time.ts";
import { endSession, openSession } from "#modules/people/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { takeOne, type TooOften } from "#platform/limits/index.ts";
import { leftOf } from "../rules/allowance.ts";
import { helpEndsAt } from "../rules/times.ts";
import { countUsed, endHelps, insertHelp } from "../store/helps.ts";
import { lockLive } from "../store/sign-ins.ts";
import type { Consent, HelperSession, HelpLanguage } from "../types.ts";
import { spanOf } from "./span.ts";
import { audit } from "./sign-in.ts";

export type HelpRefusal =
  /** Signed out, suspended or over meanwhile. */
  | { readonly code: "not_signed_in" }
  | { readonly code: "no_consent" }
  /** As many people as it may help in these weeks, or in this day. */
  | { readonly code: "allowance_used" }
  | { readonly code: "day_used" }
  | TooOften;

/**
 * Begins to help one person: a visit of her own in this browser, which is over in an hour at the latest. She verifies her
 * own contact or card in it; the helper is no part of it. What went on before in this browser ends.
 */
export async function beginHelp(
  ctx: Context,
  session: HelperSession,
  input: { readonly consent: Consent | undefined; readonly language: HelpLanguage },
): Promise<Outcome<{ readonly token: string; readonly until: Date }, HelpRefusal>> {
  const { consent, language } = input;
  if (consent === undefined) return refuse({ code: "no_consent" });
  const taken = await takeOne(ctx, "help", session.helperId);
  if (!taken.ok) return taken;
  const { now } = ctx;
  const until = helpEndsAt(now);
  const visit = await openSession(ctx, { language: ctx.language, channel: "web", endsBy: until });
  const begun = await transaction(ctx, "citizen_writer", async (tx) => {
    const helperId = await lockLive(tx, session.id, now, localDateAt(now, "UTC"));
    if (!helperId) return refuse({ code: "not_signed_in" } as const);
    const before = await endHelps(tx, session.id, now);
    const used = await countUsed(tx, helperId, spanOf(now));
    const left = leftOf(used, used);
    if (left.today === 0) return refuse({ code: "day_used" } as const);
    if (left.now === 0) return refuse({ code: "allowance_used" } as const);
    const help = { visitId: visit.session.id, begunAt: now, until };
    await insertHelp(tx, { ...help, helperId, sessionId: session.id, consent, language });
    await audit(ctx, tx, helperId, "helpers.help_begun");
    return accept(before);
  });
  const over = begun.ok ? begun.value : [visit.session.id];
  for (const visitId of over) await endSession(ctx, visitId);
  return begun.ok ? accept({ token: visit.token, until }) : begun;
}

/** The help is over: the citizen's visit is closed, and nothing in this browser opens it again. */
export async function endHelp(ctx: Context, session: HelperSession): Promise<void> {
  const visits = await transaction(ctx, "citizen_writer", (tx) => endHelps(tx, session.id, ctx.now));
  for (const visitId of visits) await endSession(ctx, visitId);
}
