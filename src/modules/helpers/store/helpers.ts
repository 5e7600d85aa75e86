import type { LocalDate, StaffId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Approval } from "../rules/states.ts";
import type { HelperId, HelperKind, HelperReason, HelperState } from "../types.ts";

export interface NewHelper {
  readonly id: HelperId;
  readonly kind: HelperKind;
  readonly peopleAWeek: number;
  readonly sealed: Buffer;
  readonly askedAt: Date;
  readonly endsOn: LocalDate;
  readonly eraseAfter: LocalDate;
}

export async function insertHelper(tx: Tx, one: NewHelper): Promise<void> {
  await run(
    tx,
    sql`insert into helpers.helpers (id, kind, people_a_week, sealed, asked_at, changed_at, ends_on, erase_after)
        values (${one.id}, ${one.kind}, ${one.peopleAWeek}, ${one.sealed}, ${one.askedAt}, ${one.askedAt}, ${one.endsOn}, ${one.eraseAfter})`,
  );
}

export interface HelperRow {
  readonly id: HelperId;
  readonly kind: HelperKind;
  readonly peopleAWeek: number;
  readonly sealed: Buffer;
  readonly state: HelperState;
  readonly version: number;
  readonly reason: HelperReason | null;
  readonly askedAt: Date;
  readonly approvedAt: Date | null;
  readonly changedAt: Date;
  readonly endsOn: LocalDate;
  readonly eraseAfter: LocalDate;
}

export async function lockHelper(tx: Tx, id: HelperId): Promise<HelperRow | undefined> {
  const [row] = await rows<HelperRow>(
    tx,
    sql`select id, kind, people_a_week as "peopleAWeek", sealed, state, version, reason, asked_at as "askedAt", approved_at as "approvedAt",
  changed_at as "changedAt", to_char(ends_on, 'YYYY-MM-DD') as "endsOn", to_char(erase_after, 'YYYY-MM-DD') as "eraseAfter" from helpers.helpers where id = ${id} for update`,
  );
  return row;
}

/** Those that wait first, then those at work, then the others; the latest first. */
export function listHelperRows(tx: Tx, most: number): Promise<HelperRow[]> {
  return rows(
    tx,
    sql`select id, kind, people_a_week as "peopleAWeek", sealed, state, version, reason, asked_at as "askedAt", approved_at as "approvedAt",
  changed_at as "changedAt", to_char(ends_on, 'YYYY-MM-DD') as "endsOn", to_char(erase_after, 'YYYY-MM-DD') as "eraseAfter" from helpers.helpers
        order by array_position(array['asked', 'suspended', 'approved', 'refused', 'ended'], state), changed_at desc, id limit ${most}`,
  );
}

export interface StateChange {
  readonly state: HelperState;
  readonly reason: HelperReason | null;
  readonly at: Date;
  readonly approvedAt: Date | null;
  readonly endsOn: LocalDate;
  readonly eraseAfter: LocalDate;
}

export async function saveState(tx: Tx, id: HelperId, change: StateChange): Promise<void> {
  await run(
    tx,
    sql`update helpers.helpers set state = ${change.state}, reason = ${change.reason}, changed_at = ${change.at}, version = version + 1,
          approved_at = ${change.approvedAt}, ends_on = ${change.endsOn}, erase_after = ${change.eraseAfter}
        where id = ${id}`,
  );
}

export async function insertApproval(tx: Tx, id: HelperId, approval: Approval, at: Date): Promise<void> {
  await run(
    tx,
    sql`insert into helpers.approvals (helper_id, staff_id, house, approved_at) values (${id}, ${approval.staffId}, ${approval.house}, ${at})`,
  );
  await run(tx, sql`update helpers.helpers set version = version + 1 where id = ${id}`);
}

export function listApprovals(tx: Tx, id: HelperId): Promise<{ staffId: StaffId; house: string; at: Date }[]> {
  return rows(
    tx,
    sql`select staff_id as "staffId", house, approved_at as at from helpers.approvals where helper_id = ${id} order by approved_at, staff_id`,
  );
}

/** Ends where it is signed in and the codes that nobody used. Help that goes on is the citizen's visit and goes on. */
export async function endSignIns(tx: Tx, id: HelperId, now: Date): Promise<void> {
  await run(tx, sql`update helpers.sessions set ended_at = ${now} where helper_id = ${id} and ended_at is null`);
  await run(tx, sql`update helpers.enrolments set used_at = ${now} where helper_id = ${id} and used_at is null`);
}
