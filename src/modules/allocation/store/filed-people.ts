import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { AppId, Digest, Draw, DrawId } from "../types.ts";

/** A person behind a leaf, as the lock commits to it. */
export interface FiledPerson {
  readonly app: AppId;
  readonly salt: Digest;
  readonly level2: boolean;
  readonly name: string;
  readonly curp: string | null;
}

/** People of a draw's leaves under the oldest of their keys, in ascending order of the leaves. */
export async function listFiledPeople(tx: Tx, drawId: DrawId, after: string, limit: number): Promise<FiledPerson[]> {
  return rows(
    tx,
    sql`select replace(f.app_id::text, '-', '') as app, encode(f.salt, 'hex') as salt, e.contact = 'level_2' as level2,
               encode(p.name_key, 'hex') as name, encode(p.curp_key, 'hex') as curp
        from (select app_id, request_id, salt from allocation.filings where draw_id = ${drawId} and app_id > ${after}::uuid order by app_id limit ${limit}) f
        join allocation.entries e on e.draw_id = ${drawId} and e.app_id = f.app_id
        cross join lateral (select distinct on (ordinal) ordinal, name_key, curp_key from allocation.request_people where request_id = f.request_id order by ordinal, version) p
        order by f.app_id, p.ordinal`,
  );
}

/** The same for those alone whose name key stands in more than one leaf. */
export async function listSharedPeople(tx: Tx, drawId: DrawId): Promise<FiledPerson[]> {
  return rows(
    tx,
    sql`with names as (
          select p.name_key from allocation.filings f join allocation.request_people p on p.request_id = f.request_id
          where f.draw_id = ${drawId} group by p.name_key having count(*) > 1),
        curps as (
          select p.curp_key from allocation.filings f join allocation.request_people p on p.request_id = f.request_id
          where f.draw_id = ${drawId} and p.curp_key is not null group by p.curp_key having count(*) > 1)
        select replace(f.app_id::text, '-', '') as app, encode(f.salt, 'hex') as salt, e.contact = 'level_2' as level2,
               encode(p.name_key, 'hex') as name, encode(p.curp_key, 'hex') as curp
        from allocation.filings f join allocation.request_people p on p.request_id = f.request_id
        join allocation.entries e on e.draw_id = f.draw_id and e.app_id = f.app_id
        where f.draw_id = ${drawId} and (p.name_key in (select name_key from names) or p.curp_key in (select curp_key from curps))
        order by f.app_id`,
  );
}

/** A person of a second round, or one who was given a place in the first. */
export interface ServedPerson {
  readonly app: AppId;
  readonly name: string;
  readonly curp: string | null;
  readonly served: boolean;
}

/** People whose place came from the first round, and those of the second with one of their keys: for one person one chance in both. */
export async function listServedPeople(tx: Tx, second: Draw): Promise<ServedPerson[]> {
  if (second.follows === null) return [];
  return rows(
    tx,
    sql`with served as (
          select f.app_id, p.name_key, p.curp_key from allocation.filings f join allocation.request_people p on p.request_id = f.request_id
          where f.draw_id = ${second.follows} and f.answer in ('offered', 'accepted')),
        again as (
          select f.app_id, p.name_key, p.curp_key from allocation.filings f join allocation.request_people p on p.request_id = f.request_id
          where f.draw_id = ${second.id} and (p.name_key in (select name_key from served) or p.curp_key in (select curp_key from served)))
        select replace(app_id::text, '-', '') as app, encode(name_key, 'hex') as name, encode(curp_key, 'hex') as curp, served
        from (select again.*, false as served from again
              union all
              select served.*, true from served where name_key in (select name_key from again) or curp_key in (select curp_key from again)) as both_rounds`,
  );
}

export async function markNotLive(tx: Tx, drawId: DrawId, apps: readonly AppId[]): Promise<void> {
  if (apps.length === 0) return;
  await run(
    tx,
    sql`update allocation.filings set live = false where draw_id = ${drawId} and app_id = any(${apps}::uuid[])`,
  );
}
