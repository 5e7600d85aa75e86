import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import { MINUTE_MS } from "#kernel/time.ts";
import type { Context } from "#platform/context.ts";
import { randomBytes } from "#platform/random.ts";
import { CHALLENGE_MINUTES } from "../rules.ts";
import { registrationSchema, signInSchema } from "../schema.ts";
import type { Passkey } from "../store/passkeys.ts";

const RELYING_PARTY = "Ventanilla";
const CHALLENGE_BYTES = 32;
/** A passkey that its own device unlocks (finger, face or PIN), and that says by itself whose it is. */
const USER_VERIFICATION = "required";

export interface Begun<Options> {
  readonly options: Options;
  /** Signed for one purpose; the channel hands it back at the end. */
  readonly challenge: string;
}

/** What a browser sent at the end, with the challenge it was given; nothing of it is believed yet. */
export interface Ended {
  readonly challenge: string;
  readonly response: unknown;
}

/** What a challenge was, once it is known to be ours and not too old. */
export interface OpenedChallenge {
  readonly challenge: string;
  readonly expiresAt: Date;
}

/** What the browser needs to make a passkey for this holder. `purpose` ties the challenge to one use. */
export async function offerRegistration(
  ctx: Context,
  purpose: string,
  holder: {
    readonly id: string;
    readonly name: string;
    readonly known: readonly { credentialId: string; transports: string[] }[];
  },
): Promise<Begun<PublicKeyCredentialCreationOptionsJSON>> {
  const options = await generateRegistrationOptions({
    rpName: RELYING_PARTY,
    rpID: relyingPartyOf(ctx).id,
    userName: holder.name,
    userID: new TextEncoder().encode(holder.id),
    challenge: newChallenge(),
    timeout: CHALLENGE_MINUTES * MINUTE_MS,
    excludeCredentials: holder.known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: { residentKey: "required", userVerification: USER_VERIFICATION },
  });
  return { options, challenge: await signChallenge(ctx, purpose, options.challenge) };
}

/** The passkey that was made; undefined when anything about it is not as it should be. */
export async function readRegistration(ctx: Context, purpose: string, ended: Ended): Promise<Passkey | undefined> {
  const response = registrationSchema.safeParse(ended.response);
  const opened = await openChallenge(ctx, purpose, ended.challenge);
  if (!response.success || !opened) return undefined;
  const { id, origin } = relyingPartyOf(ctx);
  // Whatever is wrong with a browser's answer the library throws; its message may repeat the answer.
  const verified = await verifyRegistrationResponse({
    response: response.data,
    expectedChallenge: opened.challenge,
    expectedOrigin: origin,
    expectedRPID: id,
  }).catch(() => undefined);
  if (!verified?.verified) return undefined;
  const { credential } = verified.registrationInfo;
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: response.data.response.transports ?? [],
  };
}

/** Names nobody: which passkeys exist is known to the devices only. */
export async function offerSignIn(
  ctx: Context,
  purpose: string,
): Promise<Begun<PublicKeyCredentialRequestOptionsJSON>> {
  const options = await generateAuthenticationOptions({
    rpID: relyingPartyOf(ctx).id,
    challenge: newChallenge(),
    timeout: CHALLENGE_MINUTES * MINUTE_MS,
    userVerification: USER_VERIFICATION,
  });
  return { options, challenge: await signChallenge(ctx, purpose, options.challenge) };
}

/** Whose passkey answered, with its new counter; undefined when none of ours did. */
export async function readSignIn<Found extends Passkey>(
  ctx: Context,
  purpose: string,
  ended: Ended,
  find: (credentialId: string) => Promise<Found | undefined>,
): Promise<({ readonly passkey: Found; readonly counter: number } & OpenedChallenge) | undefined> {
  const response = signInSchema.safeParse(ended.response);
  const opened = await openChallenge(ctx, purpose, ended.challenge);
  if (!response.success || !opened) return undefined;
  const passkey = await find(response.data.id);
  if (!passkey) return undefined;
  const { id, origin } = relyingPartyOf(ctx);
  const verified = await verifyAuthenticationResponse({
    response: response.data,
    expectedChallenge: opened.challenge,
    expectedOrigin: origin,
    expectedRPID: id,
    credential: { id: passkey.credentialId, publicKey: new Uint8Array(passkey.publicKey), counter: passkey.counter },
  }).catch(() => undefined);
  return verified?.verified ? { passkey, counter: verified.authenticationInfo.newCounter, ...opened } : undefined;
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

async function openChallenge(ctx: Context, purpose: string, signed: string): Promise<OpenedChallenge | undefined> {
  const [challenge, expires, signature, ...more] = signed.split(".");
  if (!challenge || !expires || !signature || more.length > 0) return undefined;
  const genuine = await ctx.keyring.verify("challenge", `${purpose} ${challenge}.${expires}`, signature);
  const expiresAt = new Date(Number(expires));
  return genuine && expiresAt > ctx.now ? { challenge, expiresAt } : undefined;
}
