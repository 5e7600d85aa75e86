import type { LocalDate, StaffId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { StaffRole } from "../types.ts";
import { ERASED_AT_ONCE } from "./erasure.ts";

export interface ReleaseRow {
  readonly id: string;
  readonly kind: "counts" | "disclosure";
  /** First day of the month of counts. */
  readonly month: LocalDate | null;
  readonly askedAt: Date;
  readonly expiresAt: Date;
  readonly firstId: StaffId | null;
  readonly secondId: StaffId | null;
  readonly usedAt: Date | null;
}

export async function insertRelease(
  tx: Tx,
  one: Pick<ReleaseRow, "id" | "kind" | "month" | "askedAt" | "expiresAt" | "firstId"> & { readonly subject?: Buffer },
): Promise<void> {
  const firstAt = one.firstId === null ? null : one.askedAt;
  // The console may not name the subject at all.
  await run(
    tx,
    one.subject === undefined
      ? sql`insert into people.releases (id, kind, month, asked_at, expires_at, first_id, first_at)
            values (${one.id}, ${one.kind}, ${one.month}, ${one.askedAt}, ${one.expiresAt}, ${one.firstId}, ${firstAt})`
      : sql`insert into people.releases (id, kind, subject, asked_at, expires_at) values (${one.id}, ${one.kind}, ${one.subject}, ${one.askedAt}, ${one.expiresAt})`,
  );
}

/** Those that can still be signed or taken away, the newest first. */
export function listReleaseRows(tx: Tx, now: Date): Promise<ReleaseRow[]> {
  return rows(
    tx,
    sql`select id, kind, to_char(month, 'YYYY-MM-DD') as month, asked_at as "askedAt", expires_at as "expiresAt", first_id as "firstId", second_id as "secondId", used_at as "usedAt" from people.releases where expires_at > ${now} and used_at is null order by asked_at desc, id limit 100`,
  );
}

export async function lockRelease(tx: Tx, id: string, now: Date): Promise<ReleaseRow | undefined> {
  const [row] = await rows<ReleaseRow>(
    tx,
    sql`select id, kind, to_char(month, 'YYYY-MM-DD') as month, asked_at as "askedAt", expires_at as "expiresAt", first_id as "firstId", second_id as "secondId", used_at as "usedAt" from people.releases where id = ${id} and expires_at > ${now} for update`,
  );
  return row;
}

export async function signReleaseRow(
  tx: Tx,
  id: string,
  which: "first" | "second",
  by: StaffId,
  now: Date,
): Promise<void> {
  await run(
    tx,
    which === "first"
      ? sql`update people.releases set first_id = ${by}, first_at = ${now} where id = ${id}`
      : sql`update people.releases set second_id = ${by}, second_at = ${now} where id = ${id}`,
  );
}

export async function useReleaseRow(tx: Tx, id: string, now: Date): Promise<void> {
  await run(tx, sql`update people.releases set used_at = ${now} where id = ${id}`);
}

/** Of the disclosures about one of these digests the one that is closest to being answered. */
export async function findDisclosure(tx: Tx, subjects: readonly Buffer[], now: Date): Promise<ReleaseRow | undefined> {
  const [row] = await rows<ReleaseRow>(
    tx,
    sql`select id, kind, to_char(month, 'YYYY-MM-DD') as month, asked_at as "askedAt", expires_at as "expiresAt", first_id as "firstId", second_id as "secondId", used_at as "usedAt" from people.releases where kind = 'disclosure' and subject = any(${[...subjects]}::bytea[]) and expires_at > ${now} and used_at is null
        order by second_at is null, asked_at limit 1 for update`,
  );
  return row;
}

/** Roles of those who are still members of staff: whoever was dismissed or demoted since has signed nothing. */
export function activeRoles(tx: Tx, ids: readonly StaffId[]): Promise<{ id: StaffId; role: StaffRole }[]> {
  return rows(tx, sql`select id, role from people.staff where id = any(${[...ids]}::uuid[]) and active`);
}

export function deleteReleasesBefore(tx: Tx, before: Date): Promise<number> {
  return run(
    tx,
    sql`delete from people.releases where id = any(array(select id from people.releases where asked_at < ${before} limit ${ERASED_AT_ONCE}))`,
  );
}
