import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Draw, DrawId, RequestId } from "../types.ts";

/** False when the offer is no more. */
export async function markUpgrade(tx: Tx, drawId: DrawId, id: RequestId): Promise<boolean> {
  const marked = await run(
    tx,
    sql`update allocation.filings set upgrade = true where draw_id = ${drawId} and request_id = ${id} and answer = 'offered'`,
  );
  return marked === 1;
}

/** From the lock on nothing else becomes of what they hold. */
export async function startExchange(tx: Tx, second: DrawId, ids: readonly RequestId[]): Promise<void> {
  if (ids.length === 0) return;
  await run(tx, sql`update allocation.requests set exchanges = ${second} where id = any(${ids}::uuid[])`);
}

/** Who holds a place in a drawn second round that was not told yet, and whether a better one was drawn for her. */
export async function listExchanging(tx: Tx, second: DrawId): Promise<{ id: RequestId; moved: boolean }[]> {
  return rows(
    tx,
    sql`select r.id, o.option <> (e.holds::jsonb ->> 'option')::int as moved
        from allocation.requests r join allocation.filings f on f.draw_id = ${second} and f.request_id = r.id
        join allocation.entries e on e.draw_id = f.draw_id and e.app_id = f.app_id join allocation.outcomes o on o.draw_id = f.draw_id and o.app_id = f.app_id
        where r.exchanges = ${second} order by r.id for update of r, f`,
  );
}

/** Keeps what she has: nothing was drawn for her, and it is booked as what she said yes to. */
export async function endKept(tx: Tx, second: DrawId, ids: readonly RequestId[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await run(
    tx,
    sql`with kept as (update allocation.requests set exchanges = null where id = any(${ids}::uuid[]) returning id)
        update allocation.filings f set answer = 'waiting', answered_at = ${now} from kept where f.draw_id = ${second} and f.request_id = kept.id`,
  );
}

/** Gives the former place back, and stands as whoever was drawn does; her yes holds for the new one. */
export async function endMoved(
  tx: Tx,
  { id, follows }: Pick<Draw, "id" | "follows">,
  ids: readonly RequestId[],
  now: Date,
): Promise<void> {
  if (ids.length === 0) return;
  await run(
    tx,
    sql`with moved as (update allocation.requests set state = 'standing', exchanges = null, changed_at = ${now} where id = any(${ids}::uuid[]) returning id),
        former as (update allocation.filings f set answer = 'declined', answered_at = ${now} from moved where f.draw_id = ${follows} and f.request_id = moved.id)
        update allocation.filings f set upgrade = true from moved where f.draw_id = ${id} and f.request_id = moved.id`,
  );
}

/** A second round that never was drawn exchanges nothing. */
export async function endExchanges(tx: Tx, second: DrawId): Promise<void> {
  await run(tx, sql`update allocation.requests set exchanges = null where exchanges = ${second}`);
}
