import type { BookingId, ContactId, LocalDate } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { RequestId } from "../types.ts";
import { insertPeople, type PersonKey } from "./requests.ts";

/** Most requests of one transaction: a sweep must not hold up whoever files meanwhile. */
export const AT_ONCE = 500;

/**
 * What is over keeps its row for the household to read, but no longer its people: the booking has them. Whoever was
 * given a place in a first round keeps them until its second is drawn, which gives nobody a second place.
 */
export async function emptyOver(tx: Tx, before: Date): Promise<number> {
  return run(
    tx,
    sql`with due as (
          select id from allocation.requests r where state in ('confirmed', 'withdrawn', 'ended') and changed_at < ${before} and sealed <> ''
            and not exists (
              select from allocation.filings f join allocation.draws d on d.id = f.draw_id left join allocation.draws second on second.follows = d.id
              where f.request_id = r.id and (d.state in ('open', 'locked') or second.state in ('open', 'locked')))
          order by changed_at limit ${AT_ONCE} for update of r skip locked),
        gone as (delete from allocation.request_people p using due where p.request_id = due.id)
        update allocation.requests r set sealed = '' from due where r.id = due.id`,
  );
}

/**
 * Empties a request of that contact that stands no more, at once, and has it deleted by the next sweep that may: its leaf
 * stands in a draw until that has a result, and so do the digests that keep its people from a second place. False where
 * the contact has no such request, where it is empty already, and where its place may still be exchanged.
 */
export async function emptyOwn(
  tx: Tx,
  request: { readonly id: RequestId; readonly contactId: ContactId; readonly yesterday: LocalDate },
): Promise<boolean> {
  const emptied = await run(
    tx,
    sql`with own as (
          select id, state, exists (
            select from allocation.filings f join allocation.draws d on d.id = f.draw_id left join allocation.draws second on second.follows = d.id
            where f.request_id = r.id and (d.state in ('open', 'locked') or second.state in ('open', 'locked'))) as drawn
          from allocation.requests r
          where id = ${request.id} and contact_id = ${request.contactId} and sealed <> '' and state in ('confirmed', 'withdrawn', 'ended') for update),
        due as (select id, drawn from own where state <> 'confirmed' or not drawn),
        gone as (delete from allocation.request_people p using due where p.request_id = due.id and not due.drawn)
        update allocation.requests r set sealed = '', erase_after = least(r.erase_after, ${request.yesterday}::date) from due where r.id = due.id`,
  );
  return emptied === 1;
}

/** Empties requests that were served by bookings that are erased: they hold the same people, for a day. Those whose place may be exchanged follow with the sweep. */
export async function emptyServed(tx: Tx, bookingIds: readonly BookingId[]): Promise<void> {
  await run(
    tx,
    sql`with due as (
          select id from allocation.requests r where booking_id = any(${[...bookingIds]}::uuid[]) and state = 'confirmed' and sealed <> ''
            and not exists (
              select from allocation.filings f join allocation.draws d on d.id = f.draw_id left join allocation.draws second on second.follows = d.id
              where f.request_id = r.id and (d.state in ('open', 'locked') or second.state in ('open', 'locked')))
          for update of r),
        gone as (delete from allocation.request_people p using due where p.request_id = due.id)
        update allocation.requests r set sealed = '' from due where r.id = due.id`,
  );
}

/** The requests that led to a booking whose situation is delicate are delicate too. Returns which. */
export async function hideServed(tx: Tx, bookingId: BookingId): Promise<RequestId[]> {
  const hidden = await rows<{ id: RequestId }>(
    tx,
    sql`update allocation.requests set delicate = true where booking_id = ${bookingId} returning id`,
  );
  return hidden.map((one) => one.id);
}

/**
 * Deletes requests whose day has come, and those that have been over since `before`, with the link to their leaves.
 * The leaves stay: they name nobody, and others' proofs need them. One that waits for an answer, or stands in a draw
 * without a result, waits for it.
 */
export async function deleteRequestsToErase(tx: Tx, today: LocalDate, before: Date): Promise<number> {
  return run(
    tx,
    sql`delete from allocation.requests where id in (
          select id from allocation.requests r
          where ((erase_after < ${today} and state <> 'offered') or (state in ('confirmed', 'withdrawn', 'ended') and changed_at < ${before}))
            and not exists (select from allocation.filings f join allocation.draws d on d.id = f.draw_id where f.request_id = r.id and d.state in ('open', 'locked'))
          order by id limit ${AT_ONCE} for update skip locked)`,
  );
}

/** Ends standing requests of which no day is left. */
export async function endRequests(tx: Tx, today: LocalDate, now: Date): Promise<number> {
  return run(
    tx,
    sql`update allocation.requests set state = 'ended', changed_at = ${now}
        where id in (
          select id from allocation.requests r
          where state = 'standing' and not exists (select from jsonb_to_recordset(r.options) as o ("to" date) where o."to" >= ${today})
            and not exists (select from allocation.filings f join allocation.draws d on d.id = f.draw_id where f.request_id = r.id and d.state in ('open', 'locked'))
          order by id limit ${AT_ONCE} for update skip locked)`,
  );
}

/** Requests in the order of their ids, with what is sealed in them. */
export async function listRequestsToRekey(tx: Tx, after: string): Promise<{ id: RequestId; sealed: Buffer }[]> {
  return rows(
    tx,
    sql`select id, sealed from allocation.requests where id > ${after}::uuid and sealed <> '' order by id limit ${AT_ONCE}`,
  );
}

/** Adds digests of a request's people, unless it was written anew or is gone since it was read: then its keys are newer. */
export async function repeatKeys(
  tx: Tx,
  { id, sealed, keys }: { readonly id: RequestId; readonly sealed: Buffer; readonly keys: readonly PersonKey[] },
): Promise<boolean> {
  const same = await rows(
    tx,
    sql`select 1 from allocation.requests where id = ${id} and sealed = ${sealed} for update`,
  );
  if (same.length === 0) return false;
  await insertPeople(tx, { id, keys });
  return true;
}
