import type { ContactId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { transaction, type Context } from "#platform/context.ts";
import { claimKey, findOutcomes, idempotencyDigests } from "#platform/idempotency.ts";
import { insertEvents } from "#platform/outbox.ts";
import { newId } from "#platform/random.ts";
import { codeEvent, CODE_REQUESTED, CODE_WITHHELD } from "../events.ts";
import { CODE_MINUTES, CODE_WINDOW_MINUTES, codesLeft, judgeCodeRequest, unverifiedEraseAfter } from "../rules.ts";
import { parseAddress } from "../schema.ts";
import { findCode, getCodeHistory, insertCode } from "../store/codes.ts";
import { findContactByKey, insertContactKeys, lockContactKey, upsertContact } from "../store/contacts.ts";
import { lockLiveSessions } from "../store/sessions.ts";
import type { CodeKind, Language } from "../types.ts";
import { sealAddresses } from "./contacts.ts";

export interface CodeRequest {
  readonly sessionId: string;
  readonly kind: CodeKind;
  /** As typed. */
  readonly address: string;
  readonly language: Language;
  /** The session's key for repeating the request, with the route that it belongs to and the request's canonical text. */
  readonly idempotency?: { readonly route: string; readonly key: string; readonly body: string } | undefined;
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
  | { readonly code: "too_many_codes"; readonly retryAt: Date }
  | { readonly code: "idempotency_mismatch" };

/** What is kept of a request with a key that a code was sent for. */
const CODE_SENT = "code_sent";

/**
 * Answers that a code is on its way. The answer follows from what was typed and from what this very
 * session asked for before; whether anybody knows the address changes neither it nor its work. Asked again with its
 * key it sends nothing and answers the same; a request that was refused may be sent again.
 */
export async function requestCode(
  ctx: Context,
  request: CodeRequest,
): Promise<Outcome<CodeRequested, CodeRequestRefusal>> {
  const { sessionId, kind, language } = request;
  const parsed = parseAddress(kind, request.address);
  if (!parsed) return refuse({ code: "invalid_address" });
  const { idempotency } = request;
  const [[digests], keyed] = await Promise.all([
    ctx.keyring.digest("contact", [parsed.key]),
    idempotency && idempotencyDigests(ctx.keyring, idempotency),
  ]);
  const own = keyed && { callerId: sessionId, route: idempotency!.route, ...keyed };

  return transaction(ctx, "citizen_writer", async (tx) => {
    // The oldest live version is the one that every node knows during a rotation.
    await lockContactKey(tx, digests!.at(-1)!.digest);
    const [session] = await lockLiveSessions(tx, [sessionId], ctx.now);
    if (!session) return refuse({ code: "no_session" });
    const [before] = own ? await findOutcomes(tx, [own]) : [];
    if (before && !before.bodyDigest.equals(own!.bodyDigest)) return refuse({ code: "idempotency_mismatch" });

    const contactId = (await findContactByKey(tx, parsed.keyKind, digests!)) ?? newId<ContactId>();
    const familiar = session.contactId === contactId;
    const history = await getCodeHistory(
      tx,
      sessionId,
      contactId,
      new Date(ctx.now.getTime() - CODE_WINDOW_MINUTES * MINUTE_MS),
      ctx.now,
    );
    const sent = before && (await findCode(tx, before.resultId!));
    if (sent) return accept({ ...sent, maskedAddress: parsed.masked, budget: codesLeft(history, ctx.now) });
    const verdict = judgeCodeRequest(history, familiar);
    if ("retryAt" in verdict) return refuse({ code: "too_many_codes", retryAt: verdict.retryAt });

    const eraseAfter = unverifiedEraseAfter(ctx.now);
    const [seal] = await sealAddresses(ctx.keyring, [{ id: contactId, address: parsed.address, eraseAfter }]);
    await upsertContact(tx, {
      id: contactId,
      kind,
      seal: seal!,
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
    if (own) await claimKey(tx, { ...own, outcome: CODE_SENT, resultId: codeId }, ctx.now);
    const asked = { ownInWindow: [...history.ownInWindow, ctx.now], ownInDay: [...history.ownInDay, ctx.now] };
    return accept({ codeId, maskedAddress: parsed.masked, expiresAt, budget: codesLeft(asked, ctx.now) });
  });
}
