import type { ContactId, LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import type { Assigned, Need as PersonNeed } from "#modules/schedules/index.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { DrawId, RequestId, RequestState } from "../types.ts";

/** A household that the draw gave a day. */
export interface Winner {
  readonly requestId: RequestId;
  readonly contactId: ContactId;
  readonly state: RequestState;
  readonly live: boolean;
  readonly localDate: LocalDate;
  /** In the order of the draw, from 0. */
  readonly position: number;
  /** Part of the day (from 0) by group. */
  readonly seats: readonly { readonly group: ServiceGroup; readonly band: number }[];
  readonly needs: readonly PersonNeed[];
}

export async function listOfficesToSeat(tx: Tx, drawId: DrawId): Promise<OfficeId[]> {
  const found = await rows<{ officeId: OfficeId }>(
    tx,
    sql`select distinct o.office_id as "officeId" from allocation.outcomes o join allocation.filings f using (draw_id, app_id)
        where o.draw_id = ${drawId} and o.office_id is not null and f.answer is null order by 1`,
  );
  return found.map((one) => one.officeId);
}

export async function listWinners(tx: Tx, drawId: DrawId, officeId: OfficeId): Promise<Winner[]> {
  const found = await rows<Omit<Winner, "seats"> & { seats: string }>(
    tx,
    sql`select r.id as "requestId", r.contact_id as "contactId", r.state, coalesce(f.live, true) as live, o.local_date::text as "localDate", o.position, o.seats, r.needs
        from allocation.outcomes o join allocation.filings f using (draw_id, app_id) join allocation.requests r on r.id = f.request_id
        where o.draw_id = ${drawId} and o.office_id = ${officeId} and f.answer is null order by r.id for update of r, f`,
  );
  return found.map((one) => ({ ...one, seats: JSON.parse(one.seats) as Winner["seats"] }));
}

export interface Answered {
  readonly requestId: RequestId;
  readonly answer: "waiting" | "offered" | "accepted" | "declined" | "not_live" | "displaced";
  readonly seating: readonly Assigned[] | null;
}

export async function answerFilings(tx: Tx, drawId: DrawId, answers: readonly Answered[], now: Date): Promise<void> {
  if (answers.length === 0) return;
  await run(
    tx,
    sql`update allocation.filings f set answer = t.answer, seating = coalesce(t.seating::jsonb, f.seating), answered_at = ${now}
        from unnest(${answers.map((one) => one.requestId)}::uuid[], ${answers.map((one) => one.answer)}::text[],
                    ${answers.map((one) => (one.seating ? JSON.stringify(one.seating) : null))}::text[]) as t (request_id, answer, seating)
        where f.draw_id = ${drawId} and f.request_id = t.request_id`,
  );
}

/** Requests that were given places pass to `offered`. */
export async function offerRequests(tx: Tx, ids: readonly RequestId[], officeId: OfficeId, now: Date): Promise<void> {
  if (ids.length === 0) return;
  await run(
    tx,
    sql`update allocation.requests set state = 'offered', office_id = ${officeId}, changed_at = ${now} where id = any(${ids}::uuid[]) and state = 'standing'`,
  );
}

/** Marks the next of those who got nothing, and gives whom to tell. */
export async function markWaiting(
  tx: Tx,
  drawId: DrawId,
  limit: number,
  now: Date,
): Promise<{ id: RequestId; contactId: ContactId }[]> {
  return rows(
    tx,
    sql`with next as (
          select w.request_id from allocation.filings w join allocation.outcomes o using (draw_id, app_id)
          where w.draw_id = ${drawId} and w.answer is null and o.office_id is null limit ${limit} for update of w),
        marked as (
          update allocation.filings f set answer = 'waiting', answered_at = ${now} from next where f.draw_id = ${drawId} and f.request_id = next.request_id returning f.request_id)
        select r.id, r.contact_id as "contactId" from marked join allocation.requests r on r.id = marked.request_id`,
  );
}
