import type { ContactId } from "#kernel/ids.ts";
import type { DomainEvent } from "#platform/outbox.ts";
import type { CaseRow } from "./types.ts";

/** Whoever holds the booking is asked whether it is hers. */
export const CASE_CHALLENGED = "integrity.challenged";
/** A person signed that the booking ends: its place goes to the ordinary pools, and the contact hears of the appeal. */
export const CASE_CANCELLED = "integrity.cancelled";
/** Another person decided that it should not have ended. */
export const APPEAL_WON = "integrity.appeal_won";
/** What a person decided of a contact: until when it begins nothing new by itself; null when it is open again. */
export const CONTACT_SANCTIONED = "integrity.sanctioned";

type Name = typeof CASE_CHALLENGED | typeof CASE_CANCELLED | typeof APPEAL_WON;

export function caseEvent(
  name: Name,
  { bookingId, officeId, contactId }: Pick<CaseRow, "bookingId" | "officeId" | "contactId">,
  at: Date,
): DomainEvent {
  return { name, officeId, subjectId: bookingId, at, detail: { contactId } };
}

export function sanctionEvent(contactId: ContactId, until: Date | null, at: Date): DomainEvent {
  return { name: CONTACT_SANCTIONED, subjectId: contactId, at, detail: { until: until?.toISOString() ?? null } };
}
