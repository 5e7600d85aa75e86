import type { BookingId, ContactId, LocalDate } from "#kernel/ids.ts";
import type { Context } from "#platform/context.ts";
import { rows, sql } from "#platform/db/index.ts";

/** What a contact sees of a day that went wrong, of its own booking. */
export interface OwnDay {
  /** Hour of the next news for who was told to stay at home; null once it may come. */
  readonly newsAt: Date | null;
  readonly returnUntil: LocalDate | null;
  /** The other hour that it was told; null where it was told none. */
  readonly hourAt: Date | null;
}

const NOTHING: OwnDay = { newsAt: null, returnUntil: null, hourAt: null };

/** Of another's booking nothing, like of one of which there is nothing to say. */
export async function getOwnDay(ctx: Context, contactId: ContactId, bookingId: BookingId): Promise<OwnDay> {
  const [day] = await ctx.database.transaction("citizen_reader", { contactId }, (tx) =>
    rows<OwnDay>(
      tx,
      sql`select r.told_news_at as "newsAt", to_char(r.valid_until, 'YYYY-MM-DD') as "returnUntil", e.expected_at as "hourAt"
          from booking.bookings b
          left join visits.return_rights r on r.office_id = b.office_id and r.booking_id = b.id and r.local_date = b.local_date and r.undone_at is null
          left join visits.expected_hours e on e.office_id = b.office_id and e.booking_id = b.id and e.local_date = b.local_date and e.told_for is not null
          where b.id = ${bookingId}`,
    ),
  );
  return day ?? NOTHING;
}
