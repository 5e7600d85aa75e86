import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import type { Assigned, Need as PersonNeed } from "#modules/schedules/index.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { DrawId, Option, RequestId } from "../types.ts";

export interface NewDisplaced {
  readonly requestId: RequestId;
  readonly officeId: OfficeId;
  /** The day that was lost. */
  readonly localDate: LocalDate;
  readonly position: number;
}

/** Whoever lost a place, and had lost one of that draw before, hears of it anew. */
export async function insertDisplaced(
  tx: Tx,
  drawId: DrawId,
  displaced: readonly NewDisplaced[],
  now: Date,
): Promise<void> {
  if (displaced.length === 0) return;
  await run(
    tx,
    sql`insert into allocation.displaced (draw_id, request_id, office_id, local_date, position, since)
        select ${drawId}::uuid, *, ${now}::timestamptz from unnest(${displaced.map((one) => one.requestId)}::uuid[], ${displaced.map((one) => one.officeId)}::text[],
          ${displaced.map((one) => one.localDate)}::date[], ${displaced.map((one) => one.position)}::int[])
        on conflict (draw_id, request_id) do update set local_date = excluded.local_date, since = excluded.since, told_at = null, settled_at = null`,
  );
}

/** What it takes to seat her elsewhere; her rows are kept from change until the transaction ends. Undefined when she asks no more. */
export async function lockDisplaced(
  tx: Tx,
  drawId: DrawId,
  requestId: RequestId,
): Promise<
  | (Pick<NewDisplaced, "officeId" | "localDate"> & {
      readonly needs: readonly PersonNeed[];
      readonly options: readonly Option[];
      readonly told: boolean;
    })
  | undefined
> {
  const [found] = await rows<{
    officeId: OfficeId;
    localDate: LocalDate;
    needs: PersonNeed[];
    options: Option[];
    told: boolean;
  }>(
    tx,
    sql`select d.office_id as "officeId", d.local_date::text as "localDate", r.needs, r.options, d.told_at is not null as told
        from allocation.displaced d join allocation.requests r on r.id = d.request_id and r.state = 'standing'
        join allocation.filings f on f.draw_id = d.draw_id and f.request_id = d.request_id and f.answer = 'displaced'
        where d.draw_id = ${drawId} and d.request_id = ${requestId} and d.settled_at is null for update of r, f, d`,
  );
  return found;
}

/** She has another place, from this or another draw, or asks no more. */
export async function settleDisplaced(tx: Tx, requestIds: readonly RequestId[], now: Date): Promise<void> {
  await run(
    tx,
    sql`update allocation.displaced set settled_at = ${now} where request_id = any(${requestIds}::uuid[]) and settled_at is null`,
  );
}

export async function markTold(tx: Tx, drawId: DrawId, requestId: RequestId, now: Date): Promise<void> {
  await run(
    tx,
    sql`update allocation.displaced set told_at = ${now} where draw_id = ${drawId} and request_id = ${requestId}`,
  );
}

/** Writes her other seats, and their day. */
export async function seatFiling(
  tx: Tx,
  drawId: DrawId,
  requestId: RequestId,
  seat: { readonly localDate: LocalDate; readonly seats: readonly Assigned[] },
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`update allocation.filings set answer = 'offered', seating = ${JSON.stringify(seat.seats)}::jsonb, seated_on = ${seat.localDate}, answered_at = ${now}
        where draw_id = ${drawId} and request_id = ${requestId}`,
  );
}

/** An offer whose places were cut is no offer any more: the household stands again. Undefined when it was answered meanwhile. */
export async function takeOfferBack(
  tx: Tx,
  drawId: DrawId,
  requestId: RequestId,
  now: Date,
): Promise<NewDisplaced | undefined> {
  const [lost] = await rows<NewDisplaced>(
    tx,
    sql`with back as (
          update allocation.requests set state = 'standing', changed_at = ${now} where id = ${requestId} and state = 'offered' and exchanges is null returning id, office_id),
        answered as (
          update allocation.filings f set answer = 'displaced', answered_at = ${now} from back
          where f.draw_id = ${drawId} and f.request_id = back.id and f.answer = 'offered' returning f.request_id, f.app_id, f.seated_on)
        select a.request_id as "requestId", o.office_id as "officeId", coalesce(a.seated_on, o.local_date)::text as "localDate", o.position
        from answered a join allocation.outcomes o on o.draw_id = ${drawId} and o.app_id = a.app_id`,
  );
  return lost;
}
