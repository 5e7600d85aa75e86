import type { ContactId, OfficeId } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { DisplacedHousehold } from "../rules/displaced.ts";
import type { DrawId, DrawState, RequestId } from "../types.ts";

/** Draws that count on their places still. */
export async function listDrawsUnderWay(tx: Tx): Promise<DrawId[]> {
  const found = await rows<{ id: DrawId }>(
    tx,
    sql`select id from allocation.draws where state in ('locked', 'drawn') order by locks_at`,
  );
  return found.map((one) => one.id);
}

/** Of which draw, and of one office only or of all. */
export interface Where {
  readonly drawId?: DrawId;
  readonly officeId?: OfficeId;
}

export interface CutOffer {
  readonly requestId: RequestId;
  readonly contactId: ContactId;
  readonly drawId: DrawId;
  readonly drawState: DrawState;
}

/** Households that were offered a place which their office cut afterwards, also when the time to answer is over. */
export function listCutOffers(tx: Tx, { drawId, officeId }: Where): Promise<CutOffer[]> {
  return rows(
    tx,
    sql`select distinct r.id as "requestId", r.contact_id as "contactId", d.id as "drawId", d.state as "drawState"
        from schedules.places p join allocation.requests r on r.id = p.holder
        join allocation.filings f on f.request_id = r.id and f.answer = 'offered' join allocation.draws d on d.id = f.draw_id
        where p.cut_id is not null and p.state = 'assigned' and (${drawId ?? null}::uuid is null or d.id = ${drawId ?? null})
          and (${officeId ?? null}::text is null or p.office_id = ${officeId ?? null})`,
  );
}

export type WaitingHousehold = Omit<DisplacedHousehold, "id"> & {
  readonly requestId: RequestId;
  readonly contactId: ContactId;
  readonly drawId: DrawId;
  /** That there is no other place yet. */
  readonly told: boolean;
};

/** Whoever stands first after a draw, in its order: as long as its offers can be answered, and until she was told. */
export function listDisplaced(tx: Tx, { drawId, officeId }: Where, now: Date): Promise<WaitingHousehold[]> {
  return rows(
    tx,
    sql`select d.draw_id as "drawId", d.request_id as "requestId", r.contact_id as "contactId", d.office_id as "officeId", d.local_date::text as "localDate",
               r.needs, r.options, d.told_at is not null as told
        from allocation.displaced d join allocation.requests r on r.id = d.request_id join allocation.draws w on w.id = d.draw_id
        where d.settled_at is null and (d.told_at is null or w.state = 'drawn' and w.answers_by > ${now})
          and (${drawId ?? null}::uuid is null or d.draw_id = ${drawId ?? null}) and (${officeId ?? null}::text is null or d.office_id = ${officeId ?? null})
        order by d.draw_id, d.office_id, d.position, d.request_id`,
  );
}
