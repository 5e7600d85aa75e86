import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { HOUR_MS, localDateAt } from "#kernel/time.ts";
import {
  endSession,
  offerRegistration,
  offerSignIn,
  readRegistration,
  readSignIn,
  type Begun,
  type Ended,
} from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { contextFor, transaction, type Context, type Services, type Tx } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { HELPER_SESSION_HOURS } from "../rules/times.ts";
import { endHelps } from "../store/helps.ts";
import {
  endSessions,
  findEnrolled,
  findPasskey,
  findSessionByToken,
  insertPasskey,
  insertSession,
  listPasskeys,
  lockLive,
  moveCounter,
  useEnrolment,
} from "../store/sign-ins.ts";
import type { HelperId, HelperSession } from "../types.ts";
import { digestOf, digestOfCode, newToken } from "./tokens.ts";

/** What the challenges are signed for; those of staff and of accounts are not good here. */
const SIGN_IN = "helper sign in";
const REGISTER = "helper register";
/** What the telephone shows beside the passkey. It names no organisation: a telephone is seen by others. */
const HOLDER_NAME = "Ayudante";

/** What the browser needs to register a passkey by the code that staff gave. */
export async function beginHelperRegistration(
  ctx: Context,
  code: string,
): Promise<Outcome<Begun<PublicKeyCredentialCreationOptionsJSON>, { code: "enrolment_invalid" }>> {
  const enrolled = await transaction(ctx, "citizen_writer", async (tx) => {
    const id = await findEnrolled(tx, digestOfCode(code), ctx.now);
    return id && { id, name: HOLDER_NAME, known: await listPasskeys(tx, id) };
  });
  if (!enrolled) return refuse({ code: "enrolment_invalid" });
  return accept(await offerRegistration(ctx, `${REGISTER} ${enrolled.id}`, enrolled));
}

/** Keeps the passkey and uses up the code. */
export async function finishHelperRegistration(
  ctx: Context,
  input: Ended & { readonly code: string },
): Promise<Outcome<null, { code: "enrolment_invalid" | "passkey_not_accepted" }>> {
  const codeDigest = digestOfCode(input.code);
  return transaction(ctx, "citizen_writer", async (tx) => {
    const helperId = await findEnrolled(tx, codeDigest, ctx.now);
    if (!helperId) return refuse({ code: "enrolment_invalid" });
    const passkey = await readRegistration(ctx, `${REGISTER} ${helperId}`, input);
    if (!passkey) return refuse({ code: "passkey_not_accepted" });
    if (!(await useEnrolment(tx, codeDigest, ctx.now))) return refuse({ code: "enrolment_invalid" });
    if (!(await insertPasskey(tx, { ...passkey, helperId, createdAt: ctx.now })))
      return refuse({ code: "passkey_not_accepted" });
    await audit(ctx, tx, helperId, "helpers.passkey_registered");
    return accept(null);
  });
}

/** Names nobody: which passkeys exist is known to the devices only. */
export function beginHelperSignIn(ctx: Context): Promise<Begun<PublicKeyCredentialRequestOptionsJSON>> {
  return offerSignIn(ctx, SIGN_IN);
}

/** Opens a helper's session. A challenge opens one, once; a passkey whose counter falls back is a copy and opens none. */
export async function finishHelperSignIn(
  ctx: Context,
  input: Ended,
): Promise<Outcome<{ readonly token: string }, { code: "sign_in_failed" }>> {
  const failed = refuse({ code: "sign_in_failed" } as const);
  const answered = await readSignIn(ctx, SIGN_IN, input, (id) =>
    transaction(ctx, "citizen_writer", (tx) => findPasskey(tx, id)),
  );
  if (!answered) return failed;
  const { passkey, counter, challenge } = answered;
  const { token, tokenDigest } = newToken();
  const { now } = ctx;
  return transaction(ctx, "citizen_writer", async (tx) => {
    if (!(await moveCounter(tx, passkey.credentialId, counter, now))) return failed;
    const opened = await insertSession(tx, {
      id: newId<string>(),
      tokenDigest,
      helperId: passkey.helperId,
      challengeDigest: digestOf(challenge),
      createdAt: now,
      expiresAt: new Date(now.getTime() + HELPER_SESSION_HOURS * HOUR_MS),
    });
    if (!opened) return failed;
    await audit(ctx, tx, passkey.helperId, "helpers.signed_in");
    return accept({ token });
  });
}

/** Whose token that is, read from the database at each request: a helper that was suspended is out at once. */
export function findHelperSession(services: Services, token: string): Promise<HelperSession | undefined> {
  const now = services.clock.now();
  return services.database.transaction("citizen_writer", {}, (tx) =>
    findSessionByToken(tx, digestOf(token), now, localDateAt(now, "UTC")),
  );
}

/** Ends this sign-in, with the visit that goes on in its browser. */
export async function endHelperSession(ctx: Context, session: HelperSession): Promise<void> {
  const visits = await transaction(ctx, "citizen_writer", async (tx) => {
    await endSessions(tx, session.helperId, { session: session.id, others: false }, ctx.now);
    return endHelps(tx, session.id, ctx.now);
  });
  for (const visitId of visits) await endSession(ctx, visitId);
}

/** Ends every other sign-in of the same helper, for a telephone that was lost. Returns how many. */
export function endOtherHelperSessions(ctx: Context, session: HelperSession): Promise<number> {
  return transaction(ctx, "citizen_writer", async (tx) => {
    const helperId = await lockLive(tx, session.id, ctx.now, localDateAt(ctx.now, "UTC"));
    if (!helperId) return 0;
    await audit(ctx, tx, helperId, "helpers.other_sessions_ended");
    return endSessions(tx, helperId, { session: session.id, others: true }, ctx.now);
  });
}

/** A line about a helper; it never says whom it helped. */
export async function audit(ctx: Context, tx: Tx, helperId: HelperId, action: string): Promise<void> {
  const [subject] = await ctx.keyring.digest("subject", [helperId]);
  const nobody = contextFor(ctx, { ...ctx, actor: { kind: "visitor", sessionId: undefined } });
  await insertAudit(tx, [{ ...nobody, at: ctx.now, action, subject: subject![0]!.digest }]);
}
