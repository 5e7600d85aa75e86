import type { ContactId, OfficeId } from "#kernel/ids.ts";
import type { Assigned } from "#modules/schedules/index.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { RequestId, RequestState } from "../types.ts";

/** What a message about a request is made of: nothing of its people. */
export interface RequestToTell {
  readonly id: RequestId;
  readonly contactId: ContactId;
  readonly state: RequestState;
  readonly autoConfirm: boolean;
  readonly language: "es" | "en";
  readonly delicate: boolean;
  /** Where a place is offered, else the office it would rather go to. */
  readonly officeId: OfficeId;
  /** UTC of the next result that it waits for; null when no draw with it is announced. */
  readonly nextResultAt: Date | null;
  /** Until when an offered place can be refused before it is booked; null without an offer. */
  readonly answersBy: Date | null;
  /** Whether it then goes to another household: offered by a short draw, whose hours are day at the office, or at a venue. */
  readonly passesOn: boolean;
  readonly seating: readonly Assigned[] | null;
}

/** A request that waits after a first round stands in the second one without doing anything. */
export async function findRequestToTell(tx: Tx, id: RequestId): Promise<RequestToTell | undefined> {
  const [found] = await rows<RequestToTell>(
    tx,
    sql`select r.id, r.contact_id as "contactId", r.state, (r.auto_confirm or coalesce(f.upgrade, false)) and f.seating #> '{0,away}' is null as "autoConfirm", r.language, r.delicate, coalesce(o.office_id, r.offices[1]) as "officeId",
               d.answers_by as "answersBy", d.kind is not distinct from 'short' or f.seating #> '{0,away}' is not null as "passesOn", f.seating,
               (select min(next.draws_at) from allocation.draws next join allocation.filings own
                  on own.request_id = r.id and (own.draw_id = next.id or (own.draw_id = next.follows and own.answer in ('waiting', 'not_live', 'displaced')))
                where next.state in ('open', 'locked') and next.kind <> 'short') as "nextResultAt"
        from allocation.requests r left join allocation.filings f on f.request_id = r.id and f.answer = 'offered'
        left join allocation.draws d on d.id = f.draw_id left join allocation.outcomes o on o.draw_id = f.draw_id and o.app_id = f.app_id
        where r.id = ${id} limit 1`,
  );
  return found;
}
