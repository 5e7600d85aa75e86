import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import type { ContactId, OfficeId, StaffId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { can } from "../policy.ts";
import { PRESENCE_MINUTES } from "../rules.ts";
import { findCardGiver } from "../store/cards.ts";
import { findPasskey, moveCounter } from "../store/passkeys.ts";
import { insertPresence, restorePresenceRow, usePresenceRow } from "../store/presences.ts";
import type { Presence, PresenceShown, PresenceUse } from "../types.ts";
import { openWithCard, readCard, type CardRefusal } from "./cards.ts";
import { offerSignIn, readSignIn, type Begun, type Ended } from "./ceremony.ts";
import { contactOfCode, sendToStaff, type CodeTo, type SentToStaff } from "./read-out.ts";
import { endSession, openSession } from "./sessions.ts";
import { digestOf } from "./tokens.ts";
import type { VerifyRefusal } from "./verification.ts";

/** That a citizen is at the desk, good for one booking of whoever asked her. */
export interface ShownPresence {
  readonly id: string;
  readonly expiresAt: Date;
}

export type PresenceRefusal =
  | { readonly code: "not_allowed" }
  | CardRefusal
  | VerifyRefusal
  /** No passkey of a colleague who may book here: the own one attests nothing. */
  | { readonly code: "not_a_second" }
  /** Whoever gave a card knows its PIN: to her it shows nothing. */
  | { readonly code: "own_card" };

interface Desk {
  readonly staffId: StaffId;
  readonly officeId: OfficeId;
}

/** Sends a code to the telephone or mailbox of whoever stands at the desk. She reads it out; the token is the desk's. */
export function askCodeAtDesk(ctx: Context, to: CodeTo): Promise<SentToStaff> {
  const desk = deskOf(ctx);
  return desk ? sendToStaff(ctx, desk.staffId, to) : Promise.resolve(refuse({ code: "not_allowed" }));
}

/** She read out the code that her telephone received just now. */
export async function showByCode(
  ctx: Context,
  { token, code }: { readonly token: string; readonly code: string },
): Promise<Outcome<ShownPresence, PresenceRefusal>> {
  const desk = deskOf(ctx);
  if (!desk) return refuse({ code: "not_allowed" });
  const read = await contactOfCode(ctx, { token, code });
  return read.ok ? keepShown(ctx, desk, "code", { contactId: read.value }) : read;
}

/** She typed the PIN of her paper card. */
export async function showByCard(
  ctx: Context,
  card: { readonly folio: string; readonly pin: string },
): Promise<Outcome<ShownPresence, PresenceRefusal>> {
  const desk = deskOf(ctx);
  if (!desk) return refuse({ code: "not_allowed" });
  if (!readCard(card)) return refuse({ code: "card_mistyped" });
  const { session } = await openSession(ctx, { language: ctx.language, channel: ctx.channel });
  const opened = await openWithCard(ctx, { sessionId: session.id, ...card });
  if (!opened.ok) return opened;
  const { contactId } = opened.value.session;
  const giver = contactId && (await transaction(ctx, "citizen_writer", (tx) => findCardGiver(tx, contactId)));
  // The session was the desk's for one look only.
  await endSession(ctx, session.id);
  return giver === desk.staffId ? refuse({ code: "own_card" }) : keepShown(ctx, desk, "card", { contactId });
}

/** What the browser needs for a colleague's passkey; good for the session of whoever asks her. */
export function beginAttestation(ctx: Context, token: string): Promise<Begun<PublicKeyCredentialRequestOptionsJSON>> {
  return offerSignIn(ctx, purposeOf(token));
}

/** A colleague of the same office says with her own passkey that the citizen stands there, with neither telephone nor card. */
export async function attestPresence(
  ctx: Context,
  { token, ...ended }: Ended & { readonly token: string },
): Promise<Outcome<ShownPresence, PresenceRefusal>> {
  const desk = deskOf(ctx);
  if (!desk) return refuse({ code: "not_allowed" });
  const answered = await readSignIn(ctx, purposeOf(token), ended, (id) =>
    transaction(ctx, "console", (tx) => findPasskey(tx, id)),
  );
  if (!answered) return refuse({ code: "not_a_second" });
  const { passkey, counter, challenge } = answered;
  const { staffId: secondId, role } = passkey;
  const officeId = passkey.officeId ?? undefined;
  const second = { kind: "staff", staffId: secondId, officeId, role } as const;
  const mayAttest = secondId !== desk.staffId && officeId === desk.officeId && can(second, "book_for_person", officeId);
  if (!mayAttest) return refuse({ code: "not_a_second" });
  return transaction(ctx, "console", async (tx) => {
    if (!(await moveCounter(tx, passkey.credentialId, counter, ctx.now))) return refuse({ code: "not_a_second" });
    const shown = await insertShown(ctx, tx, desk, "second", { secondId, challengeDigest: digestOf(challenge) });
    if (!shown) return refuse({ code: "not_a_second" });
    await insertAudit(tx, [{ ...ctx, actor: second, at: ctx.now, action: "people.attested", officeId }]);
    return accept(shown);
  });
}

/** Uses a presence up, in the transaction of what it is for. A second look at a name is a colleague's, never a code. */
export async function usePresence(
  ctx: Context,
  tx: Tx,
  id: string,
  usedFor: PresenceUse,
): Promise<Presence | undefined> {
  const desk = deskOf(ctx);
  return desk && usePresenceRow(tx, { id, staffId: desk.staffId, usedFor, now: ctx.now });
}

/** Nothing came of the booking: she still stands there. */
export function restorePresence(ctx: Context, tx: Tx, id: string): Promise<void> {
  return restorePresenceRow(tx, { id, now: ctx.now });
}

async function keepShown(
  ctx: Context,
  desk: Desk,
  shown: PresenceShown,
  who: { readonly contactId?: ContactId | undefined },
): Promise<Outcome<ShownPresence, PresenceRefusal>> {
  const kept = await transaction(ctx, "console", (tx) => insertShown(ctx, tx, desk, shown, who));
  return kept ? accept(kept) : refuse({ code: "not_allowed" });
}

async function insertShown(
  ctx: Context,
  tx: Tx,
  desk: Desk,
  shown: PresenceShown,
  who: {
    readonly contactId?: ContactId | undefined;
    readonly secondId?: StaffId | undefined;
    readonly challengeDigest?: Buffer | undefined;
  },
): Promise<ShownPresence | undefined> {
  const id = newId<string>();
  const expiresAt = new Date(ctx.now.getTime() + PRESENCE_MINUTES * MINUTE_MS);
  const { contactId, secondId, challengeDigest } = who;
  const row = { ...desk, id, shown, contactId, secondId, challengeDigest, shownAt: ctx.now, expiresAt };
  if (!(await insertPresence(tx, row))) return undefined;
  const { officeId } = desk;
  await insertAudit(tx, [{ ...ctx, at: ctx.now, action: `people.present_by_${shown}`, officeId }]);
  return { id, expiresAt };
}

function deskOf({ actor }: Context): Desk | undefined {
  if (actor.kind !== "staff" || actor.officeId === undefined || !can(actor, "book_for_person", actor.officeId))
    return undefined;
  return { staffId: actor.staffId as StaffId, officeId: actor.officeId as OfficeId };
}

function purposeOf(token: string): string {
  return `attest ${digestOf(token).toString("hex")}`;
}
