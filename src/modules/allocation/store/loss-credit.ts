import type { OfficeId } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { Answer, DrawId, RequestId } from "../types.ts";

/** One answer that a person of a request had from a draw, by a request of the same contact. */
export interface PastAnswer {
  readonly requestId: RequestId;
  /** Which person of the request asked about, from 1. */
  readonly ordinal: number;
  /** A first round and its second are one draw, called by the first. */
  readonly drawId: DrawId;
  /** The first round, whose wishes are as they were made; another round or kind tells of an offer alone. */
  readonly isFirst: boolean;
  readonly isOver: boolean;
  readonly answer: Answer;
  /** Ids of wishes, best first. */
  readonly options: readonly number[];
  readonly groups: readonly string[];
}

/** What the people of these requests had from draws before, through whichever request of their own contact; the latest draw first. */
export async function listPastAnswers(tx: Tx, requestIds: readonly RequestId[]): Promise<PastAnswer[]> {
  if (requestIds.length === 0) return [];
  return rows(
    tx,
    sql`select distinct r.id as "requestId", p.ordinal, first.id as "drawId", d.follows is null and d.kind in ('weekly', 'demo') as "isFirst",
               first.state = 'settled' and not exists (select from allocation.draws s where s.follows = first.id and s.state in ('open', 'locked', 'drawn')) as "isOver",
               f.answer, e.options, o.groups, first.locks_at, o.id
        from allocation.requests r
        join allocation.request_people p on p.request_id = r.id
        join allocation.requests o on o.contact_id = r.contact_id
        join allocation.request_people q on q.request_id = o.id and q.name_key = p.name_key
        join allocation.filings f on f.request_id = o.id and f.answer is not null
        join allocation.draws d on d.id = f.draw_id
        join allocation.draws first on first.id = coalesce(d.follows, d.id)
        join allocation.entries e on e.draw_id = f.draw_id and e.app_id = f.app_id
        where r.id = any(${requestIds}::uuid[]) order by first.locks_at desc, o.id`,
  );
}

/** Parts of days on which offices had places in a draw, by service group. */
export async function listOffered(
  tx: Tx,
  drawId: DrawId,
): Promise<{ office: OfficeId; group: string; date: string; band: string }[]> {
  return rows(
    tx,
    sql`select distinct office_id as office, split_part(service_group, '.', 1) as "group", local_date::text as date, band
        from allocation.cells where draw_id = ${drawId} and places > 0`,
  );
}

export async function listWishTexts(tx: Tx, ids: readonly number[]): Promise<{ id: number; text: string }[]> {
  if (ids.length === 0) return [];
  return rows(tx, sql`select id, text from allocation.wishes where id = any(${ids}::int[])`);
}
