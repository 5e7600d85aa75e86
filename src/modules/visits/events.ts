import type { BookingId, ContactId, LocalDate, OfficeId, VisitId } from "#kernel/ids.ts";
import type { DomainEvent } from "#platform/outbox.ts";

/** People of a booking were served, and the minute in which that could be taken back is over. */
export const VISIT_SERVED = "visits.served";

export function visitServed(
  visit: { bookingId: BookingId; id: VisitId; officeId: OfficeId },
  contactId: ContactId,
  at: Date,
): DomainEvent {
  return {
    name: VISIT_SERVED,
    officeId: visit.officeId,
    subjectId: visit.bookingId,
    at,
    detail: { visitId: visit.id, contactId },
  };
}

/**
 * What a party hears on a day that goes wrong: to stay at home until the next news, that it may come, or that its hour is
 * another one. What it says stands in the tables at the moment of sending.
 */
export type DayNews = "visits.suspended" | "visits.resumed" | "visits.hour_changed";

export function dayNews(
  name: DayNews,
  officeId: OfficeId,
  party: { readonly bookingId: BookingId; readonly contactId: ContactId; readonly localDate: LocalDate },
  at: Date,
): DomainEvent {
  const { bookingId, contactId, localDate } = party;
  return { name, officeId, subjectId: bookingId, at, detail: { contactId, localDate } };
}
