import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { AppId, Digest, DrawId, RequestId, Tier } from "../types.ts";

export interface NewFiling {
  readonly requestId: RequestId;
  readonly app: AppId;
  readonly salt: Digest;
  readonly promise: string;
}

export async function insertFilings(tx: Tx, drawId: DrawId, filings: readonly NewFiling[], now: Date): Promise<void> {
  if (filings.length === 0) return;
  await run(
    tx,
    sql`insert into allocation.filings (draw_id, request_id, app_id, salt, promised_at, promise)
        select ${drawId}::uuid, request_id, app_id, decode(salt, 'hex'), ${now}, promise
        from unnest(${filings.map((one) => one.requestId)}::uuid[], ${filings.map((one) => one.app)}::uuid[], ${filings.map((one) => one.salt)}::text[], ${filings.map((one) => one.promise)}::text[]) as t (request_id, app_id, salt, promise)`,
  );
}

/** Takes a request's leaf out of an open draw. Gives what it was. */
export async function removeLeaf(
  tx: Tx,
  drawId: DrawId,
  requestId: RequestId,
): Promise<{ app: AppId; leaf: Digest } | undefined> {
  const [gone] = await rows<{ app: AppId; leaf: Digest }>(
    tx,
    sql`with filed as (delete from allocation.filings where draw_id = ${drawId} and request_id = ${requestId} returning app_id)
        delete from allocation.entries e using filed where e.draw_id = ${drawId} and e.app_id = filed.app_id
        returning replace(e.app_id::text, '-', '') as app, encode(e.leaf, 'hex') as leaf`,
  );
  return gone;
}

/** Keeps the note that ends the promise of a leaf that was taken out. */
export async function insertEnding(
  tx: Tx,
  ending: {
    readonly drawId: DrawId;
    readonly leaf: Digest;
    readonly requestId: RequestId;
    readonly promise: string;
    readonly at: Date;
  },
): Promise<void> {
  const { drawId, leaf, requestId, promise, at } = ending;
  await run(
    tx,
    sql`insert into allocation.endings (draw_id, leaf, request_id, promise, ended_at) values (${drawId}, decode(${leaf}, 'hex'), ${requestId}, ${promise}, ${at})`,
  );
}

/** Requests that were served elsewhere while a leaf of theirs stands in an open draw. */
export async function listServedIn(tx: Tx, drawId: DrawId, limit: number): Promise<RequestId[]> {
  const found = await rows<{ id: RequestId }>(
    tx,
    sql`select r.id from allocation.filings f join allocation.requests r on r.id = f.request_id
        where f.draw_id = ${drawId} and r.state = 'confirmed' order by r.id limit ${limit} for update of r`,
  );
  return found.map((one) => one.id);
}

/**
 * Numbers of filings by office, tier and channel, for the manifest. Where a draw counts losses a leaf's tier may be
 * better than its request's; elsewhere the leaves are not read for this.
 */
export async function countFilings(
  tx: Tx,
  drawId: DrawId,
): Promise<{ office: string; tier: Tier; channel: string; entries: number }[]> {
  return rows(
    tx,
    sql`with opening as materialized (select line::jsonb #>> '{body,policy,lossCredit,enabled}' = 'true' as credits from allocation.documents where draw_id = ${drawId} and kind = 'opening')
        select r.offices[1] as office,
               case when (select credits from opening) then (select e.tier from allocation.entries e where e.draw_id = f.draw_id and e.app_id = f.app_id) else r.tier end as tier,
               r.channel, count(*)::int as entries
        from allocation.filings f join allocation.requests r on r.id = f.request_id where f.draw_id = ${drawId} group by 1, 2, 3`,
  );
}
