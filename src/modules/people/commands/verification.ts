import { timingSafeEqual } from "node:crypto";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { coalesce } from "#platform/coalesce.ts";
import type { Context, Tx } from "#platform/context.ts";
import { CODE_DIGITS, CODE_TRIES, digitsFrom, judgeTry } from "../rules.ts";
import { parseDigits } from "../schema.ts";
import { listNewestCodes, listStrangerTries, saveTries } from "../store/codes.ts";
import { lockContacts } from "../store/contacts.ts";
import { lockLiveSessions, listSessionsByToken } from "../store/sessions.ts";
import type { VisitorSession } from "../types.ts";
import { acceptProofs, type Proof } from "./contacts.ts";
import { viewSession } from "./sessions.ts";
import { newToken, perDatabase } from "./tokens.ts";

export type VerifyRefusal =
  /** Not six digits: it cost no try. */
  | { readonly code: "not_a_code" }
  | { readonly code: "wrong_code"; readonly attemptsLeft: number }
  /** Expired, used, tried too often or never asked for: only a new one helps. */
  | { readonly code: "code_expired" };

export interface Verified {
  readonly session: VisitorSession;
  /** Replaces the token that the browser had. */
  readonly token: string;
}

interface Try {
  readonly ctx: Context;
  readonly sessionId: string;
  readonly digits: string;
  readonly tokenDigest: Buffer;
}
type TryOutcome = Outcome<VisitorSession, VerifyRefusal>;

/** Tries the newest code of the session. Of any number of right tries at once exactly one succeeds. */
export async function verifyCode(
  ctx: Context,
  input: { sessionId: string; code: string },
): Promise<Outcome<Verified, VerifyRefusal>> {
  const digits = parseDigits(input.code, CODE_DIGITS);
  if (!digits) return refuse({ code: "not_a_code" });
  const { token, tokenDigest } = newToken();
  const outcome = await verifyOne(ctx.database)({ ctx, sessionId: input.sessionId, digits, tokenDigest });
  return outcome.ok ? accept({ session: outcome.value, token }) : outcome;
}

const verifyOne = perDatabase((database) =>
  coalesce<Try, TryOutcome>({
    database,
    role: "citizen_writer",
    many: verifyMany,
    resolve: async (tries) => {
      const found = await database.transaction("citizen_reader", {}, (tx) =>
        listSessionsByToken(
          tx,
          tries.map((one) => one.tokenDigest),
        ),
      );
      return tries.map((one) => {
        const row = found.find((session) => session.tokenDigest.equals(one.tokenDigest));
        return row && accept(viewSession(row, one.ctx.now));
      });
    },
  }),
);

async function verifyMany(tx: Tx, tries: readonly Try[]): Promise<TryOutcome[]> {
  const { keyring, now } = tries[0]!.ctx;
  const sessionIds = [...new Set(tries.map((one) => one.sessionId))].sort();
  const sessions = new Map((await lockLiveSessions(tx, sessionIds, now)).map((session) => [session.id, session]));
  const contactIds = [...new Set((await listNewestCodes(tx, sessionIds)).map((code) => code.contactId))];
  const contacts = new Map((await lockContacts(tx, contactIds)).map((contact) => [contact.id, contact]));
  // Read again behind the locks: another transaction may have used a code while we waited for them.
  const codes = new Map((await listNewestCodes(tx, sessionIds)).map((code) => [code.sessionId, code]));
  const strangerTries = new Map(
    (await listStrangerTries(tx, contactIds, now)).map((one) => [one.contactId, one.tries]),
  );
  const rightDigits = await rightDigitsOf(
    keyring,
    [...codes.values()].map((code) => code.id),
  );

  const proofs: Proof[] = [];
  const results = tries.map((one): TryOutcome | Proof => {
    const code = codes.get(one.sessionId);
    const session = sessions.get(one.sessionId);
    const contact = code && contacts.get(code.contactId);
    if (!code || !session || !contact) return refuse({ code: "code_expired" });
    const right = rightDigits
      .get(code.id)!
      .some((digits) => timingSafeEqual(Buffer.from(digits), Buffer.from(one.digits)));
    const verdict = judgeTry(
      { ...code, usedAt: code.usedAt ?? undefined },
      right,
      strangerTries.get(contact.id) ?? 0,
      one.ctx.now,
    );
    if (verdict === "expired") return refuse({ code: "code_expired" });
    if (verdict === "wrong") {
      codes.set(one.sessionId, { ...code, attempts: code.attempts + 1 });
      if (!code.familiar && !code.withheld) strangerTries.set(contact.id, (strangerTries.get(contact.id) ?? 0) + 1);
      return refuse({ code: "wrong_code", attemptsLeft: CODE_TRIES - code.attempts - 1 });
    }
    codes.set(one.sessionId, { ...code, usedAt: one.ctx.now });
    const proof: Proof = { ctx: one.ctx, session, contact, kind: code.kind, tokenDigest: one.tokenDigest };
    proofs.push(proof);
    return proof;
  });

  await saveTries(tx, [...codes.values()]);
  const verified = new Map((await acceptProofs(tx, proofs)).map((session, i) => [proofs[i]!, session]));
  return results.map((result) => ("ok" in result ? result : accept(verified.get(result)!)));
}

/** During a rotation a code may have been made by either version of the key. */
async function rightDigitsOf(keyring: Context["keyring"], codeIds: readonly string[]): Promise<Map<string, string[]>> {
  const digests = await keyring.digest("code", codeIds);
  return new Map(codeIds.map((id, i) => [id, digests[i]!.map(({ digest }) => digitsFrom(digest))]));
}
