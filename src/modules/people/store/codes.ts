import type { ContactId } from "#kernel/ids.ts";
import { DAY_MS } from "#kernel/time.ts";
import { oneRow, rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { CodeHistory } from "../rules.ts";
import type { CodeKind, Language } from "../types.ts";

export interface NewCode {
  readonly id: string;
  readonly sessionId: string;
  readonly contactId: ContactId;
  readonly kind: CodeKind;
  readonly language: Language;
  readonly familiar: boolean;
  readonly withheld: boolean;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** The code that counts for a session: its newest. */
export interface OpenCode {
  readonly id: string;
  readonly sessionId: string;
  readonly contactId: ContactId;
  readonly kind: CodeKind;
  readonly language: Language;
  readonly familiar: boolean;
  readonly withheld: boolean;
  readonly attempts: number;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

export async function insertCode(tx: Tx, code: NewCode): Promise<void> {
  await run(
    tx,
    sql`insert into people.codes (id, session_id, contact_id, kind, language, familiar, withheld, created_at, expires_at)
        values (${code.id}, ${code.sessionId}, ${code.contactId}, ${code.kind}, ${code.language}, ${code.familiar}, ${code.withheld}, ${code.createdAt}, ${code.expiresAt})`,
  );
}

export async function findCode(tx: Tx, id: string): Promise<{ codeId: string; expiresAt: Date } | undefined> {
  const [code] = await rows<{ codeId: string; expiresAt: Date }>(
    tx,
    sql`select id as "codeId", expires_at as "expiresAt" from people.codes where id = ${id}`,
  );
  return code;
}

/** What the limits are judged by, in one statement whether the contact is known or not. */
export async function getCodeHistory(
  tx: Tx,
  sessionId: string,
  contactId: ContactId,
  windowFrom: Date,
  now: Date,
): Promise<CodeHistory> {
  return oneRow(
    tx,
    sql`select
          coalesce(array_agg(created_at order by created_at) filter (where session_id = ${sessionId} and contact_id = ${contactId} and created_at > ${windowFrom}), '{}') as "ownInWindow",
          coalesce(array_agg(created_at order by created_at) filter (where session_id = ${sessionId}), '{}') as "ownInDay",
          (count(*) filter (where contact_id = ${contactId} and not familiar and not withheld and created_at > ${windowFrom}))::int as "strangersInWindow",
          (count(*) filter (where contact_id = ${contactId} and not familiar and not withheld))::int as "strangersInDay",
          coalesce(sum(attempts) filter (where contact_id = ${contactId} and not familiar and not withheld), 0)::int as "strangerTries"
        from people.codes where (session_id = ${sessionId} or contact_id = ${contactId}) and created_at > ${dayBefore(now)}`,
  );
}

export function listNewestCodes(tx: Tx, sessionIds: readonly string[]): Promise<OpenCode[]> {
  return rows(
    tx,
    sql`select c.id, c.session_id as "sessionId", c.contact_id as "contactId", c.kind, c.language, c.familiar, c.withheld, c.attempts,
          c.expires_at as "expiresAt", c.used_at as "usedAt"
        from unnest(${sessionIds}::uuid[]) as wanted (session_id)
        cross join lateral (select * from people.codes where session_id = wanted.session_id order by created_at desc, id limit 1) c`,
  );
}

/** Wrong tries by strangers within 24 hours, of each contact. Tries at a withheld code could not have been right. */
export function listStrangerTries(
  tx: Tx,
  contactIds: readonly ContactId[],
  now: Date,
): Promise<{ contactId: ContactId; tries: number }[]> {
  return rows(
    tx,
    sql`select contact_id as "contactId", sum(attempts)::int as tries from people.codes
        where contact_id = any(${contactIds}::uuid[]) and not familiar and not withheld and created_at > ${dayBefore(now)} group by contact_id`,
  );
}

export async function saveTries(
  tx: Tx,
  codes: readonly { readonly id: string; readonly attempts: number; readonly usedAt: Date | null }[],
): Promise<void> {
  if (codes.length === 0) return;
  await run(
    tx,
    sql`update people.codes c set attempts = t.attempts, used_at = t.used_at
        from unnest(${codes.map((one) => one.id)}::uuid[], ${codes.map((one) => one.attempts)}::smallint[], ${codes.map((one) => one.usedAt)}::timestamptz[]) as t (id, attempts, used_at)
        where c.id = t.id`,
  );
}

function dayBefore(now: Date): Date {
  return new Date(now.getTime() - DAY_MS);
}
