import type { ContactId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Channel } from "#platform/context.ts";
import type { ContactKind, Language } from "../types.ts";

export interface SessionRow {
  readonly tokenDigest: Buffer;
  readonly id: string;
  readonly contactId: ContactId | null;
  readonly contactKind: ContactKind | null;
  readonly language: Language;
  readonly channel: Channel;
  readonly verifiedAt: Date | null;
  readonly verifiedUntil: Date | null;
  readonly expiresAt: Date;
  /** In a helper's browser: over at that instant, whatever is done in it. `expiresAt` is never later. */
  readonly endsBy: Date | null;
}

export interface NewSession {
  readonly tokenDigest: Buffer;
  readonly id: string;
  readonly language: Language;
  readonly channel: Channel;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly endsBy?: Date | undefined;
}

/** What a session becomes when its contact typed the code or the PIN. */
export interface Verification {
  readonly sessionId: string;
  readonly tokenDigest: Buffer;
  readonly contactId: ContactId;
  readonly contactKind: ContactKind;
  readonly verifiedAt: Date;
  readonly verifiedUntil: Date;
  readonly expiresAt: Date;
}

export async function insertSessions(tx: Tx, sessions: readonly NewSession[]): Promise<void> {
  await run(
    tx,
    sql`insert into people.sessions (token_digest, id, language, channel, created_at, expires_at, ends_by)
        select * from unnest(${sessions.map((one) => one.tokenDigest)}::bytea[], ${sessions.map((one) => one.id)}::uuid[],
          ${sessions.map((one) => one.language)}::text[], ${sessions.map((one) => one.channel)}::text[],
          ${sessions.map((one) => one.createdAt)}::timestamptz[], ${sessions.map((one) => one.expiresAt)}::timestamptz[],
          ${sessions.map((one) => one.endsBy ?? null)}::timestamptz[])`,
  );
}

export function listSessionsByToken(tx: Tx, tokenDigests: readonly Buffer[]): Promise<SessionRow[]> {
  return rows(
    tx,
    sql`select token_digest as "tokenDigest", id, contact_id as "contactId", contact_kind as "contactKind", language, channel,
          verified_at as "verifiedAt", verified_until as "verifiedUntil", least(expires_at, ends_by) as "expiresAt", ends_by as "endsBy"
        from people.sessions where token_digest = any(${tokenDigests}::bytea[])`,
  );
}

/** Takes the rows in the order of their ids, before any contact's: whoever locks both keeps to this order. */
export function lockLiveSessions(tx: Tx, ids: readonly string[], now: Date): Promise<SessionRow[]> {
  return rows(
    tx,
    sql`select token_digest as "tokenDigest", id, contact_id as "contactId", contact_kind as "contactKind", language, channel,
          verified_at as "verifiedAt", verified_until as "verifiedUntil", least(expires_at, ends_by) as "expiresAt", ends_by as "endsBy"
        from people.sessions where id = any(${ids}::uuid[]) and least(expires_at, ends_by) > ${now} order by id for update`,
  );
}

/** Moves lapses forward, never back: two pages may be read at once. */
export async function slideSessions(
  tx: Tx,
  slides: readonly { readonly id: string; readonly until: Date }[],
): Promise<void> {
  await run(
    tx,
    sql`update people.sessions s set verified_until = t.until
        from unnest(${slides.map((one) => one.id)}::uuid[], ${slides.map((one) => one.until)}::timestamptz[]) as t (id, until)
        where s.id = t.id and s.verified_until < t.until`,
  );
}

export async function verifySessions(tx: Tx, verifications: readonly Verification[]): Promise<void> {
  if (verifications.length === 0) return;
  await run(
    tx,
    sql`update people.sessions s
        set token_digest = t.token_digest, contact_id = t.contact_id, contact_kind = t.contact_kind,
          verified_at = t.verified_at, verified_until = t.verified_until, expires_at = t.expires_at
        from unnest(${verifications.map((one) => one.sessionId)}::uuid[], ${verifications.map((one) => one.tokenDigest)}::bytea[],
          ${verifications.map((one) => one.contactId)}::uuid[], ${verifications.map((one) => one.contactKind)}::text[],
          ${verifications.map((one) => one.verifiedAt)}::timestamptz[], ${verifications.map((one) => one.verifiedUntil)}::timestamptz[],
          ${verifications.map((one) => one.expiresAt)}::timestamptz[])
          as t (id, token_digest, contact_id, contact_kind, verified_at, verified_until, expires_at)
        where s.id = t.id`,
  );
}

export async function expireSession(tx: Tx, id: string, now: Date): Promise<void> {
  await run(tx, sql`update people.sessions set expires_at = ${now} where id = ${id} and expires_at > ${now}`);
}

/** Ends whatever else this session's contact has open, and makes it forget the contact. */
export async function expireOtherSessions(tx: Tx, contactId: ContactId, exceptId: string, now: Date): Promise<number> {
  return run(
    tx,
    sql`update people.sessions set expires_at = ${now} where contact_id = ${contactId} and id <> ${exceptId} and expires_at > ${now}`,
  );
}

/** Where an account is open, the newest proof first. */
export function listAccountSessions(
  tx: Tx,
  accountId: ContactId,
  now: Date,
): Promise<{ id: string; channel: Channel; language: Language; verifiedAt: Date }[]> {
  return rows(
    tx,
    sql`select id, channel, language, verified_at as "verifiedAt" from people.sessions
        where contact_id = ${accountId} and least(expires_at, ends_by) > ${now} and verified_until > ${now} order by verified_at desc limit 50`,
  );
}
