import type { BookingId, ContactId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { transaction, type Context } from "#platform/context.ts";
import { rows, sql } from "#platform/db/index.ts";

/** Another place that the office keeps for a party, until `keptUntil`. */
export interface ProposedPlace {
  readonly id: string;
  readonly officeId: OfficeId;
  readonly localDate: LocalDate;
  readonly startsAt: Date;
  readonly keptUntil: Date;
}

/** What is proposed to a contact's own booking and can still be had. */
export async function getProposal(
  ctx: Context,
  contactId: ContactId,
  bookingId: BookingId,
): Promise<ProposedPlace | undefined> {
  const [found] = await ctx.database.transaction("citizen_reader", { contactId }, (tx) =>
    rows<ProposedPlace>(
      tx,
      sql`select id, office_id as "officeId", to_char(local_date, 'YYYY-MM-DD') as "localDate", starts_at as "startsAt", kept_until as "keptUntil"
          from booking.proposals where booking_id = ${bookingId} and state = 'asked' and kept_until > ${ctx.now}`,
    ),
  );
  return found;
}

/** Whose a booking of the own office is: an id, never an address. */
export async function findContactOf(
  ctx: Context,
  officeId: OfficeId,
  bookingId: BookingId,
): Promise<ContactId | undefined> {
  const [found] = await transaction(ctx, "console", (tx) =>
    rows<{ contactId: ContactId }>(
      tx,
      sql`select contact_id as "contactId" from booking.bookings where office_id = ${officeId} and id = ${bookingId} and state = 'active'`,
    ),
  );
  return found?.contactId;
}
