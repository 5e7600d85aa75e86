import type { OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { oneRow, rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { AlikeEntries } from "../rules/regime.ts";
import type { Waited } from "../rules/waits.ts";
import type { DrawId, Need, Option } from "../types.ts";

/** A first draw whose households can be counted, because the next one was drawn; `next` is that one's hour. */
export interface Uncounted {
  readonly drawId: DrawId;
  readonly drawsAt: Date;
  readonly next: Date;
}

/** Kinds whose first rounds are a week to whoever waits; what is drawn in between serves people earlier. */
const FIRST_DRAWS = ["weekly", "demo"] as const;

/** The earliest first. */
export async function listUncounted(tx: Tx): Promise<Uncounted[]> {
  return rows(
    tx,
    sql`with firsts as (
          select id, draws_at, counted_at, lead(draws_at) over (order by draws_at) as next from allocation.draws
          where follows is null and kind = any(${FIRST_DRAWS}::text[]) and state in ('drawn', 'settled'))
        select id as "drawId", draws_at as "drawsAt", next from firsts where next is not null and counted_at is null order by draws_at`,
  );
}

/** Whether it is for this transaction to count; another node may be at it, for minutes after a draw of a million. */
export async function lockCounting(tx: Tx): Promise<boolean> {
  const { mine } = await oneRow<{ mine: boolean }>(
    tx,
    sql`select pg_try_advisory_xact_lock(hashtext('allocation.waits')) as mine`,
  );
  return mine;
}

/** Also of a draw in which nobody stood: nothing is left to count. */
export async function setCounted(tx: Tx, drawId: DrawId, now: Date): Promise<void> {
  await run(tx, sql`update allocation.draws set counted_at = ${now} where id = ${drawId}`);
}

/** Households alike in first wish, need and weeks. */
export interface AlikeWaits extends AlikeEntries {
  readonly weeks: number;
  readonly served: number;
}

const DIGITS = [..."0123456789abcdef"] as const;
/** A slice is two digits of the leaves' random numbers: of a million households each statement reads four thousand. */
export const SLICES = DIGITS.flatMap((one) => DIGITS.map((other) => one + other));
const UUID_DIGITS = 32;

/**
 * One slice of the households that stood in a draw and that no earlier one had given a place, with the weeks for which
 * they had asked. Given a place: by this draw, its second round, or one in between before the next first draw.
 */
export async function listAlikeWaits(tx: Tx, draw: Uncounted, slice: string): Promise<AlikeWaits[]> {
  const found = await rows<{ option: string; need: string; weeks: number; entries: number; served: number }>(
    tx,
    sql`select w.text as option, h.need, h.weeks, h.entries, h.served from (
          select e.options[1] as wish, e.need, own.weeks, count(*)::int as entries, count(*) filter (where own.served)::int as served
          from allocation.filings f join allocation.entries e on e.draw_id = f.draw_id and e.app_id = f.app_id
          cross join lateral (
            select count(*) filter (where d.follows is null and d.kind = any(${FIRST_DRAWS}::text[]) and d.draws_at <= ${draw.drawsAt})::int as weeks,
                   coalesce(bool_or(d.draws_at >= ${draw.drawsAt}) filter (where o.answer in ('offered', 'accepted', 'declined')), false) as served,
                   coalesce(bool_or(d.draws_at < ${draw.drawsAt}) filter (where o.answer in ('offered', 'accepted', 'declined')), false) as before
            from allocation.filings o join allocation.draws d on d.id = o.draw_id
            where o.request_id = f.request_id and d.draws_at < ${draw.next}) own
          where f.draw_id = ${draw.drawId} and not own.before
            and f.app_id between ${slice.padEnd(UUID_DIGITS, "0")}::uuid and ${slice.padEnd(UUID_DIGITS, "f")}::uuid
          group by 1, 2, 3) h
        join allocation.wishes w on w.id = h.wish`,
  );
  return found.map(({ option, need, ...counts }) => ({
    option: JSON.parse(option) as Option,
    need: JSON.parse(need) as Need,
    ...counts,
  }));
}

export interface OfficeWaited extends Waited {
  readonly officeId: OfficeId;
  readonly serviceGroup: ServiceGroup;
}

export async function insertWaits(tx: Tx, waited: readonly OfficeWaited[], now: Date): Promise<void> {
  await run(
    tx,
    sql`insert into allocation.waits (draw_id, office_id, service_group, weeks, stood, served, places, counted_at)
        select *, ${now}::timestamptz from unnest(${waited.map((one) => one.drawId)}::uuid[], ${waited.map((one) => one.officeId)}::text[],
          ${waited.map((one) => one.serviceGroup)}::text[], ${waited.map((one) => one.weeks)}::smallint[], ${waited.map((one) => one.stood)}::int[],
          ${waited.map((one) => one.served)}::int[], ${waited.map((one) => one.places)}::int[])`,
  );
}

/** What was counted of the latest so many draws before an instant; the latest draw comes first. */
export async function listWaits(tx: Tx, before: Date, draws: number): Promise<OfficeWaited[]> {
  return rows(
    tx,
    sql`with latest as (
          select id, draws_at from allocation.draws d
          where follows is null and kind = any(${FIRST_DRAWS}::text[]) and exists (select from allocation.waits w where w.draw_id = d.id and w.counted_at <= ${before})
          order by draws_at desc limit ${draws})
        select draw_id as "drawId", office_id as "officeId", service_group as "serviceGroup", weeks, stood, served, places
        from allocation.waits join latest on latest.id = draw_id order by draws_at desc, office_id, service_group, weeks`,
  );
}

/** When the draw that takes requests now opened; undefined when none does. */
export async function findOpenSince(tx: Tx): Promise<Date | undefined> {
  const [open] = await rows<{ at: Date }>(
    tx,
    sql`select opens_at as at from allocation.draws
        where follows is null and kind = any(${FIRST_DRAWS}::text[]) and state = 'open' order by opens_at desc limit 1`,
  );
  return open?.at;
}
