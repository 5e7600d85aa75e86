import type { BookingId, ContactId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { oneRow, rows, sql, type Tx } from "#platform/db/index.ts";
import type { ReminderDay } from "./rules/reminders.ts";
import type { DayMessageKind, ReminderKind } from "./types.ts";

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

/** What became of a booking on a day that goes wrong. */
export interface DayOfBooking {
  /** Hour of the next news for who was told to stay at home; null once it may come. */
  readonly newsAt: Date | null;
  readonly backAt: Date | null;
  readonly returnUntil: LocalDate | null;
  readonly expectedAt: Date | null;
  /** It stands in the hall, or has stood there. */
  readonly arrived: boolean;
  /** A later message of the same kind says it better. */
  readonly superseded: boolean;
  /** An earlier one may have told it to stay at home, or another hour: it left, or is just leaving. */
  readonly toldBefore: boolean;
}

export async function findDay(
  tx: Tx,
  officeId: OfficeId,
  bookingId: BookingId,
  message: { readonly kind: DayMessageKind; readonly sequence: number },
): Promise<DayOfBooking | undefined> {
  const before: DayMessageKind = message.kind === "day_resumed" ? "day_suspended" : message.kind;
  const [day] = await rows<DayOfBooking>(
    tx,
    sql`select r.told_news_at as "newsAt", r.told_back_at as "backAt", to_char(r.valid_until, 'YYYY-MM-DD') as "returnUntil", e.expected_at as "expectedAt",
          coalesce(v.arrived_at is not null, false) as arrived,
          exists (select from messaging.messages m where m.subject_id = b.booking_id and m.kind = ${message.kind} and m.sequence > ${message.sequence}) as superseded,
          exists (select from messaging.messages m where m.subject_id = b.booking_id and m.kind = ${before} and m.sequence < ${message.sequence} and m.state in ('queued', 'sent')) as "toldBefore"
        from (select office_id, id as booking_id, local_date from booking.bookings where office_id = ${officeId} and id = ${bookingId}) b
        left join visits.return_rights r on r.office_id = b.office_id and r.booking_id = b.booking_id and r.local_date = b.local_date and r.undone_at is null
        left join visits.expected_hours e on e.office_id = b.office_id and e.booking_id = b.booking_id and e.local_date = b.local_date
        left join visits.visits v on v.office_id = b.office_id and v.booking_id = b.booking_id and v.local_date = b.local_date`,
  );
  return day;
}

/** An urgent request as whoever is told of its answer needs it: its language, and whether there is an answer at this moment. */
export async function findAnswered(
  tx: Tx,
  id: string,
): Promise<{ readonly language: "es" | "en"; readonly answered: boolean } | undefined> {
  const [found] = await rows<{ language: "es" | "en"; answered: boolean }>(
    tx,
    sql`select language, state in ('granted', 'refused') as answered from emergencies.requests where id = ${id}`,
  );
  return found;
}

/** Papers of a booking that wait to be fetched, and whether a later message of the kind says it better. */
export async function findReady(
  tx: Tx,
  officeId: OfficeId,
  bookingId: BookingId,
  sequence: number,
): Promise<{ readonly ready: number; readonly superseded: boolean }> {
  return oneRow(
    tx,
    sql`select (select count(*)::int from issuing.documents d where d.office_id = ${officeId} and d.booking_id = ${bookingId} and d.state = 'ready') as ready,
          exists (select from messaging.messages m where m.subject_id = ${bookingId} and m.kind = 'documents_ready' and m.sequence > ${sequence}) as superseded`,
  );
}
