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

/** Whether a contact's own booking stands where a yes to a proposal brought it. */
export async function tookProposal(ctx: Context, contactId: ContactId, bookingId: BookingId): Promise<boolean> {
  const found = await ctx.database.transaction("citizen_reader", { contactId }, (tx) =>
    rows(
      tx,
      sql`select 1 from booking.proposals p join booking.bookings b on b.id = p.booking_id and b.office_id = p.office_id and b.starts_at = p.starts_at
          where p.booking_id = ${bookingId} and p.state = 'accepted' and b.state = 'active' limit 1`,
    ),
  );
  return found.length > 0;
}
