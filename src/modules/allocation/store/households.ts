import { oneRow, rows, sql, type Tx } from "#platform/db/index.ts";
import type { Assignment, Digest, DrawId, DrawState, Entry, Need, Option, RequestId } from "../types.ts";

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
  readonly holds: string | null;
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
    sql`select d.state, f.promise, replace(e.app_id::text, '-', '') as app, e.persons, e.need, e.tier, e.contact, e.domain, encode(e.lot, 'hex') as lot, e.holds,
               array(select w.text from unnest(e.options) with ordinality as o (id, n) join allocation.wishes w on w.id = o.id order by o.n) as wishes,
               r.option, r.office_id as office, r.local_date::text as date, r.seats
        from allocation.filings f join allocation.draws d on d.id = f.draw_id join allocation.entries e on e.draw_id = f.draw_id and e.app_id = f.app_id
        left join allocation.outcomes r on r.draw_id = f.draw_id and r.app_id = f.app_id
        where f.request_id = ${requestId} and f.draw_id = ${drawId}`,
  );
  if (!row) return undefined;
  const { state, promise, need, wishes, option, office, date, seats, holds, ...rest } = row;
  const entry: Entry = {
    ...rest,
    v: 1,
    draw: drawId,
    need: JSON.parse(need) as Need,
    options: wishes.map((text) => JSON.parse(text) as Option),
    holds: holds === null ? null : (JSON.parse(holds) as Assignment),
  };
  const told = option === null ? null : { option, office, date, seats: JSON.parse(seats) as Assignment["seats"] };
  return { state, promise, entry, told };
}

/** Numbers and hashes of leaves, each end to end, in the order of the tree. */
export interface LeafPage {
  readonly apps: Buffer;
  readonly leaves: Buffer;
}

export async function listLeaves(tx: Tx, drawId: DrawId, after: string, limit: number): Promise<LeafPage> {
  return oneRow(
    tx,
    sql`select coalesce(string_agg(uuid_send(app_id), ''), '') as apps, coalesce(string_agg(leaf, ''), '') as leaves
        from (select app_id, leaf from allocation.entries where draw_id = ${drawId} and app_id > ${after}::uuid order by app_id limit ${limit}) page`,
  );
}

/** The note that ended the promise of a leaf. */
export interface Ending {
  readonly leaf: Digest;
  readonly promise: string;
}

/** What was promised in a draw and taken out before its lock, by the hash of the leaf. */
export async function listEndings(tx: Tx, drawId: DrawId, after: string, limit: number): Promise<Ending[]> {
  return rows(
    tx,
    sql`select encode(leaf, 'hex') as leaf, promise from allocation.endings
        where draw_id = ${drawId} and leaf > decode(replace(${after}, '-', ''), 'hex') order by leaf limit ${limit}`,
  );
}

/** The same of one request of the contact who asks. */
export async function listOwnEndings(tx: Tx, requestId: RequestId, drawId: DrawId): Promise<string[]> {
  const found = await rows<{ promise: string }>(
    tx,
    sql`select promise from allocation.endings where draw_id = ${drawId} and request_id = ${requestId} order by ended_at`,
  );
  return found.map((one) => one.promise);
}
