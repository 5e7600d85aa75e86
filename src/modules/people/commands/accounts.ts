import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import { folioFrom } from "#kernel/folio.ts";
import type { ContactId, Folio } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { newId, randomBytes, randomDigits } from "#platform/random.ts";
import {
  ACCOUNTS_OF_A_CONTACT,
  contactEraseAfter,
  isFresh,
  PASSKEYS_OF_AN_ACCOUNT,
  PIN_DIGITS,
  keptUntil,
  writableFrom,
} from "../rules.ts";
import {
  countAccountsOf,
  deleteAccountContact,
  deleteAccountPasskey,
  expireAccountSessions,
  findAccountPasskey,
  insertAccountContact,
  insertAccountPasskey,
  insertOwnCard,
  listAccountContacts,
  listAccountPasskeys,
  lockAccount,
  setPin,
  setWritesTo,
  usePasskey,
} from "../store/accounts.ts";
import { insertContact, insertContactKeys, lockContacts } from "../store/contacts.ts";
import { lockLiveSessions } from "../store/sessions.ts";
import type { CodeKind, ContactKind } from "../types.ts";
import { offerRegistration, offerSignIn, readRegistration, readSignIn, type Begun, type Ended } from "./ceremony.ts";
import { acceptProofs } from "./contacts.ts";
import { auditAccount, joinProved } from "./joining.ts";
import { hashPin } from "./pins.ts";
import { viewSession } from "./sessions.ts";
import { newToken } from "./tokens.ts";
import type { Verified } from "./verification.ts";

/** What its challenges are signed for; the staff's are not good here. */
const SIGN_IN = "account sign in";
const REGISTER = "account register";
/** What a device calls the passkey in its list: it names nobody, for whoever looks over her shoulder. */
const HOLDER_NAME = "Citas";

export interface MadeAccount extends Verified {
  readonly folio: Folio;
  /** Shown once; afterwards nobody knows it but its holder. */
  readonly pin: string;
}

export type MakeRefusal =
  /** The session has proved no contact now. */
  | { readonly code: "no_contact" }
  /** It is an account's already: a second press of the button. */
  | { readonly code: "already_made" }
  /** As many as one contact makes by itself: a counter makes the next. */
  | { readonly code: "ask_at_counter" };

/**
 * Makes an account out of the contact that this session has proved: a card of its own, with its first safe contact. The
 * session is the account's from now on; what was booked before stays with the contact and its folio. A `silent` one is
 * written to nowhere until its holder chooses: for whoever shares the telephone with somebody whom she fears.
 */
export async function makeAccount(
  ctx: Context,
  sessionId: string,
  { silent = false }: { readonly silent?: boolean } = {},
): Promise<Outcome<MadeAccount, MakeRefusal>> {
  const { now } = ctx;
  const folio = folioFrom(randomBytes(12));
  const pin = randomDigits(PIN_DIGITS);
  const accountId = newId<ContactId>();
  const pinHash = await hashPin(pin);
  const [digests] = await ctx.keyring.digest("card", [folio]);
  const { token, tokenDigest } = newToken();
  return transaction(ctx, "citizen_writer", async (tx) => {
    const [session] = await lockLiveSessions(tx, [sessionId], now);
    const { contactId, contactKind } = session ? viewSession(session, now) : {};
    // Its PIN would be shown on a helper's screen.
    if (session?.endsBy) return refuse({ code: "ask_at_counter" });
    if (contactKind === "card") return refuse({ code: "already_made" });
    if (!session || !contactId || !isCodeKind(contactKind)) return refuse({ code: "no_contact" });
    // Whoever makes two at once with one contact stands in a queue here.
    await lockContacts(tx, [contactId]);
    if ((await countAccountsOf(tx, contactId)) >= ACCOUNTS_OF_A_CONTACT) return refuse({ code: "ask_at_counter" });
    const { language } = ctx;
    const contact = { id: accountId, kind: "card", language } as const;
    await insertContact(tx, { ...contact, verifiedAt: now, createdAt: now, eraseAfter: contactEraseAfter(now) });
    await insertContactKeys(tx, "card", accountId, digests!);
    const writesTo = silent ? null : contactId;
    await insertOwnCard(tx, { accountId, pinHash, madeWith: contactKind, madeFrom: contactId, writesTo, now });
    await insertAccountContact(tx, { accountId, contactId, id: newId<string>(), now });
    await auditAccount(ctx, tx, accountId, "people.account_made");
    const [opened] = await acceptProofs(tx, [{ ctx, session, contact, kind: "card", tokenDigest }]);
    return accept({ session: opened!, token, folio, pin });
  });
}

/** Names nobody: which passkeys exist is known to the devices only. */
export function beginAccountSignIn(ctx: Context): Promise<Begun<PublicKeyCredentialRequestOptionsJSON>> {
  return offerSignIn(ctx, SIGN_IN);
}

/** Opens the account of a passkey in this session; with `join` the contact that it had proved is added to the account's. A challenge opens once. */
export async function finishAccountSignIn(
  ctx: Context,
  input: Ended & { readonly sessionId: string; readonly join: boolean },
): Promise<Outcome<Verified, { code: "sign_in_failed" }>> {
  const failed = refuse({ code: "sign_in_failed" } as const);
  const answered = await readSignIn(ctx, SIGN_IN, input, (id) =>
    transaction(ctx, "citizen_writer", (tx) => findAccountPasskey(tx, id)),
  );
  if (!answered) return failed;
  const { accountId, credentialId } = answered.passkey;
  const { token, tokenDigest } = newToken();
  return transaction(ctx, "citizen_writer", async (tx) => {
    const [session] = await lockLiveSessions(tx, [input.sessionId], ctx.now);
    const [contact] = await lockContacts(tx, [accountId]);
    const used = { credentialId, counter: answered.counter, challengeUntil: answered.expiresAt, now: ctx.now };
    if (!session || !contact || !(await usePasskey(tx, used))) return failed;
    if (input.join && !session.endsBy) await joinProved(ctx, tx, session, accountId);
    const [opened] = await acceptProofs(tx, [{ ctx, session, contact, kind: "card", tokenDigest }]);
    return accept({ session: opened!, token });
  });
}

export type AccountRefusal =
  /** PIN or passkey were not shown just now, or this session is no account's. */
  | { readonly code: "prove_again" }
  | { readonly code: "unknown_contact" }
  /** A new contact waits its 72 hours. */
  | { readonly code: "not_yet"; readonly from: Date }
  /** A newer contact waits: that one goes first, or its hours pass. */
  | { readonly code: "newer_waits"; readonly from: Date }
  | { readonly code: "unknown_passkey" }
  | { readonly code: "passkey_not_accepted" };

/** What the browser needs to make a passkey for the account of this session. */
export function beginAccountPasskey(
  ctx: Context,
  sessionId: string,
): Promise<Outcome<Begun<PublicKeyCredentialCreationOptionsJSON>, AccountRefusal>> {
  return deciding(ctx, sessionId, async (tx, accountId) => {
    const known = await listAccountPasskeys(tx, accountId);
    return accept(
      await offerRegistration(ctx, `${REGISTER} ${accountId}`, { id: accountId, name: HOLDER_NAME, known }),
    );
  });
}

export function finishAccountPasskey(
  ctx: Context,
  input: Ended & { readonly sessionId: string },
): Promise<Outcome<null, AccountRefusal>> {
  return deciding(ctx, input.sessionId, async (tx, accountId) => {
    const passkey = await readRegistration(ctx, `${REGISTER} ${accountId}`, input);
    const known = await listAccountPasskeys(tx, accountId);
    const kept =
      passkey !== undefined &&
      known.length < PASSKEYS_OF_AN_ACCOUNT &&
      (await insertAccountPasskey(tx, { ...passkey, accountId, id: newId<string>(), now: ctx.now }));
    if (!kept) return refuse({ code: "passkey_not_accepted" });
    await auditAccount(ctx, tx, accountId, "people.account_passkey_made");
    return accept(null);
  });
}

export function removeAccountPasskey(
  ctx: Context,
  input: { sessionId: string; id: string },
): Promise<Outcome<null, AccountRefusal>> {
  return deciding(ctx, input.sessionId, async (tx, accountId) => {
    if (!(await deleteAccountPasskey(tx, accountId, input.id))) return refuse({ code: "unknown_passkey" });
    await auditAccount(ctx, tx, accountId, "people.account_passkey_removed");
    return accept(null);
  });
}

/** Says where the account may be written to: one of its contacts and no other, or nowhere. It counts from the next message on. */
export function chooseSafeContact(
  ctx: Context,
  input: { sessionId: string; id: string | null },
): Promise<Outcome<null, AccountRefusal>> {
  return deciding(ctx, input.sessionId, async (tx, accountId) => {
    const joined = await listAccountContacts(tx, accountId);
    const chosen = joined.find((one) => one.id === input.id);
    if (input.id !== null && !chosen) return refuse({ code: "unknown_contact" });
    const from = chosen && writableFrom(joined, chosen);
    if (from && from > ctx.now && !chosen.writtenTo) return refuse({ code: "not_yet", from });
    await setWritesTo(tx, accountId, chosen?.contactId ?? null);
    await auditAccount(ctx, tx, accountId, "people.safe_contact_chosen");
    return accept(null);
  });
}

/** Takes a contact off the account. Was it the safe one, nothing is sent until another is chosen. */
export function removeAccountContact(
  ctx: Context,
  input: { sessionId: string; id: string },
): Promise<Outcome<null, AccountRefusal>> {
  return deciding(ctx, input.sessionId, async (tx, accountId, writesTo) => {
    const joined = await listAccountContacts(tx, accountId);
    const one = joined.find(({ id }) => id === input.id);
    const from = one && keptUntil(joined, one);
    if (from && from > ctx.now) return refuse({ code: "newer_waits", from });
    const gone = await deleteAccountContact(tx, accountId, input.id);
    if (!gone) return refuse({ code: "unknown_contact" });
    if (gone === writesTo) await setWritesTo(tx, accountId, null);
    await auditAccount(ctx, tx, accountId, "people.contact_removed");
    return accept(null);
  });
}

/** A new PIN, shown once, for whoever forgot hers and has a passkey; it ends every other visit. */
export async function renewPin(ctx: Context, sessionId: string): Promise<Outcome<{ pin: string }, AccountRefusal>> {
  const pin = randomDigits(PIN_DIGITS);
  const pinHash = await hashPin(pin);
  return deciding(ctx, sessionId, async (tx, accountId) => {
    await setPin(tx, accountId, pinHash);
    await expireAccountSessions(tx, accountId, sessionId, ctx.now);
    await auditAccount(ctx, tx, accountId, "people.pin_renewed");
    return accept({ pin });
  });
}

/** Ends every other visit of the account and of its contacts, for whoever lost a telephone. Returns how many. */
export function endAccountElsewhere(ctx: Context, sessionId: string): Promise<number> {
  return transaction(ctx, "citizen_writer", async (tx) => {
    const [row] = await lockLiveSessions(tx, [sessionId], ctx.now);
    const { contactId, contactKind } = row ? viewSession(row, ctx.now) : {};
    return contactId && contactKind === "card" ? expireAccountSessions(tx, contactId, sessionId, ctx.now) : 0;
  });
}

/** Locks the session and its account, and lets only whoever has just shown PIN or passkey decide, and never in a helper's browser. */
function deciding<T>(
  ctx: Context,
  sessionId: string,
  decide: (tx: Tx, accountId: ContactId, writesTo: ContactId | null) => Promise<Outcome<T, AccountRefusal>>,
): Promise<Outcome<T, AccountRefusal>> {
  return transaction(ctx, "citizen_writer", async (tx) => {
    const [row] = await lockLiveSessions(tx, [sessionId], ctx.now);
    const { contactId, contactKind, verifiedAt } = row ? viewSession(row, ctx.now) : {};
    const fresh = !row?.endsBy && contactId && contactKind === "card" && verifiedAt && isFresh(verifiedAt, ctx.now);
    const account = fresh && (await lockAccount(tx, contactId));
    return account ? decide(tx, contactId, account.writesTo) : refuse({ code: "prove_again" });
  });
}

function isCodeKind(kind: ContactKind | undefined): kind is CodeKind {
  return kind === "email" || kind === "sms" || kind === "voice";
}
