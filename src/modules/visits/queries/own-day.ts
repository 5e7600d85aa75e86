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

/** Of another's booking nothing, like of one of which there is nothing to say. */
export async function getOwnDay(ctx: Context, contactId: ContactId, bookingId: BookingId): Promise<OwnDay> {
  const [day] = await ctx.database.transaction("citizen_reader", { contactId }, (tx) =>
    rows<OwnDay>(
      tx,
      sql`select (select told_news_at from visits.return_rights where booking_id = ${bookingId} and undone_at is null) as "newsAt",
            (select to_char(valid_until, 'YYYY-MM-DD') from visits.return_rights where booking_id = ${bookingId} and undone_at is null) as "returnUntil",
            (select expected_at from visits.expected_hours where booking_id = ${bookingId} and told_for is not null) as "hourAt"`,
    ),
  );
  return day!;
}
