import type { ContactId, LocalDate } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Digest } from "#platform/keyring/index.ts";
import type { ContactKind, Language } from "../types.ts";

/** Ways that share one address share one key: a number is the same contact by text message and by call. */
export type KeyKind = "email" | "phone" | "card";

export interface ContactRow {
  readonly id: ContactId;
  readonly kind: ContactKind;
  readonly language: Language;
}

export interface NewContact {
  readonly id: ContactId;
  readonly kind: ContactKind;
  readonly sealed: Buffer | null;
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
 * One that is kept longer keeps its address: it is sealed under the key of its own month. Nothing here
 * reads an address, not even as `excluded.sealed`: the role of this path may not.
 */
export async function upsertContact(tx: Tx, contact: NewContact): Promise<void> {
  await run(
    tx,
    sql`insert into people.contacts as c (id, kind, sealed, language, verified_at, created_at, erase_after)
        values (${contact.id}, ${contact.kind}, ${contact.sealed}, ${contact.language}, ${contact.verifiedAt}, ${contact.createdAt}, ${contact.eraseAfter}::date)
        on conflict (id) do update set sealed = ${contact.sealed}, erase_after = excluded.erase_after
        where c.erase_after < excluded.erase_after`,
  );
}

/** For roles that may not read contacts. */
export async function insertContact(tx: Tx, contact: NewContact): Promise<void> {
  await run(
    tx,
    sql`insert into people.contacts (id, kind, sealed, language, verified_at, created_at, erase_after)
        values (${contact.id}, ${contact.kind}, ${contact.sealed}, ${contact.language}, ${contact.verifiedAt}, ${contact.createdAt}, ${contact.eraseAfter}::date)`,
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

export interface SealedContact {
  readonly id: ContactId;
  readonly sealed: Buffer;
  readonly eraseAfter: LocalDate;
}

/** Takes the rows in the order of their ids. Only those that have an address (role worker). */
export function lockAddresses(tx: Tx, ids: readonly string[]): Promise<SealedContact[]> {
  return rows(
    tx,
    sql`select id, sealed, to_char(erase_after, 'YYYY-MM-DD') as "eraseAfter" from people.contacts
        where id = any(${ids}::uuid[]) and sealed is not null order by id for update`,
  );
}

export async function saveAddresses(tx: Tx, contacts: readonly { id: ContactId; sealed: Buffer }[]): Promise<void> {
  await run(
    tx,
    sql`update people.contacts c set sealed = t.sealed
        from unnest(${contacts.map((one) => one.id)}::uuid[], ${contacts.map((one) => one.sealed)}::bytea[]) as t (id, sealed) where c.id = t.id`,
  );
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
