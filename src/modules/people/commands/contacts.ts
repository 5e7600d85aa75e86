import type { ContactId, LocalDate } from "#kernel/ids.ts";
import { DAY_MS } from "#kernel/time.ts";
import { insertAudit } from "#platform/audit.ts";
import type { Context, Tx } from "#platform/context.ts";
import { monthKey, type Keyring } from "#platform/keyring/index.ts";
import { contactEraseAfter, REMEMBERED_DAYS, verifiedUntil } from "../rules.ts";
import { insertEvents } from "#platform/outbox.ts";
import { contactVerified } from "../events.ts";
import {
  lockAddresses,
  markContactsUsed,
  saveAddresses,
  type AddressSeal,
  type ContactRow,
} from "../store/contacts.ts";
import { keepContactsOf } from "../store/accounts.ts";
import { verifySessions, type SessionRow } from "../store/sessions.ts";
import type { ContactKind, VisitorSession } from "../types.ts";
import { viewSession } from "./sessions.ts";

/** A session whose visitor has just proved that the contact is hers. */
export interface Proof {
  readonly ctx: Context;
  readonly session: SessionRow;
  readonly contact: ContactRow;
  /** How she proved it; her messages go that way from now on. */
  readonly kind: ContactKind;
  /** Of the new token: the one from before the proof is worth nothing after it. */
  readonly tokenDigest: Buffer;
}

/** Each under the key of the month in which its contact is erased; one call of the keyring for all. */
export async function sealAddresses(
  keyring: Keyring,
  contacts: readonly { readonly id: ContactId; readonly address: string; readonly eraseAfter: LocalDate }[],
): Promise<AddressSeal[]> {
  const keys = contacts.map(({ eraseAfter }) => monthKey(eraseAfter.slice(0, 7)));
  const sealed = await keyring.seal(
    contacts.map(({ id, address }, i) => ({ under: keys[i]!, field: "people.contact", row: id, plain: address })),
  );
  return keys.map(({ destroyAfter }, i) => ({ sealed: sealed[i]!, ends: destroyAfter }));
}

/**
 * Writes what proofs change: the sessions, the contacts' time of keeping, and the audit log. The address
 * follows after the commit (`keepAddresses`). Returns the sessions as they are now.
 */
export async function acceptProofs(tx: Tx, proofs: readonly Proof[]): Promise<VisitorSession[]> {
  const [first] = proofs;
  if (!first) return [];
  const verified = proofs.map(({ ctx, session, contact, kind, tokenDigest }) => ({
    ...session,
    tokenDigest,
    contactId: contact.id,
    contactKind: kind,
    verifiedAt: ctx.now,
    verifiedUntil: verifiedUntil(ctx.now, ctx.now),
    expiresAt: new Date(ctx.now.getTime() + REMEMBERED_DAYS * DAY_MS),
  }));
  await verifySessions(
    tx,
    verified.map((one) => ({ ...one, sessionId: one.id })),
  );
  const lastOfContact = [...new Map(proofs.map((proof) => [proof.contact.id, proof])).values()];
  await markContactsUsed(
    tx,
    lastOfContact.map(({ ctx, contact, kind }) => ({
      ...contact,
      kind,
      language: ctx.language,
      usedAt: ctx.now,
      eraseAfter: contactEraseAfter(ctx.now),
    })),
  );
  const cards = lastOfContact.filter(({ kind }) => kind === "card");
  if (cards.length > 0)
    await keepContactsOf(
      tx,
      cards.map(({ contact }) => contact.id),
      contactEraseAfter(first.ctx.now),
    );
  await insertEvents(
    tx,
    lastOfContact.filter(({ kind }) => kind !== "card").map(({ ctx, contact }) => contactVerified(contact.id, ctx.now)),
  );
  const subjects = await first.ctx.keyring.digest(
    "subject",
    proofs.map((proof) => proof.contact.id),
  );
  await insertAudit(
    tx,
    proofs.map(({ ctx }, i) => ({
      at: ctx.now,
      actor: ctx.actor,
      channel: ctx.channel,
      action: "people.contact_verified",
      purpose: ctx.purpose,
      subject: subjects[i]![0]!.digest,
    })),
  );
  return verified.map((row, i) => viewSession(row, proofs[i]!.ctx.now));
}

/**
 * A contact that is kept longer moves its address under the key of the later month. The role that proves
 * contacts may write addresses and not read them, so this is a reaction (role worker); the key under which
 * the address stands meanwhile lives for a day yet, at the least. An event delivered twice seals once, and
 * whom an event did not reach the hourly sweep does (`sealAnew`). Returns how many were sealed anew.
 */
export async function keepAddresses(
  { keyring }: Pick<Context, "keyring">,
  tx: Tx,
  ids: readonly string[],
): Promise<number> {
  const contacts = await lockAddresses(tx, ids);
  const addresses = await keyring.open(
    contacts.map((one) => ({ field: "people.contact", row: one.id, sealed: one.sealed })),
  );
  const kept = contacts.flatMap(({ id, eraseAfter }, i) => {
    const address = addresses[i];
    return address === undefined ? [] : [{ id, eraseAfter, address }];
  });
  if (kept.length === 0) return 0;
  const seals = await sealAddresses(keyring, kept);
  await saveAddresses(
    tx,
    kept.map(({ id }, i) => ({ id, seal: seals[i]! })),
  );
  return kept.length;
}
