import { rows, sql } from "#platform/db/index.ts";
import type { BookingId, LocalDate } from "#kernel/ids.ts";
import { transaction, type Context } from "#platform/context.ts";

/** Whether the visit may see something of its contact's. */
export type Opened = (id: string) => boolean;

/**
 * What this visit may see of what stands in its contact's name: all of it where the contact is an account or a card, which
 * is the household; else what this very session filed, or showed a folio, a number or a birth date for. A telephone may be
 * another's by now, or be read by somebody whom its owner fears (hardening 18, people.md 6).
 */
export async function openedHere(ctx: Context): Promise<Opened> {
  const { actor } = ctx;
  if (actor.kind !== "citizen" && actor.kind !== "visitor") return () => false;
  const sessionId = actor.sessionId ?? null;
  const contactId = actor.kind === "citizen" ? actor.contactId : undefined;
  const found = await ctx.database.transaction("citizen_reader", { contactId }, (tx) =>
    rows<{ id: string | null }>(
      tx,
      sql`select null::uuid as id from people.cards where contact_id = ${contactId ?? null}
          union all select id from booking.bookings where filed_in = ${sessionId}
          union all select subject_id from booking.opened where session_id = ${sessionId}
          union all select r.booking_id from booking.opened o join allocation.requests r on r.id = o.subject_id
          where o.session_id = ${sessionId} and r.booking_id is not null`,
    ),
  );
  const ids = new Set(found.map((one) => one.id));
  return ids.has(null) ? () => true : (id) => ids.has(id);
}

/** Last day on which a place waits for whoever was said to be detained; null where nobody said so. For its own contact. */
export async function returnUntil(ctx: Context, bookingId: BookingId): Promise<LocalDate | null> {
  const [found] = await transaction(ctx, "citizen_reader", (tx) =>
    rows<{ until: LocalDate }>(
      tx,
      sql`select to_char(erase_after, 'YYYY-MM-DD') as until from booking.absences where booking_id = ${bookingId} and state = 'released' order by 1 desc limit 1`,
    ),
  );
  return found?.until ?? null;
}
