import type { ContactId, LocalDate, OfficeId } from "#kernel/ids.ts";
import type { Assigned } from "#modules/schedules/index.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { RequestId } from "../types.ts";

/** A place that somebody is about to be booked on. */
export interface OfferToBook {
  readonly requestId: RequestId;
  readonly contactId: ContactId;
  readonly officeId: OfficeId;
  readonly localDate: LocalDate;
  readonly seating: readonly Assigned[];
  readonly sealed: Buffer;
  readonly language: "es" | "en";
  readonly channel: string;
  readonly delicate: boolean;
}

/**
 * Offers to be booked now: of households that wanted no further question, and of those whose time to say no is over,
 * for silence costs a place only at short notice. What lies at a venue needs a yes: nobody asked to go there. With an id
 * that one alone, whatever its hour. What a cut took is none, and what may be exchanged in a second round waits for it.
 */
export async function listOffersToBook(
  tx: Tx,
  wanted: { readonly id?: RequestId; readonly now: Date; readonly limit: number },
): Promise<OfferToBook[]> {
  return rows(
    tx,
    sql`select r.id as "requestId", r.contact_id as "contactId", r.office_id as "officeId", coalesce(f.seated_on, o.local_date)::text as "localDate", f.seating, r.sealed, r.language, r.channel, r.delicate
        from allocation.requests r join allocation.filings f on f.request_id = r.id and f.answer = 'offered'
        join allocation.draws d on d.id = f.draw_id join allocation.outcomes o on o.draw_id = f.draw_id and o.app_id = f.app_id
        where r.state = 'offered' and r.exchanges is null and case when ${wanted.id ?? null}::uuid is null
          then (r.auto_confirm or f.upgrade or d.kind <> 'short' and d.answers_by <= ${wanted.now}) and f.seating #> '{0,away}' is null
            and not (f.upgrade and exists (select from allocation.draws s where s.follows = d.id and s.state = 'open'))
          else r.id = ${wanted.id ?? null} end
          and not exists (select from schedules.places p where p.holder = r.id and p.state = 'assigned' and p.cut_id is not null)
        order by r.id limit ${wanted.limit}`,
  );
}
