import type { ContactId, LocalDate } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";

/** Keys and marks as PostgreSQL reads them: signed 64 bits, in decimal. */
export type Mark = string;

export interface FilingRow {
  readonly id: string;
  readonly sourceId: string;
  readonly ordinal: number;
  readonly personId: string;
  readonly contactId: ContactId;
  readonly keys: readonly Mark[];
  readonly marks: readonly Mark[];
  readonly sealed: Buffer;
  readonly active: boolean;
  readonly seen: boolean;
  readonly differs: boolean;
  readonly filedAt: Date;
  readonly eraseAfter: LocalDate;
}

/** A filing that was found, still sealed. */
export interface FoundFiling {
  /** It was filed from the same address. */
  readonly sameAddress: boolean;
  readonly id: string;
  readonly personId: string;
  readonly contactId: ContactId;
  readonly active: boolean;
  readonly sealed: Buffer;
}

/** One under a key of the filing in question. */
export interface EqualFiling extends FoundFiling {
  /** All that is known of its person was filed by the contact that files now. */
  readonly ownOnly: boolean;
}

/**
 * Filings of other bookings that share a mark are at most so many: a common surname in one year over the whole network
 * is a third of it. Whoever files more than that under one mark hides what is alike behind them and never what is equal.
 */
export const MOST_ALIKE = 3_000;

/** Whoever resolves a person waits for whoever resolves one with the same key. */
export async function lockKeys(tx: Tx, keys: readonly Mark[]): Promise<void> {
  await run(
    tx,
    sql`select pg_advisory_xact_lock(key) from (select key from unnest(${keys}::bigint[]) as key order by key) k`,
  );
}

/** Filings of other bookings, and of others of this one, under one of these keys. */
export async function findEqual(
  tx: Tx,
  {
    keys,
    address,
    sourceId,
    ordinal,
    contactId,
  }: Pick<FilingRow, "keys" | "sourceId" | "ordinal" | "contactId"> & { readonly address: readonly Mark[] },
): Promise<EqualFiling[]> {
  return rows(
    tx,
    sql`select f.id, f.person_id as "personId", f.contact_id as "contactId", f.active, f.sealed, f.marks && ${address}::bigint[] as "sameAddress",
          not exists (select from integrity.filings o where o.person_id = f.person_id and o.contact_id <> ${contactId}) as "ownOnly"
        from integrity.filings f where f.keys && ${keys}::bigint[] and not (f.source_id = ${sourceId} and f.ordinal = ${ordinal}) order by f.filed_at, f.id`,
  );
}

/** Filings of other persons that share a mark, each with whether it shares the address. */
export async function findAlike(
  tx: Tx,
  marks: readonly Mark[],
  address: readonly Mark[],
  personId: string,
): Promise<FoundFiling[]> {
  return rows(
    tx,
    sql`select id, person_id as "personId", contact_id as "contactId", active, sealed, marks && ${address}::bigint[] as "sameAddress"
        from integrity.filings where marks && ${marks}::bigint[] and person_id <> ${personId} limit ${MOST_ALIKE}`,
  );
}

/** What is stored of a booking's people, locked; `sole` when nothing else names that person. */
export async function lockFilings(
  tx: Tx,
  sourceId: string,
): Promise<{ ordinal: number; personId: string; sole: boolean }[]> {
  return rows(
    tx,
    sql`select ordinal, person_id as "personId", not exists (select from integrity.filings o where o.person_id = f.person_id and o.id <> f.id) as sole
        from integrity.filings f where source_id = ${sourceId} order by ordinal for update`,
  );
}

export async function insertPerson(tx: Tx, id: string, now: Date): Promise<void> {
  await run(tx, sql`insert into integrity.persons (id, created_at) values (${id}, ${now})`);
}

/** Writes what one booking says of one of its people, over what it said before. */
export async function saveFiling(tx: Tx, one: FilingRow): Promise<void> {
  await run(
    tx,
    sql`insert into integrity.filings as f (id, source_id, ordinal, person_id, contact_id, keys, marks, sealed, active, seen, differs, filed_at, erase_after)
        values (${one.id}, ${one.sourceId}, ${one.ordinal}, ${one.personId}, ${one.contactId}, ${one.keys}::bigint[], ${one.marks}::bigint[], ${one.sealed},
          ${one.active}, ${one.seen}, ${one.differs}, ${one.filedAt}, ${one.eraseAfter})
        on conflict (source_id, ordinal) do update set id = excluded.id, person_id = excluded.person_id, contact_id = excluded.contact_id, keys = excluded.keys,
          marks = excluded.marks, sealed = excluded.sealed, active = excluded.active, seen = f.seen or excluded.seen, differs = excluded.differs, erase_after = excluded.erase_after`,
  );
}

/** Deletes what a booking said of people whom it does not name any more, and persons whom nobody names. */
export async function deleteFilings(tx: Tx, sourceId: string, except: readonly number[]): Promise<void> {
  await run(
    tx,
    sql`delete from integrity.filings where source_id = ${sourceId} and ordinal <> all(${except}::smallint[])`,
  );
}

/** Of these persons, deletes whom nobody names; her doubts go with her. */
export async function deleteNameless(tx: Tx, personIds: readonly string[]): Promise<void> {
  await run(
    tx,
    sql`delete from integrity.persons p where id = any(${personIds}::uuid[]) and not exists (select from integrity.filings f where f.person_id = p.id)`,
  );
}
