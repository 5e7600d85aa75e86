import type { OfficeId, StaffId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { StaffRole } from "../types.ts";
import type { StaffRow } from "./staff.ts";

export async function insertEnrolment(
  tx: Tx,
  enrolment: { tokenDigest: Buffer; staffId: StaffId; expiresAt: Date },
): Promise<void> {
  await run(
    tx,
    sql`insert into people.enrolments (token_digest, staff_id, expires_at) values (${enrolment.tokenDigest}, ${enrolment.staffId}, ${enrolment.expiresAt})`,
  );
}

export async function findEnrolledStaff(tx: Tx, tokenDigest: Buffer, now: Date): Promise<StaffRow | undefined> {
  const [row] = await rows<StaffRow>(
    tx,
    sql`select p.id, p.office_id as "officeId", p.role, p.name from people.enrolments e join people.staff p on p.id = e.staff_id
        where e.token_digest = ${tokenDigest} and e.used_at is null and e.expires_at > ${now} and p.active`,
  );
  return row;
}

/** False when the link was used or ran out meanwhile. */
export async function useEnrolment(tx: Tx, tokenDigest: Buffer, now: Date): Promise<boolean> {
  const used = await run(
    tx,
    sql`update people.enrolments set used_at = ${now} where token_digest = ${tokenDigest} and used_at is null and expires_at > ${now}`,
  );
  return used === 1;
}

export interface Passkey {
  readonly credentialId: string;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
}

export function listPasskeys(tx: Tx, staffId: StaffId): Promise<{ credentialId: string; transports: string[] }[]> {
  return rows(
    tx,
    sql`select credential_id as "credentialId", transports from people.passkeys where staff_id = ${staffId}`,
  );
}

/** False when the credential is registered already. */
export async function insertPasskey(
  tx: Tx,
  passkey: Passkey & { readonly staffId: StaffId; readonly createdAt: Date },
): Promise<boolean> {
  const inserted = await run(
    tx,
    sql`insert into people.passkeys (credential_id, staff_id, public_key, counter, transports, created_at)
        values (${passkey.credentialId}, ${passkey.staffId}, ${passkey.publicKey}, ${passkey.counter}, ${passkey.transports}::text[], ${passkey.createdAt})
        on conflict (credential_id) do nothing`,
  );
  return inserted === 1;
}

export interface PasskeyOfStaff extends Passkey {
  readonly staffId: StaffId;
  readonly officeId: OfficeId | null;
  readonly role: StaffRole;
  readonly name: string;
}

export async function findPasskey(tx: Tx, credentialId: string): Promise<PasskeyOfStaff | undefined> {
  const [row] = await rows<PasskeyOfStaff>(
    tx,
    sql`select k.credential_id as "credentialId", k.public_key as "publicKey", k.counter::float8 as counter, k.transports,
          p.id as "staffId", p.office_id as "officeId", p.role, p.name
        from people.passkeys k join people.staff p on p.id = k.staff_id where k.credential_id = ${credentialId} and p.active`,
  );
  return row;
}

/** False when another sign-in moved the counter as far meanwhile; authenticators without one stay at zero. */
export async function moveCounter(tx: Tx, credentialId: string, counter: number, now: Date): Promise<boolean> {
  const moved = await run(
    tx,
    sql`update people.passkeys set counter = ${counter}, last_used_at = ${now}
        where credential_id = ${credentialId} and (counter < ${counter}::bigint or (counter = 0 and ${counter}::bigint = 0))`,
  );
  return moved === 1;
}
