import type { BookingId, OfficeId, VisitId } from "#kernel/ids.ts";
import type { DomainEvent } from "#platform/outbox.ts";

/** People of a booking were served, and the minute in which that could be taken back is over. */
export const VISIT_SERVED = "visits.served";

export function visitServed(visit: { bookingId: BookingId; id: VisitId; officeId: OfficeId }, at: Date): DomainEvent {
  return {
    name: VISIT_SERVED,
    officeId: visit.officeId,
    subjectId: visit.bookingId,
    at,
    detail: { visitId: visit.id },
  };
}
