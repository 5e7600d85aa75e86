import type { BookingId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import type { Context, Tx } from "#platform/context.ts";
import type { StoredEvent } from "#platform/outbox.ts";
import { notifyOffices } from "../store/visits.ts";
import type { OfficeNotice } from "../types.ts";

/** Whatever its day: a file may be open on somebody's screen, and where a moved booking was before may have been today. */
const OF_ANY_DAY: ReadonlySet<string> = new Set(["booking.moved", "booking.file_changed"]);

/**
 * Tells offices of bookings that were made, moved, cancelled, lapsed or corrected, where these may concern
 * a screen. Each screen knows its own day, and whether the booking is on its list.
 */
export async function tellOffices(ctx: Context, tx: Tx, events: readonly StoredEvent[]): Promise<void> {
  const today = localDateAt(ctx.now, "UTC");
  // Somewhere it is still yesterday, and somewhere tomorrow already.
  const [earliest, latest] = [addDays(today, -1), addDays(today, 1)];
  const notices = events.flatMap(({ name, officeId, subjectId, detail }): OfficeNotice[] => {
    const { localDate, from } = (detail ?? {}) as { localDate?: LocalDate; from?: OfficeId };
    if (officeId === undefined || localDate === undefined) return [];
    const concerns = OF_ANY_DAY.has(name) || (localDate >= earliest && localDate <= latest);
    const offices = [officeId as OfficeId, ...(from === undefined ? [] : [from])];
    return concerns ? offices.map((id) => ({ officeId: id, booking: { id: subjectId as BookingId, localDate } })) : [];
  });
  await notifyOffices(tx, notices);
}

/** Tells offices that the queue of their emergencies changed: nothing of whose it is, so that their screens read it again. */
export async function wakeQueues(_ctx: Context, tx: Tx, events: readonly StoredEvent[]): Promise<void> {
  const offices = new Set(events.flatMap(({ officeId }) => (officeId === undefined ? [] : [officeId as OfficeId])));
  await notifyOffices(
    tx,
    [...offices].map((officeId) => ({ officeId, emergencies: true })),
  );
}

/** Papers of an office are ready, or were fetched: its wall says whose, by the codes of their turns. */
export function wakeWall(tx: Tx, officeId: OfficeId): Promise<void> {
  return notifyOffices(tx, [{ officeId, wall: true }]);
}
