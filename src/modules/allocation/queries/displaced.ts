import type { ContactId } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { DrawId, RequestId } from "../types.ts";

/** Draws that count on their places still. */
export async function listDrawsUnderWay(tx: Tx): Promise<DrawId[]> {
  const found = await rows<{ id: DrawId }>(
    tx,
    sql`select id from allocation.draws where state in ('locked', 'drawn') order by locks_at`,
  );
  return found.map((one) => one.id);
}

/** Households of a draw that were offered a place which their office cut afterwards. */
export function listCutOffers(
  tx: Tx,
  drawId: DrawId,
): Promise<{ readonly requestId: RequestId; readonly contactId: ContactId }[]> {
  return rows(
    tx,
    sql`select distinct r.id as "requestId", r.contact_id as "contactId" from schedules.places p join allocation.requests r on r.id = p.holder
        where p.cut_id is not null and p.state = 'assigned' and p.draw_id = ${drawId}`,
  );
}
