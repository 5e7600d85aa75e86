import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { randomBytes } from "#platform/random.ts";
import { CHALLENGE_MINUTES } from "../rules.ts";
import { registrationSchema, signInSchema } from "../schema.ts";
import {
  findEnrolledStaff,
  findPasskey,
  insertPasskey,
  listPasskeys,
  moveCounter,
  useEnrolment,
} from "../store/passkeys.ts";
import type { StaffMember } from "../types.ts";
import { startStaffSession, viewStaff, type StaffSignIn } from "./staff.ts";
import { digestOf } from "./tokens.ts";

const RELYING_PARTY = "Ventanilla";
const CHALLENGE_BYTES = 32;

export interface Begun<Options> {
  readonly options: Options;
  /** Signed; the channel keeps it in a cookie and hands it back at the end. */
  readonly challenge: string;
}

/** A passkey that its own device unlocks (finger, face or PIN), and that says by itself whose it is. */
const USER_VERIFICATION = "required";

/** What the browser needs to register a passkey by an enrolment link. */
export async function beginRegistration(
  ctx: Context,
  enrolmentToken: string,
): Promise<Outcome<Begun<PublicKeyCredentialCreationOptionsJSON>, { code: "enrolment_invalid" }>> {
  const enrolled = await transaction(ctx, "console", async (tx) => {
    const staff = await findEnrolledStaff(tx, digestOf(enrolmentToken), ctx.now);
    return staff && { staff, known: await listPasskeys(tx, staff.id) };
  });
  if (!enrolled) return refuse({ code: "enrolment_invalid" });
  const options = await generateRegistrationOptions({
    rpName: RELYING_PARTY,
    rpID: relyingPartyOf(ctx).id,
    userName: enrolled.staff.name,
    userID: new TextEncoder().encode(enrolled.staff.id),
    challenge: newChallenge(),
    timeout: CHALLENGE_MINUTES * MINUTE_MS,
    excludeCredentials: enrolled.known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: { residentKey: "required", userVerification: USER_VERIFICATION },
  });
  return accept({ options, challenge: await signChallenge(ctx, `register ${enrolmentToken}`, options.challenge) });
}

/** Keeps the passkey and uses up the link. `response` is what the browser sent, as it came. */
export async function finishRegistration(
  ctx: Context,
  input: { enrolmentToken: string; challenge: string; response: unknown },
): Promise<Outcome<StaffMember, { code: "enrolment_invalid" } | { code: "passkey_not_accepted" }>> {
  const response = registrationSchema.safeParse(input.response);
  const expectedChallenge = await openChallenge(ctx, `register ${input.enrolmentToken}`, input.challenge);
  if (!response.success || !expectedChallenge) return refuse({ code: "passkey_not_accepted" });
  const { id, origin } = relyingPartyOf(ctx);
  // Whatever is wrong with a browser's answer the library throws; its message may repeat the answer.
  const verified = await verifyRegistrationResponse({
    response: response.data,
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: id,
  }).catch(() => undefined);
  if (!verified?.verified) return refuse({ code: "passkey_not_accepted" });
  const { credential } = verified.registrationInfo;

  return transaction(ctx, "console", async (tx) => {
    const tokenDigest = digestOf(input.enrolmentToken);
    const staff = await findEnrolledStaff(tx, tokenDigest, ctx.now);
    if (!staff || !(await useEnrolment(tx, tokenDigest, ctx.now))) return refuse({ code: "enrolment_invalid" });
    const passkey = {
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: response.data.response.transports ?? [],
    };
    if (!(await insertPasskey(tx, { ...passkey, staffId: staff.id, createdAt: ctx.now })))
      return refuse({ code: "passkey_not_accepted" });
    const actor = {
      kind: "staff",
      staffId: staff.id,
      officeId: staff.officeId ?? undefined,
      role: staff.role,
    } as const;
    await insertAudit(tx, [
      {
        at: ctx.now,
        actor,
        channel: ctx.channel,
        action: "people.passkey_registered",
        purpose: ctx.purpose,
        officeId: actor.officeId,
      },
    ]);
    return accept(viewStaff(staff));
  });
}

/** Names nobody: which passkeys exist is known to the devices only. */
export async function beginSignIn(ctx: Context): Promise<Begun<PublicKeyCredentialRequestOptionsJSON>> {
  const options = await generateAuthenticationOptions({
    rpID: relyingPartyOf(ctx).id,
    challenge: newChallenge(),
    timeout: CHALLENGE_MINUTES * MINUTE_MS,
    userVerification: USER_VERIFICATION,
  });
  return { options, challenge: await signChallenge(ctx, "sign in", options.challenge) };
}

/** Opens a staff session. A challenge opens one, once; a passkey whose counter falls back is a copy and opens none. */
export async function finishSignIn(
  ctx: Context,
  input: { challenge: string; response: unknown },
): Promise<Outcome<StaffSignIn, { code: "sign_in_failed" }>> {
  const response = signInSchema.safeParse(input.response);
  const expectedChallenge = await openChallenge(ctx, "sign in", input.challenge);
  if (!response.success || !expectedChallenge) return refuse({ code: "sign_in_failed" });
  const passkey = await transaction(ctx, "console", (tx) => findPasskey(tx, response.data.id));
  if (!passkey) return refuse({ code: "sign_in_failed" });
  const { id, origin } = relyingPartyOf(ctx);
  const verified = await verifyAuthenticationResponse({
    response: response.data,
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: id,
    credential: { id: passkey.credentialId, publicKey: new Uint8Array(passkey.publicKey), counter: passkey.counter },
  }).catch(() => undefined);
  if (!verified?.verified) return refuse({ code: "sign_in_failed" });

  return transaction(ctx, "console", async (tx) => {
    const staff = viewStaff({
      id: passkey.staffId,
      officeId: passkey.officeId,
      role: passkey.role,
      name: passkey.name,
    });
    if (!(await moveCounter(tx, passkey.credentialId, verified.authenticationInfo.newCounter, ctx.now)))
      return refuse({ code: "sign_in_failed" });
    const opened = await startStaffSession(ctx, tx, staff, digestOf(expectedChallenge));
    return opened ? accept(opened) : refuse({ code: "sign_in_failed" });
  });
}

function relyingPartyOf(ctx: Context): { id: string; origin: string } {
  const { hostname, origin } = new URL(ctx.publicOrigin);
  return { id: hostname, origin };
}

function newChallenge(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(randomBytes(CHALLENGE_BYTES));
}

async function signChallenge(ctx: Context, purpose: string, challenge: string): Promise<string> {
  const value = `${challenge}.${ctx.now.getTime() + CHALLENGE_MINUTES * MINUTE_MS}`;
  return `${value}.${await ctx.keyring.sign("challenge", `${purpose} ${value}`)}`;
}

async function openChallenge(ctx: Context, purpose: string, signed: string): Promise<string | undefined> {
  const [challenge, expires, signature, ...more] = signed.split(".");
  if (!challenge || !expires || !signature || more.length > 0) return undefined;
  const genuine = await ctx.keyring.verify("challenge", `${purpose} ${challenge}.${expires}`, signature);
  return genuine && Number(expires) > ctx.now.getTime() ? challenge : undefined;
}
