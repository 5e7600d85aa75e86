import type { BookingId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import type { StoredEvent } from "#platform/outbox.ts";
import { notifyOffices } from "../store.ts";
import type { OfficeNotice } from "../types.ts";

/** Tells the clerks of an office that what they see of a booking is old. Who misses it sees the new at the next reading. */
export function tellOffice(ctx: Context, officeId: OfficeId, bookingId: BookingId): Promise<void> {
  return transaction(ctx, "console", (tx) =>
    notifyOffices(tx, [{ officeId, booking: { id: bookingId, localDate: null } }]),
  );
}

/**
 * Tells offices of bookings that were made, moved, cancelled or lapsed, where these may be of today. Each
 * screen knows its own day, and whether the booking is on its list.
 */
export async function tellOffices(ctx: Context, tx: Tx, events: readonly StoredEvent[]): Promise<void> {
  const latest = localDateAt(ctx.now, "UTC");
  const earliest = addDays(latest, -1);
  const notices = events.flatMap(({ name, officeId, subjectId, detail }): OfficeNotice[] => {
    const localDate = detail?.["localDate"] as LocalDate | undefined;
    if (officeId === undefined || localDate === undefined) return [];
    // Where it was before a move is not told: it may have been today.
    const concerns = name === "booking.moved" || (localDate >= earliest && localDate <= latest);
    return concerns ? [{ officeId: officeId as OfficeId, booking: { id: subjectId as BookingId, localDate } }] : [];
  });
  await notifyOffices(tx, notices);
}
