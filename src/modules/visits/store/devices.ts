import type { OfficeId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Device, DeviceKind } from "../types.ts";

export async function insertDevice(
  tx: Tx,
  device: {
    id: string;
    officeId: OfficeId;
    kind: DeviceKind;
    codeDigest: Uint8Array;
    codeUntil: Date;
    offeredBy: string;
  },
): Promise<void> {
  const { id, officeId, kind, codeDigest, codeUntil, offeredBy } = device;
  await run(
    tx,
    sql`insert into visits.devices (id, office_id, kind, code_digest, code_until, offered_by)
        values (${id}, ${officeId}, ${kind}, ${codeDigest}, ${codeUntil}, ${offeredBy})`,
  );
}

/** Takes the code for good: of two browsers that send it one gets the device. */
export async function takeCode(
  tx: Tx,
  kind: DeviceKind,
  codeDigest: Uint8Array,
  tokenDigest: Uint8Array,
  now: Date,
): Promise<Device | undefined> {
  const [device] = await rows<Device>(
    tx,
    sql`update visits.devices set code_digest = null, token_digest = ${tokenDigest}, enrolled_at = ${now}
        where code_digest = ${codeDigest} and kind = ${kind} and code_until > ${now} and revoked_at is null
        returning id, office_id as "officeId", kind, enrolled_at as "enrolledAt"`,
  );
  return device;
}

export async function findByToken(tx: Tx, tokenDigest: Uint8Array): Promise<Device | undefined> {
  const [device] = await rows<Device>(
    tx,
    sql`select id, office_id as "officeId", kind, enrolled_at as "enrolledAt" from visits.devices
        where token_digest = ${tokenDigest} and revoked_at is null`,
  );
  return device;
}

/** Devices of an office that are enrolled, the newest first. */
export function listEnrolled(tx: Tx, officeId: OfficeId): Promise<Device[]> {
  return rows(
    tx,
    sql`select id, office_id as "officeId", kind, enrolled_at as "enrolledAt" from visits.devices
        where office_id = ${officeId} and token_digest is not null and revoked_at is null order by enrolled_at desc, id`,
  );
}

/** Whether there was one to revoke. */
export async function revoke(tx: Tx, officeId: OfficeId, id: string, now: Date): Promise<boolean> {
  const found = await run(
    tx,
    sql`update visits.devices set revoked_at = ${now} where office_id = ${officeId} and id = ${id} and revoked_at is null`,
  );
  return found > 0;
}
