import type { OfficeId, StaffId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { StaffMember, StaffRole } from "../types.ts";

export interface StaffRow {
  readonly id: StaffId;
  readonly officeId: OfficeId | null;
  readonly role: StaffRole;
  readonly name: string;
}

export async function insertStaff(tx: Tx, member: StaffMember, now: Date): Promise<void> {
  await run(
    tx,
    sql`insert into people.staff (id, office_id, role, name, created_at) values (${member.id}, ${member.officeId ?? null}, ${member.role}, ${member.name}, ${now})`,
  );
}

export async function findActiveStaff(tx: Tx, id: string): Promise<StaffRow | undefined> {
  const [row] = await rows<StaffRow>(
    tx,
    sql`select id, office_id as "officeId", role, name from people.staff where id = ${id} and active`,
  );
  return row;
}

/** Ends the person's sessions and links in the same instant. Returns false when there was no such active person. */
export async function deactivateStaffRow(tx: Tx, id: StaffId, now: Date): Promise<boolean> {
  const changed = await run(tx, sql`update people.staff set active = false where id = ${id} and active`);
  await run(tx, sql`update people.staff_sessions set ended_at = ${now} where staff_id = ${id} and ended_at is null`);
  await run(tx, sql`update people.enrolments set used_at = ${now} where staff_id = ${id} and used_at is null`);
  await announceEndedSession(tx);
  return changed === 1;
}

export interface NewStaffSession {
  readonly tokenDigest: Buffer;
  readonly staffId: StaffId;
  readonly challengeDigest: Buffer | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** False when that challenge already opened a session. */
export async function insertStaffSession(tx: Tx, session: NewStaffSession): Promise<boolean> {
  const inserted = await run(
    tx,
    sql`insert into people.staff_sessions (token_digest, staff_id, challenge_digest, created_at, touched_at, expires_at)
        values (${session.tokenDigest}, ${session.staffId}, ${session.challengeDigest}, ${session.createdAt}, ${session.createdAt}, ${session.expiresAt})
        on conflict (challenge_digest) do nothing`,
  );
  return inserted === 1;
}

/** Whom the tokens stand for at this moment: active people with a session that nobody ended. */
export function listStaffByToken(
  tx: Tx,
  tokenDigests: readonly Buffer[],
): Promise<(StaffRow & { tokenDigest: Buffer; expiresAt: Date; touchedAt: Date })[]> {
  return rows(
    tx,
    sql`select s.token_digest as "tokenDigest", s.expires_at as "expiresAt", s.touched_at as "touchedAt", p.id, p.office_id as "officeId", p.role, p.name
        from people.staff_sessions s join people.staff p on p.id = s.staff_id
        where s.token_digest = any(${tokenDigests}::bytea[]) and s.ended_at is null and p.active`,
  );
}

/** False when that session is over, is another's, or was touched since the challenge was given: a challenge counts once. */
export async function touchStaffSession(
  tx: Tx,
  touch: { readonly tokenDigest: Buffer; readonly staffId: StaffId; readonly challengedAt: Date; readonly now: Date },
): Promise<boolean> {
  const touched = await run(
    tx,
    sql`update people.staff_sessions set touched_at = ${touch.now}
        where token_digest = ${touch.tokenDigest} and staff_id = ${touch.staffId} and ended_at is null and touched_at < ${touch.challengedAt}`,
  );
  return touched === 1;
}

export async function endStaffSessionRow(tx: Tx, tokenDigest: Buffer, now: Date): Promise<void> {
  await run(
    tx,
    sql`update people.staff_sessions set ended_at = ${now} where token_digest = ${tokenDigest} and ended_at is null`,
  );
  await announceEndedSession(tx);
}

/** Every node asks again whose sessions still stand, so that an open stream ends at once and not at its next heartbeat. */
async function announceEndedSession(tx: Tx): Promise<void> {
  await run(tx, sql`select pg_notify('staff', '')`);
}
