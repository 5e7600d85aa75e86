import type { ContactId, LocalDate } from "#kernel/ids.ts";
import { DAY_MS } from "#kernel/time.ts";
import { insertAudit } from "#platform/audit.ts";
import type { Context, Tx } from "#platform/context.ts";
import { monthKey, type Keyring } from "#platform/keyring/index.ts";
import { contactEraseAfter, REMEMBERED_DAYS, verifiedUntil } from "../rules.ts";
import { markContactsUsed, type ContactRow } from "../store/contacts.ts";
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

export async function sealAddress(
  keyring: Keyring,
  contactId: ContactId,
  address: string,
  eraseAfter: LocalDate,
): Promise<Buffer> {
  const [sealed] = await keyring.seal([
    { under: monthKey(eraseAfter.slice(0, 7)), field: "people.contact", row: contactId, plain: address },
  ]);
  return sealed!;
}

/** Writes what proofs change: the sessions, the contacts' time of keeping, and the audit log. Returns the sessions as they are now. */
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
  await markContactsUsed(tx, await resealed(first.ctx.keyring, lastOfContact));
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

/** A contact that is kept longer moves its address under the key of the later month. */
async function resealed(keyring: Keyring, proofs: readonly Proof[]): Promise<Parameters<typeof markContactsUsed>[1]> {
  const opened = await keyring.open(
    proofs.flatMap(({ contact }) =>
      contact.sealed ? [{ field: "people.contact" as const, row: contact.id, sealed: contact.sealed }] : [],
    ),
  );
  const addresses = opened.values();
  const contacts = [];
  for (const { ctx, contact, kind } of proofs) {
    const eraseAfter = contactEraseAfter(ctx.now);
    const address = contact.sealed ? addresses.next().value : undefined;
    const sealed = address === undefined ? contact.sealed : await sealAddress(keyring, contact.id, address, eraseAfter);
    contacts.push({ ...contact, kind, sealed, language: ctx.language, usedAt: ctx.now, eraseAfter });
  }
  return contacts;
}
