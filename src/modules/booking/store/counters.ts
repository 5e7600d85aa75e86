import type { ContactId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";

export interface ContactCounter {
  readonly contactId: ContactId;
  /** With the people just added. */
  readonly people: number;
  readonly holdId: string | null;
  /** Until when it books nothing at once, because it cancelled; may be over. */
  readonly coolingUntil: Date | null;
  /** Until when its own form is closed, as a person decided; may be over. */
  readonly suspendedUntil: Date | null;
}

/**
 * Adds people to their contacts' counters and locks the rows in the order of their ids, so that one
 * contact's commands stand in one queue and two batches never wait for each other in a circle.
 */
export async function addPeople(tx: Tx, added: ReadonlyMap<ContactId, number>): Promise<ContactCounter[]> {
  if (added.size === 0) return [];
  return rows(
    tx,
    sql`insert into booking.contact_counters as c (contact_id, people)
        select * from unnest(${[...added.keys()]}::uuid[], ${[...added.values()]}::smallint[]) as t (contact_id, people) order by contact_id
        on conflict (contact_id) do update set people = c.people + excluded.people
        returning contact_id as "contactId", people, hold_id as "holdId", cooling_until as "coolingUntil", suspended_until as "suspendedUntil"`,
  );
}

/** Takes people off again: refused, cancelled, or their visit is over. */
export async function removePeople(tx: Tx, removed: ReadonlyMap<ContactId, number>): Promise<void> {
  if (removed.size === 0) return;
  await run(
    tx,
    sql`update booking.contact_counters c set people = greatest(0, c.people - t.people)
        from unnest(${[...removed.keys()]}::uuid[], ${[...removed.values()]}::smallint[]) as t (contact_id, people) where c.contact_id = t.contact_id`,
  );
}

/** Remembers the one hold of each contact; a null ends it, and a `final` one is never lengthened. */
export async function setHolds(
  tx: Tx,
  holds: readonly { contactId: ContactId; holdId: string | null; until: Date | null; final?: boolean }[],
): Promise<void> {
  if (holds.length === 0) return;
  await run(
    tx,
    sql`update booking.contact_counters c set hold_id = t.hold_id, held_until = t.held_until, hold_extended = t.final
        from unnest(${holds.map((one) => one.contactId)}::uuid[], ${holds.map((one) => one.holdId)}::uuid[], ${holds.map((one) => one.until)}::timestamptz[],
                    ${holds.map((one) => one.final ?? false)}::boolean[])
             as t (contact_id, hold_id, held_until, final) where c.contact_id = t.contact_id`,
  );
}

/** Lengthens the contact's hold if it is the one meant and was not lengthened before; the row is locked by it. */
export async function extendHoldOnce(
  tx: Tx,
  contactId: ContactId,
  held: { holdId: string; until: Date },
  until: Date,
): Promise<boolean> {
  const changed = await run(
    tx,
    sql`update booking.contact_counters set held_until = ${until}, hold_extended = true
        where contact_id = ${contactId} and hold_id = ${held.holdId} and held_until = ${held.until} and not hold_extended`,
  );
  return changed > 0;
}

export async function findHoldOf(tx: Tx, contactId: ContactId): Promise<{ holdId: string; until: Date } | undefined> {
  const [hold] = await rows<{ holdId: string; until: Date }>(
    tx,
    sql`select hold_id as "holdId", held_until as until from booking.contact_counters where contact_id = ${contactId} and hold_id is not null`,
  );
  return hold;
}

/** Closes or opens the own form of contacts; a null opens it. */
export async function saveSuspensions(
  tx: Tx,
  suspensions: readonly { readonly contactId: ContactId; readonly until: Date | null }[],
): Promise<void> {
  await run(
    tx,
    sql`insert into booking.contact_counters as c (contact_id, people, suspended_until)
        select t.contact_id, 0, t.until from unnest(${suspensions.map((one) => one.contactId)}::uuid[], ${suspensions.map((one) => one.until)}::timestamptz[]) as t (contact_id, until) order by contact_id
        on conflict (contact_id) do update set suspended_until = excluded.suspended_until`,
  );
}

export async function findSuspension(tx: Tx, contactId: ContactId): Promise<Date | null> {
  const [row] = await rows<{ until: Date | null }>(
    tx,
    sql`select suspended_until as until from booking.contact_counters where contact_id = ${contactId}`,
  );
  return row?.until ?? null;
}
