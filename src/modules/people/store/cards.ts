import type { ContactId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Digest } from "#platform/keyring/index.ts";

export async function insertCard(
  tx: Tx,
  card: { contactId: ContactId; pinHash: string; issuedBy: string; officeId: string | undefined; issuedAt: Date },
): Promise<void> {
  await run(
    tx,
    sql`insert into people.cards (contact_id, pin_hash, issued_by, office_id, issued_at)
        values (${card.contactId}, ${card.pinHash}, ${card.issuedBy}, ${card.officeId ?? null}, ${card.issuedAt})`,
  );
}

export async function findCard(
  tx: Tx,
  digests: readonly Digest[],
): Promise<{ contactId: ContactId; pinHash: string } | undefined> {
  const [row] = await rows<{ contactId: ContactId; pinHash: string }>(
    tx,
    sql`select c.contact_id as "contactId", c.pin_hash as "pinHash" from people.contact_keys k join people.cards c on c.contact_id = k.contact_id
        where k.kind = 'card' and k.digest = any(${digests.map((one) => one.digest)}::bytea[]) limit 1`,
  );
  return row;
}

/** The member of staff who gave that card; null when somebody made it by herself. */
export async function findCardGiver(tx: Tx, contactId: ContactId): Promise<string | null> {
  const [card] = await rows<{ issuedBy: string | null }>(
    tx,
    sql`select issued_by as "issuedBy" from people.cards where contact_id = ${contactId}`,
  );
  return card?.issuedBy ?? null;
}

/** The tries at one folio, as a row that nobody else changes until the transaction ends. */
export async function lockCardTries(
  tx: Tx,
  digest: Buffer,
  now: Date,
): Promise<{ attempts: number; lockedUntil: Date | null }> {
  await run(
    tx,
    sql`insert into people.card_tries (digest, attempts, last_at) values (${digest}, 0, ${now}) on conflict (digest) do nothing`,
  );
  const [row] = await rows<{ attempts: number; lockedUntil: Date | null }>(
    tx,
    sql`select attempts, locked_until as "lockedUntil" from people.card_tries where digest = ${digest} for update`,
  );
  return row ?? { attempts: 0, lockedUntil: null };
}

export async function saveCardTries(
  tx: Tx,
  digest: Buffer,
  tries: { attempts: number; lockedUntil: Date | undefined },
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`insert into people.card_tries (digest, attempts, locked_until, last_at) values (${digest}, ${tries.attempts}, ${tries.lockedUntil ?? null}, ${now})
        on conflict (digest) do update set attempts = excluded.attempts, locked_until = excluded.locked_until, last_at = excluded.last_at`,
  );
}

export async function deleteCardTries(tx: Tx, digest: Buffer): Promise<void> {
  await run(tx, sql`delete from people.card_tries where digest = ${digest}`);
}
