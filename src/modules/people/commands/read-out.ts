import type { ContactId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { Context } from "#platform/context.ts";
import { takeOne, type TooOften } from "#platform/limits/index.ts";
import { can } from "../policy.ts";
import { parseAddress } from "../schema.ts";
import type { CodeKind } from "../types.ts";
import { requestCode, type CodeRequestRefusal } from "./codes.ts";
import { endSession, findSession, openSession } from "./sessions.ts";
import { verifyCode, type VerifyRefusal } from "./verification.ts";

export interface CodeTo {
  readonly kind: CodeKind;
  readonly address: string;
}
export type SentToStaff = Outcome<
  { readonly token: string; readonly expiresAt: Date },
  { code: "not_allowed" } | CodeRequestRefusal | TooOften
>;

/** Sends a code to the telephone or mailbox of whoever calls an agent. She reads it out; the token is the agent's. */
export function askCodeOfCaller(ctx: Context, to: CodeTo): Promise<SentToStaff> {
  const { actor } = ctx;
  return actor.kind === "staff" && can(actor, "answer_talks")
    ? sendToStaff(ctx, actor.staffId, to)
    : Promise.resolve(refuse({ code: "not_allowed" }));
}

/** A code that somebody reads out to this member of staff. */
export async function sendToStaff(ctx: Context, staffId: string, { kind, address }: CodeTo): Promise<SentToStaff> {
  if (!parseAddress(kind, address)) return refuse({ code: "invalid_address" });
  const taken = await takeOne(ctx, "desk_codes", staffId);
  if (!taken.ok) return taken;
  const { token, session } = await openSession(ctx, { language: ctx.language, channel: ctx.channel });
  const asked = await requestCode(ctx, { sessionId: session.id, kind, address, language: ctx.language });
  return asked.ok ? accept({ token, expiresAt: asked.value.expiresAt }) : asked;
}

/** Whose code was read out. The session was for this one look only. */
export async function contactOfCode(
  ctx: Context,
  { token, code }: { readonly token: string; readonly code: string },
): Promise<Outcome<ContactId | undefined, VerifyRefusal>> {
  const session = await findSession(ctx, token);
  if (!session) return refuse({ code: "code_expired" });
  const verified = await verifyCode(ctx, { sessionId: session.id, code });
  if (!verified.ok) return verified;
  await endSession(ctx, session.id);
  return accept(verified.value.session.contactId);
}
