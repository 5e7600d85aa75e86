import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { AppId, Assignment, DrawId, DrawState, Entry, Need, Option, RequestId } from "../types.ts";

/** A household's own leaf and what the draw gave it. */
export interface Household {
  readonly state: DrawState;
  readonly promise: string;
  readonly entry: Entry;
  readonly told: Assignment | null;
}

interface Row extends Omit<Entry, "v" | "draw" | "need" | "options" | "holds"> {
  readonly state: DrawState;
  readonly promise: string;
  readonly need: string;
  readonly wishes: readonly string[];
  readonly option: number | null;
  readonly office: string;
  readonly date: string;
  readonly seats: string;
}

/** The leaf of a request of the contact who asks; undefined for anybody else's. */
export async function findHousehold(tx: Tx, requestId: RequestId, drawId: DrawId): Promise<Household | undefined> {
  const [row] = await rows<Row>(
    tx,
    sql`select d.state, f.promise, replace(e.app_id::text, '-', '') as app, e.persons, e.need, e.tier, e.contact, e.domain, encode(e.lot, 'hex') as lot,
               array(select w.text from unnest(e.options) with ordinality as o (id, n) join allocation.wishes w on w.id = o.id order by o.n) as wishes,
               r.option, r.office_id as office, r.local_date::text as date, r.seats
        from allocation.filings f join allocation.draws d on d.id = f.draw_id join allocation.entries e on e.draw_id = f.draw_id and e.app_id = f.app_id
        left join allocation.outcomes r on r.draw_id = f.draw_id and r.app_id = f.app_id
        where f.request_id = ${requestId} and f.draw_id = ${drawId}`,
  );
  if (!row) return undefined;
  const { state, promise, need, wishes, option, office, date, seats, ...rest } = row;
  const entry: Entry = {
    ...rest,
    v: 1,
    draw: drawId,
    need: JSON.parse(need) as Need,
    options: wishes.map((text) => JSON.parse(text) as Option),
    holds: null,
  };
  const told = option === null ? null : { option, office, date, seats: JSON.parse(seats) as Assignment["seats"] };
  return { state, promise, entry, told };
}

/** The next leaves of a draw in the order of its tree. */
export async function listLeaves(
  tx: Tx,
  drawId: DrawId,
  after: AppId,
  limit: number,
): Promise<{ app: AppId; leaf: Buffer }[]> {
  return rows(
    tx,
    sql`select replace(app_id::text, '-', '') as app, leaf from allocation.entries
        where draw_id = ${drawId} and app_id > ${after}::uuid order by app_id limit ${limit}`,
  );
}
