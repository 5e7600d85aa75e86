import type { BookingId, ContactId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { ReminderDay } from "./rules/reminders.ts";
import type { ReminderKind } from "./types.ts";

export interface BookingToRemind {
  readonly bookingId: BookingId;
  readonly contactId: ContactId;
  readonly officeId: OfficeId;
  readonly kind: ReminderKind;
  readonly localDate: LocalDate;
}

/** Bookings of these days that stand and were last changed before that instant; the warning is for those that still lack a permission. One read of bookings_by_day for each day. */
export function listBookingsToRemind(
  tx: Tx,
  days: readonly ReminderDay[],
  changedBefore: Date,
): Promise<BookingToRemind[]> {
  return rows(
    tx,
    sql`select b.id as "bookingId", b.contact_id as "contactId", b.office_id as "officeId", t.kind, b.local_date::text as "localDate"
        from unnest(${days.map((one) => one.officeId)}::text[], ${days.map((one) => one.kind)}::text[], ${days.map((one) => one.localDate)}::date[]) as t (office_id, kind, local_date)
        join booking.bookings b on b.office_id = t.office_id and b.local_date = t.local_date
        where b.state = 'active' and b.changed_at <= ${changedBefore} and (t.kind <> 'permission_5' or b.permissions_missing > 0)`,
  );
}
