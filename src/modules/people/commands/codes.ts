import type { ContactId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { transaction, type Context } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { newId } from "#platform/random.ts";
import { codeEvent, CODE_REQUESTED, CODE_WITHHELD } from "../events.ts";
import { CODE_MINUTES, CODE_WINDOW_MINUTES, codesLeft, judgeCodeRequest, unverifiedEraseAfter } from "../rules.ts";
import { parseAddress } from "../schema.ts";
import { getCodeHistory, insertCode } from "../store/codes.ts";
import { findContactByKey, insertContactKeys, lockContactKey, upsertContact } from "../store/contacts.ts";
import { lockLiveSessions } from "../store/sessions.ts";
import type { CodeKind, Language } from "../types.ts";
import { sealAddress } from "./contacts.ts";

export interface CodeRequest {
  readonly sessionId: string;
  readonly kind: CodeKind;
  /** As typed. */
  readonly address: string;
  readonly language: Language;
}

export interface CodeRequested {
  readonly codeId: string;
  readonly maskedAddress: string;
  readonly expiresAt: Date;
  /** Codes that this session may still ask for to this contact, and when there are more. */
  readonly budget: ReturnType<typeof codesLeft>;
}

export type CodeRequestRefusal =
  | { readonly code: "invalid_address" }
  | { readonly code: "no_session" }
  | { readonly code: "too_many_codes"; readonly retryAt: Date };

/**
 * Answers that a code is on its way. The answer follows from what was typed and from what this very
 * session asked for before; whether anybody knows the address changes neither it nor its work.
 */
export async function requestCode(
  ctx: Context,
  request: CodeRequest,
): Promise<Outcome<CodeRequested, CodeRequestRefusal>> {
  const { sessionId, kind, language } = request;
  const parsed = parseAddress(kind, request.address);
  if (!parsed) return refuse({ code: "invalid_address" });
  const [digests] = await ctx.keyring.digest("contact", [parsed.key]);

  return transaction(ctx, "citizen_writer", async (tx) => {
    // The oldest live version is the one that every node knows during a rotation.
    await lockContactKey(tx, digests!.at(-1)!.digest);
    const [session] = await lockLiveSessions(tx, [sessionId], ctx.now);
    if (!session) return refuse({ code: "no_session" });

    const contactId = (await findContactByKey(tx, parsed.keyKind, digests!)) ?? newId<ContactId>();
    const familiar = session.contactId === contactId;
    const history = await getCodeHistory(
      tx,
      sessionId,
      contactId,
      new Date(ctx.now.getTime() - CODE_WINDOW_MINUTES * MINUTE_MS),
      ctx.now,
    );
    const verdict = judgeCodeRequest(history, familiar);
    if ("retryAt" in verdict) return refuse({ code: "too_many_codes", retryAt: verdict.retryAt });

    const eraseAfter = unverifiedEraseAfter(ctx.now);
    const seal = await sealAddress(ctx.keyring, contactId, parsed.address, eraseAfter);
    await upsertContact(tx, {
      id: contactId,
      kind,
      seal,
      language,
      verifiedAt: null,
      createdAt: ctx.now,
      eraseAfter,
    });
    await insertContactKeys(tx, parsed.keyKind, contactId, digests!);

    const codeId = newId<string>();
    const expiresAt = new Date(ctx.now.getTime() + CODE_MINUTES * MINUTE_MS);
    await insertCode(tx, {
      id: codeId,
      sessionId,
      contactId,
      kind,
      language,
      familiar,
      withheld: verdict.withheld,
      createdAt: ctx.now,
      expiresAt,
    });
    const name = verdict.withheld ? CODE_WITHHELD : CODE_REQUESTED;
    await insertEvents(tx, [codeEvent(name, { codeId, contactId, kind, language, at: ctx.now })]);
    const own = { ownInWindow: [...history.ownInWindow, ctx.now], ownInDay: [...history.ownInDay, ctx.now] };
    return accept({ codeId, maskedAddress: parsed.masked, expiresAt, budget: codesLeft(own, ctx.now) });
  });
}
