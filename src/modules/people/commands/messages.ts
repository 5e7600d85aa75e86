import type { ContactId } from "#kernel/ids.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { transaction, type Context } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { contactEraseAfter, SESSION_HOURS } from "../rules.ts";
import { parseAddress } from "../schema.ts";
import {
  findContactByKey,
  insertContactKeys,
  leaveWhatsapp,
  lockContactKey,
  lockContacts,
  upsertContact,
} from "../store/contacts.ts";
import { insertSessions, lockLiveSessions } from "../store/sessions.ts";
import type { VisitorSession } from "../types.ts";
import { acceptProofs, sealAddresses } from "./contacts.ts";
import { newToken } from "./tokens.ts";

/**
 * A session whose contact is proved by the message itself: its provider signs whose it is. An SMS proves nothing, for
 * anybody writes any sender on one (hardening 18). Undefined when the address is none that a message can reach.
 */
export async function proveByMessage(
  ctx: Context,
  { address }: { readonly address: string },
): Promise<(VisitorSession & { readonly contactId: ContactId }) | undefined> {
  const parsed = parseAddress("whatsapp", address);
  if (!parsed) return undefined;
  const [digests] = await ctx.keyring.digest("contact", [parsed.key]);
  const eraseAfter = contactEraseAfter(ctx.now);
  return transaction(ctx, "citizen_writer", async (tx) => {
    const { language, channel, now } = ctx;
    const id = newId<string>();
    const { tokenDigest } = newToken();
    const expiresAt = new Date(now.getTime() + SESSION_HOURS * HOUR_MS);
    await insertSessions(tx, [{ id, tokenDigest, language, channel, createdAt: now, expiresAt }]);
    const [session] = await lockLiveSessions(tx, [id], now);
    await lockContactKey(tx, digests!.at(-1)!.digest);
    const contactId = (await findContactByKey(tx, parsed.keyKind, digests!)) ?? newId<ContactId>();
    const [seal] = await sealAddresses(ctx.keyring, [{ id: contactId, address: parsed.address, eraseAfter }]);
    const contact = { id: contactId, kind: "whatsapp", language } as const;
    await upsertContact(tx, { ...contact, seal: seal!, verifiedAt: null, createdAt: now, eraseAfter });
    await insertContactKeys(tx, parsed.keyKind, contactId, digests!);
    const [locked] = await lockContacts(tx, [contactId]);
    const proofs = [{ ctx, session: session!, contact: locked!, kind: "whatsapp" as const, tokenDigest }];
    const [opened] = await acceptProofs(tx, proofs);
    return { ...opened!, contactId };
  });
}

/** She asked not to be written to on WhatsApp: what she must know comes by SMS. */
export function stopWhatsapp(ctx: Context, contactId: ContactId): Promise<void> {
  return transaction(ctx, "citizen_writer", (tx) => leaveWhatsapp(tx, contactId));
}
