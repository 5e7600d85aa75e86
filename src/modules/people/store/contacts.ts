import type { ContactId, LocalDate } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Digest } from "#platform/keyring/index.ts";
import type { ContactKind, Language } from "../types.ts";

/** Ways that share one address share one key: a number is the same contact by text message and by call. */
export type KeyKind = "email" | "phone" | "card" | "whatsapp";

export interface ContactRow {
  readonly id: ContactId;
  readonly kind: ContactKind;
  readonly language: Language;
}

/** An address under the key of a month. */
export interface AddressSeal {
  readonly sealed: Buffer;
  /** Last day of that key. */
  readonly ends: LocalDate;
}

export interface NewContact {
  readonly id: ContactId;
  readonly kind: ContactKind;
  readonly seal: AddressSeal | null;
  readonly language: Language;
  readonly verifiedAt: Date | null;
  readonly createdAt: Date;
  readonly eraseAfter: LocalDate;
}

/** Whoever asks for one contact waits here for the others, before the contact even exists. */
export async function lockContactKey(tx: Tx, digest: Buffer): Promise<void> {
  await run(tx, sql`select pg_advisory_xact_lock(${digest.readBigInt64BE().toString()}::bigint)`);
}

export async function findContactByKey(
  tx: Tx,
  kind: KeyKind,
  digests: readonly Digest[],
): Promise<ContactId | undefined> {
  const [row] = await rows<{ id: ContactId }>(
    tx,
    sql`select contact_id as id from people.contact_keys where kind = ${kind} and digest = any(${digests.map((one) => one.digest)}::bytea[]) limit 1`,
  );
  return row?.id;
}

/**
 * Writes a contact whether it is new or not, by the same statement, so that time does not tell which.
 * One that is kept longer keeps its address: it is sealed under the key of its own month. One whose key is
 * gone gets what was typed now. Nothing here reads an address, not even as `excluded.sealed`: the role of
 * this path may not.
 */
export async function upsertContact(tx: Tx, contact: NewContact): Promise<void> {
  await run(
    tx,
    sql`insert into people.contacts as c (id, kind, sealed, seal_ends, language, verified_at, created_at, erase_after)
        values (${contact.id}, ${contact.kind}, ${contact.seal?.sealed ?? null}, ${contact.seal?.ends ?? null}::date, ${contact.language}, ${contact.verifiedAt}, ${contact.createdAt}, ${contact.eraseAfter}::date)
        on conflict (id) do update set sealed = ${contact.seal?.sealed ?? null}, seal_ends = excluded.seal_ends, erase_after = greatest(c.erase_after, excluded.erase_after)
        where c.erase_after < excluded.erase_after or c.seal_ends < ${contact.createdAt}::date`,
  );
}

/** A card, which has no address; for roles that may not read contacts. */
export async function insertContact(tx: Tx, contact: Omit<NewContact, "seal">): Promise<void> {
  await run(
    tx,
    sql`insert into people.contacts (id, kind, language, verified_at, created_at, erase_after)
        values (${contact.id}, ${contact.kind}, ${contact.language}, ${contact.verifiedAt}, ${contact.createdAt}, ${contact.eraseAfter}::date)`,
  );
}

/** Under every live version of the key, so that a rotation finds each contact by the old and the new. */
export async function insertContactKeys(
  tx: Tx,
  kind: KeyKind,
  contactId: ContactId,
  digests: readonly Digest[],
): Promise<void> {
  await run(
    tx,
    sql`insert into people.contact_keys (digest, kind, contact_id, version)
        select digest, ${kind}, ${contactId}, version from unnest(${digests.map((one) => one.digest)}::bytea[], ${digests.map((one) => one.version)}::smallint[]) as t (digest, version)
        on conflict do nothing`,
  );
}

/** Takes the rows in the order of their ids; a second caller waits until the first has committed. */
export function lockContacts(tx: Tx, ids: readonly ContactId[]): Promise<ContactRow[]> {
  return rows(
    tx,
    sql`select id, kind, language from people.contacts where id = any(${ids}::uuid[]) order by id for update`,
  );
}

export async function markContactsUsed(
  tx: Tx,
  contacts: readonly (ContactRow & { readonly usedAt: Date; readonly eraseAfter: LocalDate })[],
): Promise<void> {
  if (contacts.length === 0) return;
  await run(
    tx,
    sql`update people.contacts c
        set kind = t.kind, language = t.language, verified_at = t.used_at, erase_after = t.erase_after
        from unnest(${contacts.map((one) => one.id)}::uuid[], ${contacts.map((one) => one.kind)}::text[],
          ${contacts.map((one) => one.language)}::text[], ${contacts.map((one) => one.usedAt)}::timestamptz[], ${contacts.map((one) => one.eraseAfter)}::date[])
          as t (id, kind, language, used_at, erase_after)
        where c.id = t.id`,
  );
}

/** From now on what there is to say goes by SMS; what proves her there next changes it back. */
export async function leaveWhatsapp(tx: Tx, id: ContactId): Promise<void> {
  await run(tx, sql`update people.contacts set kind = 'sms' where id = ${id} and kind = 'whatsapp'`);
}

export interface SealedContact {
  readonly id: ContactId;
  readonly sealed: Buffer;
  readonly eraseAfter: LocalDate;
}

/** Takes the rows in the order of their ids. Only those whose address would be lost before they are erased (role worker). */
export function lockAddresses(tx: Tx, ids: readonly string[]): Promise<SealedContact[]> {
  return rows(
    tx,
    sql`select id, sealed, to_char(erase_after, 'YYYY-MM-DD') as "eraseAfter" from people.contacts
        where id = any(${ids}::uuid[]) and erase_after > seal_ends order by id for update`,
  );
}

export async function saveAddresses(
  tx: Tx,
  contacts: readonly { readonly id: ContactId; readonly seal: AddressSeal }[],
): Promise<void> {
  await run(
    tx,
    sql`update people.contacts c set sealed = t.sealed, seal_ends = t.ends
        from unnest(${contacts.map((one) => one.id)}::uuid[], ${contacts.map((one) => one.seal.sealed)}::bytea[], ${contacts.map((one) => one.seal.ends)}::date[])
          as t (id, sealed, ends) where c.id = t.id`,
  );
}

/** Contacts past `after` whose address would be lost before they are erased (role worker). */
export async function listContactsToSeal(tx: Tx, after: string, most: number): Promise<ContactId[]> {
  const found = await rows<{ id: ContactId }>(
    tx,
    sql`select id from people.contacts where erase_after > seal_ends and id > ${after}::uuid order by id limit ${most}`,
  );
  return found.map(({ id }) => id);
}

/** Sealed contacts past `after` that this version of the key does not find yet. */
export function listContactsWithoutKey(
  tx: Tx,
  version: number,
  after: string,
  most: number,
): Promise<{ id: ContactId; kind: ContactKind; sealed: Buffer }[]> {
  return rows(
    tx,
    sql`select id, kind, sealed from people.contacts c where sealed is not null and id > ${after}
          and not exists (select from people.contact_keys k where k.contact_id = c.id and k.version = ${version})
        order by id limit ${most}`,
  );
}
