import type { ContactId, LocalDate } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { CodeKind } from "../types.ts";
import type { Passkey } from "./passkeys.ts";

/** How many cards were made with this contact, even if they took it off since, or count it among theirs. */
export async function countAccountsOf(tx: Tx, contactId: ContactId): Promise<number> {
  const [counted] = await rows<{ accounts: number }>(
    tx,
    sql`select count(*)::int as accounts from (
          select account_id from people.account_contacts where contact_id = ${contactId}
          union select contact_id from people.cards where made_from = ${contactId}) as made`,
  );
  return counted!.accounts;
}

export async function insertOwnCard(
  tx: Tx,
  card: {
    accountId: ContactId;
    pinHash: string;
    madeWith: CodeKind;
    madeFrom: ContactId;
    writesTo: ContactId | null;
    now: Date;
  },
): Promise<void> {
  await run(
    tx,
    sql`insert into people.cards (contact_id, pin_hash, made_with, made_from, writes_to, issued_at)
        values (${card.accountId}, ${card.pinHash}, ${card.madeWith}, ${card.madeFrom}, ${card.writesTo}, ${card.now})`,
  );
}

/** False when the account has it already. */
export async function insertAccountContact(
  tx: Tx,
  joined: { accountId: ContactId; contactId: ContactId; id: string; now: Date },
): Promise<boolean> {
  const inserted = await run(
    tx,
    sql`insert into people.account_contacts (account_id, contact_id, id, joined_at)
        values (${joined.accountId}, ${joined.contactId}, ${joined.id}, ${joined.now}) on conflict do nothing`,
  );
  return inserted === 1;
}

export interface AccountContactRow {
  readonly contactId: ContactId;
  readonly id: string;
  readonly joinedAt: Date;
  readonly writtenTo: boolean;
}

/** Where the account may be reached, the oldest first. Whoever changes something has locked its session before. */
export function listAccountContacts(tx: Tx, accountId: ContactId): Promise<AccountContactRow[]> {
  return rows(
    tx,
    sql`select a.contact_id as "contactId", a.id, a.joined_at as "joinedAt", a.contact_id is not distinct from k.writes_to as "writtenTo"
        from people.account_contacts a join people.cards k on k.contact_id = a.account_id
        where a.account_id = ${accountId} order by a.joined_at, a.id`,
  );
}

/** Takes the card of the account, so that two changes of one account stand in a queue. Undefined when it is erased. */
export async function lockAccount(tx: Tx, accountId: ContactId): Promise<{ writesTo: ContactId | null } | undefined> {
  const [row] = await rows<{ writesTo: ContactId | null }>(
    tx,
    sql`select writes_to as "writesTo" from people.cards where contact_id = ${accountId} for update`,
  );
  return row;
}

export async function setPin(tx: Tx, accountId: ContactId, pinHash: string): Promise<void> {
  await run(tx, sql`update people.cards set pin_hash = ${pinHash} where contact_id = ${accountId}`);
}

export async function setWritesTo(tx: Tx, accountId: ContactId, contactId: ContactId | null): Promise<void> {
  await run(tx, sql`update people.cards set writes_to = ${contactId} where contact_id = ${accountId}`);
}

export async function deleteAccountContact(tx: Tx, accountId: ContactId, id: string): Promise<ContactId | undefined> {
  const [gone] = await rows<{ contactId: ContactId }>(
    tx,
    sql`delete from people.account_contacts where account_id = ${accountId} and id = ${id} returning contact_id as "contactId"`,
  );
  return gone?.contactId;
}

/** The account of a joining that is younger than that; undefined for any other, and for one that was taken back. */
export async function findJoining(tx: Tx, id: string, after: Date): Promise<ContactId | undefined> {
  const [row] = await rows<{ accountId: ContactId }>(
    tx,
    sql`select account_id as "accountId" from people.account_contacts where id = ${id} and joined_at > ${after}`,
  );
  return row?.accountId;
}

/** Its addresses live as long as the account: nobody proves them again for it. */
export async function keepContactsOf(tx: Tx, accountIds: readonly ContactId[], eraseAfter: LocalDate): Promise<void> {
  await run(
    tx,
    sql`update people.contacts set erase_after = ${eraseAfter}::date
        where id in (select contact_id from people.account_contacts where account_id = any(${accountIds}::uuid[])) and erase_after < ${eraseAfter}::date`,
  );
}

/** Ends every other session of the account and of its contacts. Returns how many. */
export function expireAccountSessions(
  tx: Tx,
  accountId: ContactId,
  exceptId: string | null,
  now: Date,
): Promise<number> {
  return run(
    tx,
    sql`update people.sessions set expires_at = ${now} where expires_at > ${now} and id is distinct from ${exceptId}::uuid
          and contact_id in (select ${accountId}::uuid union select contact_id from people.account_contacts where account_id = ${accountId})`,
  );
}

export interface PasskeyOfAccount extends Passkey {
  readonly accountId: ContactId;
}

export async function findAccountPasskey(tx: Tx, credentialId: string): Promise<PasskeyOfAccount | undefined> {
  const [row] = await rows<PasskeyOfAccount>(
    tx,
    sql`select credential_id as "credentialId", public_key as "publicKey", counter::float8 as counter, transports, account_id as "accountId"
        from people.account_passkeys where credential_id = ${credentialId}`,
  );
  return row;
}

/** False when the credential is registered already. */
export async function insertAccountPasskey(
  tx: Tx,
  passkey: PasskeyOfAccount & { readonly id: string; readonly now: Date },
): Promise<boolean> {
  const inserted = await run(
    tx,
    sql`insert into people.account_passkeys (credential_id, account_id, id, public_key, counter, transports, created_at)
        values (${passkey.credentialId}, ${passkey.accountId}, ${passkey.id}, ${passkey.publicKey}, ${passkey.counter}, ${passkey.transports}::text[], ${passkey.now})
        on conflict do nothing`,
  );
  return inserted === 1;
}

/** False for a copy, and for a challenge that was answered before. */
export async function usePasskey(
  tx: Tx,
  used: { credentialId: string; counter: number; challengeUntil: Date; now: Date },
): Promise<boolean> {
  const moved = await run(
    tx,
    sql`update people.account_passkeys set counter = ${used.counter}, last_used_at = ${used.now}, challenge_until = ${used.challengeUntil}
        where credential_id = ${used.credentialId} and (counter < ${used.counter}::bigint or (counter = 0 and ${used.counter}::bigint = 0))
          and (challenge_until is null or challenge_until < ${used.challengeUntil})`,
  );
  return moved === 1;
}

export async function deleteAccountPasskey(tx: Tx, accountId: ContactId, id: string): Promise<boolean> {
  const gone = await run(tx, sql`delete from people.account_passkeys where account_id = ${accountId} and id = ${id}`);
  return gone === 1;
}

export interface AccountPasskeyRow {
  readonly id: string;
  readonly credentialId: string;
  readonly transports: string[];
  readonly createdAt: Date;
}

export function listAccountPasskeys(tx: Tx, accountId: ContactId): Promise<AccountPasskeyRow[]> {
  return rows(
    tx,
    sql`select id, credential_id as "credentialId", transports, created_at as "createdAt" from people.account_passkeys
        where account_id = ${accountId} order by created_at, id`,
  );
}
