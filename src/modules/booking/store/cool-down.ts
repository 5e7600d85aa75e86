import type { ContactId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import { AT_ONCE } from "./retention.ts";

/** When this contact last cancelled an appointment of its own. Whoever cancels holds the contact's row already. */
export async function findLastCancel(tx: Tx, contactId: ContactId): Promise<Date | null> {
  const [found] = await rows<{ at: Date | null }>(
    tx,
    sql`select cancelled_at as at from booking.contact_counters where contact_id = ${contactId}`,
  );
  return found?.at ?? null;
}

/** Remembers a cancellation; what was to be waited for before stands until it is over. */
export async function recordCancel(
  tx: Tx,
  contactId: ContactId,
  { at, coolingUntil }: { readonly at: Date; readonly coolingUntil: Date | null },
): Promise<void> {
  await run(
    tx,
    sql`update booking.contact_counters set cancelled_at = ${at}, cooling_until = coalesce(${coolingUntil}::timestamptz, cooling_until) where contact_id = ${contactId}`,
  );
}

/** Until when a contact waits, if it does. */
export async function findCoolingUntil(tx: Tx, contactId: ContactId): Promise<Date | null> {
  const [found] = await rows<{ until: Date | null }>(
    tx,
    sql`select cooling_until as until from booking.contact_counters where contact_id = ${contactId}`,
  );
  return found?.until ?? null;
}

/**
 * Forgets the oldest cancellations from before that instant: they change nothing any more. Whoever is booking meanwhile is
 * neither waited for nor held up. Returns how many, at most `AT_ONCE`.
 */
export function forgetCancels(tx: Tx, before: Date): Promise<number> {
  return run(
    tx,
    sql`update booking.contact_counters set cancelled_at = null, cooling_until = null
        where contact_id = any(array(
          select contact_id from booking.contact_counters where cancelled_at < ${before}
          order by cancelled_at limit ${AT_ONCE} for update skip locked))`,
  );
}
