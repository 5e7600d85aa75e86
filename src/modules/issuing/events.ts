import type { BookingId, ContactId, OfficeId } from "#kernel/ids.ts";
import type { DomainEvent } from "#platform/outbox.ts";

/** Papers of a party can be fetched. Whether they still can stands in the table when it is told: a slip is taken back within a minute. */
export const DOCUMENTS_READY = "issuing.ready";

export function documentsReady(
  officeId: OfficeId,
  { bookingId, contactId }: { readonly bookingId: BookingId; readonly contactId: ContactId },
  at: Date,
): DomainEvent {
  return { name: DOCUMENTS_READY, officeId, subjectId: bookingId, at, detail: { contactId } };
}
