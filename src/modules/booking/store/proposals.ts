import type { BookingId, LocalDate, OfficeId } from "#kernel/ids.ts";
import type { Arrangement, CutId } from "#modules/schedules/index.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";

/** Another place that is kept for a party until it answers. */
export interface NewProposal {
  readonly id: string;
  readonly officeId: OfficeId;
  readonly bookingId: BookingId;
  readonly cutId: CutId;
  readonly localDate: LocalDate;
  readonly startsAt: Date;
  readonly keptUntil: Date;
}
export type ProposalState = "asked" | "accepted" | "declined" | "over";

export async function insertProposals(tx: Tx, proposals: readonly NewProposal[], now: Date): Promise<void> {
  if (proposals.length === 0) return;
  await run(
    tx,
    sql`insert into booking.proposals (id, office_id, booking_id, cut_id, local_date, starts_at, kept_until, asked_at)
        select *, ${now}::timestamptz from unnest(${proposals.map((one) => one.id)}::uuid[], ${proposals.map((one) => one.officeId)}::text[], ${proposals.map((one) => one.bookingId)}::uuid[],
          ${proposals.map((one) => one.cutId)}::uuid[], ${proposals.map((one) => one.localDate)}::date[], ${proposals.map((one) => one.startsAt)}::timestamptz[],
          ${proposals.map((one) => one.keptUntil)}::timestamptz[])`,
  );
}

/** Ends what is still asked of some bookings, whose rows are locked. Returns the ids, under which places are held. */
export async function endProposals(
  tx: Tx,
  { bookingIds }: { readonly bookingIds: readonly BookingId[] },
  state: Exclude<ProposalState, "asked">,
  now: Date,
): Promise<string[]> {
  const ended = await rows<{ id: string }>(
    tx,
    sql`update booking.proposals set state = ${state}, answered_at = ${now}
        where state = 'asked' and booking_id = any(${bookingIds}::uuid[]) returning id`,
  );
  return ended.map((one) => one.id);
}

/** What is asked still and can be had no more when these places and bookings are cut: of whom, and under which id other places are kept. */
export async function listOverrun(
  tx: Tx,
  officeId: OfficeId,
  cut: { readonly bookingIds: readonly string[]; readonly heldBy: readonly string[] },
): Promise<{ readonly id: string; readonly bookingId: BookingId }[]> {
  return rows(
    tx,
    sql`select id, booking_id as "bookingId" from booking.proposals
        where office_id = ${officeId} and state = 'asked' and (booking_id = any(${cut.bookingIds}::uuid[]) or id = any(${cut.heldBy}::uuid[]))`,
  );
}

/** Ends these, but for what somebody is answering at this moment. Returns the ids. */
export async function overrunProposals(tx: Tx, ids: readonly string[], now: Date): Promise<string[]> {
  const ended = await rows<{ id: string }>(
    tx,
    sql`update booking.proposals p set state = 'over', answered_at = ${now}
        from (select id from booking.proposals where id = any(${ids}::uuid[]) and state = 'asked' order by id for update skip locked) mine
        where p.id = mine.id returning p.id`,
  );
  return ended.map((one) => one.id);
}

/** Of these bookings those that stand and that nobody is changing at this moment; they stay so until the transaction ends. */
export async function lockIdle(tx: Tx, officeId: OfficeId, ids: readonly BookingId[]): Promise<Set<BookingId>> {
  const found = await rows<{ id: BookingId }>(
    tx,
    sql`select id from booking.bookings where office_id = ${officeId} and id = any(${ids}::uuid[]) and state = 'active' order by id for update skip locked`,
  );
  return new Set(found.map((one) => one.id));
}

/** Of these bookings those of the office, once nobody is changing them any more; they stay so until the transaction ends. */
export async function lockStanding(tx: Tx, officeId: OfficeId, ids: readonly BookingId[]): Promise<BookingId[]> {
  const found = await rows<{ id: BookingId }>(
    tx,
    sql`select id from booking.bookings where office_id = ${officeId} and id = any(${ids}::uuid[]) order by id for update`,
  );
  return found.map((one) => one.id);
}

/** Sends a party's appointments to other counters at the same hours. */
export async function seatAtCounters(tx: Tx, bookingId: BookingId, arrangement: Arrangement): Promise<void> {
  await run(
    tx,
    sql`update booking.appointments a set session_id = t.session_id, counter = t.counter
        from unnest(${arrangement.map((one) => one.ordinal)}::smallint[], ${arrangement.map((one) => one.serviceGroup)}::text[],
          ${arrangement.map((one) => one.sessionId)}::uuid[], ${arrangement.map((one) => one.counter)}::smallint[]) as t (ordinal, service_group, session_id, counter)
        where a.booking_id = ${bookingId} and a.ordinal = t.ordinal and a.service_group = t.service_group and a.state = 'booked'`,
  );
}
