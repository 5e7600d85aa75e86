import type { BookingId, OfficeId, StaffId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Cluster } from "../rules/clusters.ts";
import { IMMUNE_DAYS, type Attempt } from "../rules/cases.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { AttemptChannel, CaseId, CaseRow, CaseState, ClusterId } from "../types.ts";
import { newId } from "#platform/random.ts";

/** Days for which a case is kept: a year of figures, and the month in which they are counted. */
const KEPT_DAYS = 395;
/** Stands for a kind of evidence that is enough alone. */
export const HARD_KINDS = 9;
/** More than anybody works through in a day. */
const MOST_LISTED = 500;

/**
 * Flags the group's bookings that are still to come; one that is open takes the new points, one that nobody signed is looked at again, one that was decided stays decided. What its own contact
 * confirmed is looked at again once there is hard evidence that there was not; people of whom a document was seen are passed over but for an advert. */
export async function flagBookings(
  tx: Tx,
  clusterId: ClusterId,
  bookingIds: readonly string[],
  { level, score }: Pick<Cluster, "level" | "score">,
  now: Date,
): Promise<void> {
  const isSold = score.terms.some((one) => one.code === "resale");
  const immuneSince = new Date(now.getTime() - IMMUNE_DAYS * DAY_MS);
  await run(
    tx,
    sql`insert into integrity.cases as c (id, booking_id, office_id, contact_id, cluster_id, origin, level, points, kinds, terms, state, starts_at, flagged_at, erase_after)
        select gen_random_uuid(), booking_id, office_id, contact_id, ${clusterId}, 'score', ${level}, ${score.points}, ${score.strong ? HARD_KINDS : score.families.length}, ${JSON.stringify(score.terms)}::jsonb, 'flagged', starts_at, ${now}, ${now}::date + ${KEPT_DAYS}::int
        from integrity.observations o where booking_id = any(${[...bookingIds]}::uuid[]) and cancelled_at is null and ended is null and starts_at > ${now}
          and (${isSold} or not coalesce((select bool_and(exists (select from integrity.filings s where s.person_id = f.person_id and s.contact_id = o.contact_id and s.seen and s.filed_at > ${immuneSince}))
            from integrity.filings f where f.source_id = o.booking_id), false)) order by booking_id
        on conflict (booking_id) do update set cluster_id = excluded.cluster_id, level = excluded.level, points = excluded.points, kinds = excluded.kinds, terms = excluded.terms, starts_at = excluded.starts_at,
          state = case when c.state in ('cleared', 'validated') then 'flagged' else c.state end, settled_at = null, queued_at = case when c.state in ('cleared', 'validated') then null else c.queued_at end, version = c.version + (c.state = 'validated')::int
          where c.state in ('flagged', 'queued', 'challenged') or c.state = 'cleared' and c.settled_by is null
            or c.state = 'validated' and c.settled_by is null and excluded.kinds = ${HARD_KINDS} and c.kinds < ${HARD_KINDS}`,
  );
}

/** One booking in a hundred, by the dice. */
export async function flagControls(tx: Tx, bookingIds: readonly BookingId[], now: Date): Promise<void> {
  await run(
    tx,
    sql`insert into integrity.cases (id, booking_id, office_id, contact_id, origin, level, points, kinds, terms, state, starts_at, flagged_at, queued_at, erase_after)
        select gen_random_uuid(), booking_id, office_id, contact_id, 'control', 'green', 0, 0, coalesce((select c.terms from integrity.clusters c where c.id = o.cluster_id), '[]'::jsonb), 'queued', starts_at, ${now}, ${now}, ${now}::date + ${KEPT_DAYS}::int
        from integrity.observations o where booking_id = any(${[...bookingIds]}::uuid[]) and cancelled_at is null and ended is null and starts_at > ${now}
        on conflict (booking_id) do nothing`,
  );
}

/** Bookings of the last week and what of them was queued for its score, for offices where something waits. */
export function listWeeks(tx: Tx, since: Date): Promise<{ officeId: OfficeId; bookings: number; queued: number }[]> {
  return rows(
    tx,
    sql`select f.office_id as "officeId", (select count(*)::int from integrity.observations o where o.office_id = f.office_id and o.booked_at >= ${since}) as bookings,
          (select count(*)::int from integrity.cases c where c.office_id = f.office_id and c.origin = 'score' and c.queued_at >= ${since}) as queued
        from integrity.cases f where f.state = 'flagged' group by f.office_id order by f.office_id`,
  );
}

/** The strongest first; of equal ones whoever comes sooner. */
export async function queueSome(tx: Tx, officeId: OfficeId, most: number, now: Date): Promise<void> {
  await run(
    tx,
    sql`update integrity.cases set state = 'queued', queued_at = ${now}, version = version + 1 where id in (
          select id from integrity.cases where office_id = ${officeId} and state = 'flagged' and starts_at > ${now} order by points desc, starts_at, id limit ${most})`,
  );
}

/** What nobody needs to look at any more: its hour has passed, it was given back, or its group fell apart before anybody asked. */
export async function clearPointless(tx: Tx, now: Date): Promise<void> {
  await run(
    tx,
    sql`update integrity.cases c set starts_at = o.starts_at, version = version + 1 from integrity.observations o
        where o.booking_id = c.booking_id and c.state in ('flagged', 'queued', 'challenged') and o.starts_at <> c.starts_at`,
  );
  await run(
    tx,
    sql`update integrity.cases c set state = 'cleared', settled_at = ${now}, version = version + 1
        from integrity.observations o where o.booking_id = c.booking_id and c.state in ('flagged', 'queued', 'challenged')
          and (o.starts_at <= ${now} or o.cancelled_at is not null or o.ended is not null or (c.origin = 'score' and c.cluster_id is null and c.state <> 'challenged'))`,
  );
}

export function lockCases(tx: Tx, ids: readonly CaseId[]): Promise<CaseRow[]> {
  return rows(
    tx,
    sql`select id, booking_id as "bookingId", office_id as "officeId", contact_id as "contactId", cluster_id as "clusterId", origin, level, points, state, version, starts_at as "startsAt",
  settled_at as "settledAt", settled_by as "settledBy", ahead_by as "aheadBy", appealed_at as "appealedAt", appeal_reason as "appealReason", appeal_verdict as "appealVerdict" from integrity.cases where id = any(${[...ids]}::uuid[]) order by id for update`,
  );
}

/** Cases in these states, or with an appeal that nobody decided; of one group where that is asked. The strongest first. */
export function listCases(
  tx: Tx,
  where: { readonly clusterId?: ClusterId; readonly states: readonly CaseState[]; readonly appealed?: boolean },
): Promise<CaseRow[]> {
  return rows(
    tx,
    sql`select id, booking_id as "bookingId", office_id as "officeId", contact_id as "contactId", cluster_id as "clusterId", origin, level, points, state, version, starts_at as "startsAt",
  settled_at as "settledAt", settled_by as "settledBy", ahead_by as "aheadBy", appealed_at as "appealedAt", appeal_reason as "appealReason", appeal_verdict as "appealVerdict" from integrity.cases
        where (state = any(${[...where.states]}::text[]) or ${where.appealed ?? false} and appealed_at is not null and appeal_verdict is null)
          and (${where.clusterId ?? null}::uuid is null or cluster_id = ${where.clusterId ?? null}::uuid)
        order by points desc, starts_at, id limit ${MOST_LISTED}`,
  );
}

export async function challengeCases(tx: Tx, ids: readonly CaseId[], by: StaffId, at: Date): Promise<void> {
  await run(
    tx,
    sql`update integrity.cases set state = 'challenged', challenged_at = ${at}, challenged_by = ${by}, version = version + 1 where id = any(${[...ids]}::uuid[])`,
  );
}

export async function settleCases(
  tx: Tx,
  ids: readonly CaseId[],
  { state, by, at }: { readonly state: CaseState; readonly by: StaffId; readonly at: Date },
): Promise<void> {
  await run(
    tx,
    sql`update integrity.cases set state = ${state}, settled_at = ${at}, settled_by = ${by}, version = version + 1 where id = any(${[...ids]}::uuid[])`,
  );
}

/** Signs ahead that its holder was not reached; null takes it back, for somebody answered after all. */
export async function signAhead(tx: Tx, id: CaseId, by: StaffId | null, at: Date): Promise<void> {
  await run(
    tx,
    sql`update integrity.cases set ahead_by = ${by}, ahead_at = ${by === null ? null : at}, version = version + 1 where id = ${id}`,
  );
}

/** Signed ahead, asked about still, and due: their visits are to come and begin before that instant. */
export async function listSignedAhead(tx: Tx, now: Date, beginBefore: Date): Promise<CaseId[]> {
  const found = await rows<{ id: CaseId }>(
    tx,
    sql`select id from integrity.cases where state = 'challenged' and ahead_by is not null and starts_at > ${now} and starts_at <= ${beginBefore} order by id limit ${MOST_LISTED}`,
  );
  return found.map((one) => one.id);
}

export async function decideAppealOf(
  tx: Tx,
  id: CaseId,
  { verdict, by, at }: { readonly verdict: "won" | "upheld"; readonly by: StaffId; readonly at: Date },
): Promise<void> {
  await run(
    tx,
    sql`update integrity.cases set appeal_verdict = ${verdict}, appeal_decided_at = ${at}, appeal_decided_by = ${by}, state = case when ${verdict} = 'won' then 'validated' else state end, version = version + 1
        where id = ${id}`,
  );
}

export async function insertAttempts(
  tx: Tx,
  attempts: readonly {
    readonly caseId: CaseId;
    readonly channel: AttemptChannel;
    readonly reached: boolean;
    readonly at: Date;
    readonly staffId: StaffId | null;
  }[],
): Promise<void> {
  await run(
    tx,
    sql`insert into integrity.attempts (id, case_id, channel, reached, at, staff_id)
        select * from unnest(${attempts.map(() => newId<string>())}::uuid[], ${attempts.map((one) => one.caseId)}::uuid[], ${attempts.map((one) => one.channel)}::text[], ${attempts.map((one) => one.reached)}::bool[],
          ${attempts.map((one) => one.at)}::timestamptz[], ${attempts.map((one) => one.staffId)}::uuid[])`,
  );
}

export function listAttempts(tx: Tx, ids: readonly CaseId[]): Promise<(Attempt & { readonly caseId: CaseId })[]> {
  return rows(
    tx,
    sql`select case_id as "caseId", channel, reached, at from integrity.attempts where case_id = any(${[...ids]}::uuid[]) order by at`,
  );
}

/** The contact's own case of a booking; locked where it is about to change. */
export async function lockOwnCase(
  tx: Tx,
  bookingId: BookingId,
): Promise<Omit<CaseRow, "clusterId" | "origin" | "level" | "points" | "aheadBy" | "appealReason"> | undefined> {
  const [row] = await rows<CaseRow>(
    tx,
    sql`select id, booking_id as "bookingId", office_id as "officeId", contact_id as "contactId", state, version, starts_at as "startsAt", settled_at as "settledAt", settled_by as "settledBy",
          appealed_at as "appealedAt", appeal_verdict as "appealVerdict" from integrity.cases where booking_id = ${bookingId} for update`,
  );
  return row;
}

export async function changeOwnCase(
  tx: Tx,
  id: CaseId,
  change: { readonly state?: CaseState; readonly appealReason?: string; readonly at: Date },
): Promise<void> {
  await (change.appealReason === undefined
    ? run(
        tx,
        sql`update integrity.cases set state = ${change.state!}, settled_at = ${change.at}, version = version + 1 where id = ${id}`,
      )
    : run(
        tx,
        sql`update integrity.cases set appealed_at = ${change.at}, appeal_reason = ${change.appealReason}, version = version + 1 where id = ${id}`,
      ));
}

export async function eraseCases(tx: Tx, now: Date): Promise<void> {
  await run(tx, sql`delete from integrity.cases where erase_after < ${now}::date`);
}
