import type { ContactId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { DrawId, DrawState, RequestId } from "../types.ts";

export interface Offer {
  readonly drawId: DrawId;
  readonly drawState: DrawState;
  /** Whether a second round comes after that draw. */
  readonly followed: boolean;
}

/** The offer that a request has, if any. */
export async function findOffer(tx: Tx, id: RequestId): Promise<Offer | undefined> {
  const [offer] = await rows<Offer>(
    tx,
    sql`select f.draw_id as "drawId", d.state as "drawState", exists (select from allocation.draws s where s.follows = d.id and s.state = 'open') as followed
        from allocation.filings f join allocation.draws d on d.id = f.draw_id where f.request_id = ${id} and f.answer = 'offered' order by d.draws_at desc limit 1`,
  );
  return offer;
}

export async function answerOffer(
  tx: Tx,
  drawId: DrawId,
  id: RequestId,
  answer: "accepted" | "declined",
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`update allocation.filings set answer = ${answer}, answered_at = ${now} where draw_id = ${drawId} and request_id = ${id}`,
  );
}

export interface Confirmation {
  readonly requestId: RequestId;
  readonly contactId: ContactId;
  readonly bookingId: string;
  readonly at: Date;
}

/**
 * Confirms offers in the transaction that books them, before it does: answers for each whether it was still to be had,
 * and gives none twice.
 */
export async function confirmOffers(tx: Tx, offers: readonly Confirmation[]): Promise<boolean[]> {
  if (offers.length === 0) return [];
  const confirmed = await rows<{ bookingId: string }>(
    tx,
    sql`with wanted as (
          select * from unnest(${offers.map((one) => one.requestId)}::uuid[], ${offers.map((one) => one.contactId)}::uuid[], ${offers.map((one) => one.bookingId)}::uuid[],
            ${offers.map((one) => one.at)}::timestamptz[]) as t (request_id, contact_id, booking_id, at)),
        answered as (
          update allocation.filings f set answer = 'accepted', answered_at = t.at from wanted t where f.request_id = t.request_id and f.answer = 'offered')
        update allocation.requests r set state = 'confirmed', booking_id = t.booking_id, changed_at = t.at
        from wanted t where r.id = t.request_id and r.contact_id = t.contact_id and r.state = 'offered' and r.exchanges is null returning r.booking_id as "bookingId"`,
  );
  const won = new Set(confirmed.map((one) => one.bookingId));
  return offers.map((one) => won.has(one.bookingId));
}

/** Takes that back in the same transaction, when the booking was refused. */
export async function reopenOffers(tx: Tx, bookingIds: readonly string[]): Promise<void> {
  if (bookingIds.length === 0) return;
  await run(
    tx,
    sql`with reopened as (
          update allocation.requests set state = 'offered', booking_id = null where booking_id = any(${bookingIds}::uuid[]) and state = 'confirmed' returning id)
        update allocation.filings f set answer = 'offered' from reopened where f.request_id = reopened.id and f.answer = 'accepted'`,
  );
}
