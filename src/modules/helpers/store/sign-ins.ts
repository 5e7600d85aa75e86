import type { LocalDate } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { HelperId, HelperSession } from "../types.ts";

export async function insertEnrolment(tx: Tx, tokenDigest: Buffer, helperId: HelperId, expiresAt: Date): Promise<void> {
  await run(
    tx,
    sql`insert into helpers.enrolments (token_digest, helper_id, expires_at) values (${tokenDigest}, ${helperId}, ${expiresAt})`,
  );
}

/** Whose code that is, while it is good and the helper may work. */
export async function findEnrolled(tx: Tx, tokenDigest: Buffer, now: Date): Promise<HelperId | undefined> {
  const [row] = await rows<{ id: HelperId }>(
    tx,
    sql`select h.id from helpers.enrolments e join helpers.helpers h on h.id = e.helper_id
        where e.token_digest = ${tokenDigest} and e.used_at is null and e.expires_at > ${now} and h.state = 'approved'`,
  );
  return row?.id;
}

/** False when the code was used or ran out meanwhile. */
export async function useEnrolment(tx: Tx, tokenDigest: Buffer, now: Date): Promise<boolean> {
  const used = await run(
    tx,
    sql`update helpers.enrolments set used_at = ${now} where token_digest = ${tokenDigest} and used_at is null and expires_at > ${now}`,
  );
  return used === 1;
}

export interface HelperPasskey {
  readonly credentialId: string;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
}

export function listPasskeys(tx: Tx, id: HelperId): Promise<{ credentialId: string; transports: string[] }[]> {
  return rows(
    tx,
    sql`select credential_id as "credentialId", transports from helpers.passkeys where helper_id = ${id} order by 1`,
  );
}

/** False when the credential is registered already. */
export async function insertPasskey(
  tx: Tx,
  passkey: HelperPasskey & { readonly helperId: HelperId; readonly createdAt: Date },
): Promise<boolean> {
  const inserted = await run(
    tx,
    sql`insert into helpers.passkeys (credential_id, helper_id, public_key, counter, transports, created_at)
        values (${passkey.credentialId}, ${passkey.helperId}, ${passkey.publicKey}, ${passkey.counter}, ${[...passkey.transports]}::text[], ${passkey.createdAt})
        on conflict (credential_id) do nothing`,
  );
  return inserted === 1;
}

export async function findPasskey(
  tx: Tx,
  credentialId: string,
): Promise<(HelperPasskey & { helperId: HelperId }) | undefined> {
  const [row] = await rows<HelperPasskey & { helperId: HelperId }>(
    tx,
    sql`select k.credential_id as "credentialId", k.public_key as "publicKey", k.counter::float8 as counter, k.transports, k.helper_id as "helperId"
        from helpers.passkeys k join helpers.helpers h on h.id = k.helper_id where k.credential_id = ${credentialId} and h.state = 'approved'`,
  );
  return row;
}

/** False when another sign-in moved the counter as far meanwhile; authenticators without one stay at zero. */
export async function moveCounter(tx: Tx, credentialId: string, counter: number, now: Date): Promise<boolean> {
  const moved = await run(
    tx,
    sql`update helpers.passkeys set counter = ${counter}, last_used_at = ${now}
        where credential_id = ${credentialId} and (counter < ${counter}::bigint or (counter = 0 and ${counter}::bigint = 0))`,
  );
  return moved === 1;
}

export interface NewHelperSession {
  readonly id: string;
  readonly tokenDigest: Buffer;
  readonly helperId: HelperId;
  readonly challengeDigest: Buffer;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** False when that challenge already opened one, or the helper may no longer work. */
export async function insertSession(tx: Tx, one: NewHelperSession): Promise<boolean> {
  const inserted = await run(
    tx,
    sql`insert into helpers.sessions (token_digest, id, helper_id, challenge_digest, created_at, expires_at)
        select ${one.tokenDigest}, ${one.id}::uuid, h.id, ${one.challengeDigest}, ${one.createdAt}::timestamptz, ${one.expiresAt}::timestamptz
        from helpers.helpers h where h.id = ${one.helperId} and h.state = 'approved'
        on conflict (challenge_digest) do nothing`,
  );
  return inserted === 1;
}

/** Whom the cookie stands for at this moment. */
export async function findSessionByToken(
  tx: Tx,
  tokenDigest: Buffer,
  now: Date,
  today: LocalDate,
): Promise<HelperSession | undefined> {
  const [row] = await rows<HelperSession>(
    tx,
    sql`select s.id, s.helper_id as "helperId", s.created_at as since, s.expires_at as "expiresAt"
        from helpers.sessions s join helpers.helpers h on h.id = s.helper_id where s.token_digest = ${tokenDigest} and s.ended_at is null and s.expires_at > ${now} and h.state = 'approved' and h.ends_on >= ${today}::date`,
  );
  return row;
}

/** The same, with the helper held until the transaction ends: whoever suspends it waits, or comes first. */
export async function lockLive(tx: Tx, sessionId: string, now: Date, today: LocalDate): Promise<HelperId | undefined> {
  const [row] = await rows<{ id: HelperId }>(
    tx,
    sql`select h.id from helpers.sessions s join helpers.helpers h on h.id = s.helper_id
        where s.id = ${sessionId} and s.ended_at is null and s.expires_at > ${now} and h.state = 'approved' and h.ends_on >= ${today}::date for update of h`,
  );
  return row?.id;
}

/** Where it was signed in of late, the newest first. */
export function listSessions(
  tx: Tx,
  id: HelperId,
  most: number,
): Promise<{ id: string; since: Date; expiresAt: Date; endedAt: Date | null }[]> {
  return rows(
    tx,
    sql`select id, created_at as since, expires_at as "expiresAt", ended_at as "endedAt" from helpers.sessions
        where helper_id = ${id} order by created_at desc limit ${most}`,
  );
}

/** Ends that one, or all but that one. Returns how many. */
export function endSessions(
  tx: Tx,
  id: HelperId,
  { session, others }: { readonly session: string; readonly others: boolean },
  now: Date,
): Promise<number> {
  return run(
    tx,
    sql`update helpers.sessions set ended_at = ${now} where helper_id = ${id} and ended_at is null and (id = ${session}::uuid) <> ${others}::bool`,
  );
}
