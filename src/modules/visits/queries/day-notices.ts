import type { BookingId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { transaction, type Context } from "#platform/context.ts";
import { findRight, listOwnHours, listSuspensions, type Suspension } from "./the-day.ts";

/** What is other today than the appointments say. */
export interface DayNotices {
  readonly suspensions: readonly Suspension[];
  /** By booking: its expected hour, and until when it may come back. Most parties have neither. */
  readonly parties: ReadonlyMap<
    BookingId,
    { readonly expectedAt: Date | null; readonly returnUntil: LocalDate | null }
  >;
}

/** For the list of a day; it names nobody. */
export function readDayNotices(ctx: Context, officeId: OfficeId, localDate: LocalDate): Promise<DayNotices> {
  return transaction(ctx, "console", async (tx) => {
    const [suspensions, hours] = await Promise.all([
      listSuspensions(tx, officeId, localDate),
      listOwnHours(tx, officeId, localDate),
    ]);
    return { suspensions, parties: new Map(hours.map(({ bookingId, ...rest }) => [bookingId, rest])) };
  });
}

/** Until when a party may come back without an appointment; null when it has no such right. */
export async function returnUntilOf(ctx: Context, officeId: OfficeId, bookingId: BookingId): Promise<LocalDate | null> {
  const right = await transaction(ctx, "console", (tx) => findRight(tx, officeId, bookingId));
  return right?.validUntil ?? null;
}
