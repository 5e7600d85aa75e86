import { weekdayOf } from "#kernel/time.ts";
import { BANDS } from "#modules/schedules/index.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Draw, DrawId, RequestId } from "../types.ts";
import type { StoredCell } from "./draws.ts";
import type { ToEnter } from "./requests.ts";

/** Where a short draw has something. */
export type Near = Omit<StoredCell, "places">;
type ShortDraw = Pick<Draw, "steps" | "answersBy"> & { readonly id: DrawId | null };

/**
 * Standing requests that may be called at short notice and wish for something that is there, all of their groups on one
 * day at one office, and that are in no leaf of the draw yet; by id from `after`. Whoever said no to a day, or nothing,
 * is not asked for that day again: the place goes to the next.
 */
export async function listCallable(
  tx: Tx,
  draw: ShortDraw,
  near: readonly Near[],
  after: string,
  limit: number,
): Promise<ToEnter[]> {
  return rows(
    tx,
    sql`with near as (
          select * from unnest(${near.map((one) => one.officeId)}::text[], ${near.map((one) => one.serviceGroup)}::text[], ${near.map((one) => one.localDate)}::date[],
                               ${near.map((one) => 1 << (weekdayOf(one.localDate) - 1))}::int[], ${near.map((one) => 1 << BANDS.indexOf(one.band))}::int[])
                 as c (office_id, service_group, local_date, weekday, band))
        select r.id, r.people, r.tier, r.contact_class as "contactClass", r.domain, r.needs, r.options, coalesce(refused.days, '{}')::text[] as "notOn"
        from allocation.requests r cross join lateral (
          select array_agg(distinct coalesce(f.seated_on, o.local_date)::text) as days from allocation.filings f join allocation.outcomes o using (draw_id, app_id)
          where f.request_id = r.id and f.answer in ('declined', 'passed')) refused
        where r.id > ${after}::uuid and r.state = 'standing' and r.short_notice and r.offices && array(select office_id from near)
          and r.groups <@ ${Object.keys(draw.steps)}::text[] and r.erase_after > ${draw.answersBy}::date
          and exists (
            select from near c cross join jsonb_to_recordset(r.options) as o (offices jsonb, "to" date, weekdays int, bands int)
            where c.service_group = any(r.groups) and o.offices ? c.office_id and o."to" >= c.local_date and o.weekdays & c.weekday <> 0 and o.bands & c.band <> 0
              and c.local_date::text <> all(coalesce(refused.days, '{}'))
            group by c.office_id, c.local_date having count(distinct c.service_group) = cardinality(r.groups))
          and not exists (select from allocation.filings f where f.draw_id = ${draw.id} and f.request_id = r.id)
        order by r.id limit ${limit} for update of r`,
  );
}

/** Gives whoever is asked now her time to answer, however late the round came. */
export async function prolongAnswers(tx: Tx, drawId: DrawId, until: Date): Promise<void> {
  await run(
    tx,
    sql`update allocation.draws d set answers_by = greatest(answers_by, ${until})
        where id = ${drawId} and state = 'drawn' and exists (
          select from allocation.filings f join allocation.outcomes o using (draw_id, app_id)
          where f.draw_id = d.id and f.answer is null and o.office_id is not null)`,
  );
}

/** Whether the time to answer a draw's offers is over; then its row is kept until the transaction ends. */
export async function takeAnswered(tx: Tx, drawId: DrawId, now: Date): Promise<boolean> {
  const found = await rows(
    tx,
    sql`select 1 from allocation.draws where id = ${drawId} and state = 'drawn' and answers_by <= ${now} for update`,
  );
  return found.length === 1;
}

/** Offers that nobody answered, of a short draw or at a venue: their requests stand as before. Gives them. */
export async function passOver(tx: Tx, drawId: DrawId, now: Date): Promise<RequestId[]> {
  const passed = await rows<{ id: RequestId }>(
    tx,
    sql`update allocation.requests r set state = 'standing', changed_at = ${now} from allocation.filings f join allocation.draws d on d.id = f.draw_id
        where f.draw_id = ${drawId} and (d.kind = 'short' or f.seating #> '{0,away}' is not null) and f.request_id = r.id and f.answer = 'offered' and r.state = 'offered'
        returning r.id`,
  );
  const ids = passed.map((one) => one.id);
  await run(
    tx,
    sql`update allocation.filings set answer = 'passed', answered_at = ${now} where draw_id = ${drawId} and request_id = any(${ids}::uuid[])`,
  );
  return ids;
}

/** Offices of a draw, each with whether it was to be given to somebody who could not be given it. */
export async function listOfficesOf(
  tx: Tx,
  drawId: DrawId,
): Promise<{ readonly officeId: StoredCell["officeId"]; readonly wasWanted: boolean }[]> {
  return rows(
    tx,
    sql`select distinct c.office_id as "officeId", exists (
          select from allocation.outcomes o join allocation.filings f using (draw_id, app_id)
          where o.draw_id = c.draw_id and o.office_id = c.office_id and f.answer in ('declined', 'not_live')) as "wasWanted"
        from allocation.cells c where c.draw_id = ${drawId} order by 1`,
  );
}
