import type { LocalDate, StaffId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { CountsReason, DisclosureReason } from "../rules.ts";
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
  /** Null for what is older than the list of reasons. */
  readonly reason: CountsReason | DisclosureReason | null;
}

/** One of those that are told of, with the name of who asked; null where a program did, or nobody has signed. */
export interface ReleaseTold extends ReleaseRow {
  readonly askedBy: string | null;
}

export async function insertRelease(
  tx: Tx,
  one: Pick<ReleaseRow, "id" | "kind" | "month" | "askedAt" | "expiresAt" | "firstId" | "reason"> & {
    readonly subject?: Buffer;
  },
): Promise<void> {
  const firstAt = one.firstId === null ? null : one.askedAt;
  // The console may not name the subject at all.
  await run(
    tx,
    one.subject === undefined
      ? sql`insert into people.releases (id, kind, month, reason, asked_at, expires_at, first_id, first_at)
            values (${one.id}, ${one.kind}, ${one.month}, ${one.reason}, ${one.askedAt}, ${one.expiresAt}, ${one.firstId}, ${firstAt})`
      : sql`insert into people.releases (id, kind, subject, reason, asked_at, expires_at) values (${one.id}, ${one.kind}, ${one.subject}, ${one.reason}, ${one.askedAt}, ${one.expiresAt})`,
  );
}

/** Those that can still be signed or taken away, the newest first. */
export function listReleaseRows(tx: Tx, now: Date): Promise<ReleaseTold[]> {
  return rows(
    tx,
    sql`select r.id, r.kind, to_char(r.month, 'YYYY-MM-DD') as month, r.asked_at as "askedAt", r.expires_at as "expiresAt", r.first_id as "firstId", r.second_id as "secondId", r.used_at as "usedAt", r.reason,
          case when r.kind = 'counts' then s.name end as "askedBy"
        from people.releases r left join people.staff s on s.id = r.first_id
        where r.expires_at > ${now} and r.used_at is null order by r.asked_at desc, r.id desc limit 100`,
  );
}

/** Those that were taken away or whose hours passed, the newest first, from the one before `before` on. */
export function listEndedRows(tx: Tx, now: Date, before: string | undefined, most: number): Promise<ReleaseTold[]> {
  return rows(
    tx,
    sql`select r.id, r.kind, to_char(r.month, 'YYYY-MM-DD') as month, r.asked_at as "askedAt", r.expires_at as "expiresAt", r.first_id as "firstId", r.second_id as "secondId", r.used_at as "usedAt", r.reason,
          case when r.kind = 'counts' then s.name end as "askedBy"
        from people.releases r left join people.staff s on s.id = r.first_id
        where (r.expires_at <= ${now} or r.used_at is not null)
          and (${before ?? null}::uuid is null or (r.asked_at, r.id) < (select b.asked_at, b.id from people.releases b where b.id = ${before ?? null}::uuid))
        order by r.asked_at desc, r.id desc limit ${most}`,
  );
}

export async function lockRelease(tx: Tx, id: string, now: Date): Promise<ReleaseRow | undefined> {
  const [row] = await rows<ReleaseRow>(
    tx,
    sql`select id, kind, to_char(month, 'YYYY-MM-DD') as month, asked_at as "askedAt", expires_at as "expiresAt", first_id as "firstId", second_id as "secondId", used_at as "usedAt", reason from people.releases where id = ${id} and expires_at > ${now} for update`,
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
    sql`select id, kind, to_char(month, 'YYYY-MM-DD') as month, asked_at as "askedAt", expires_at as "expiresAt", first_id as "firstId", second_id as "secondId", used_at as "usedAt", reason from people.releases where kind = 'disclosure' and subject = any(${[...subjects]}::bytea[]) and expires_at > ${now} and used_at is null
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
