import type { ContactId, OfficeId } from "#kernel/ids.ts";
import type { DomainEvent } from "#platform/outbox.ts";
import type { EmergencyId } from "./types.ts";

/** Something changed in the queue of an office: its screens read it again. */
export const EMERGENCY_CHANGED = "emergencies.changed";
/** Two people signed an answer: the contact is told that there is one, and no more. */
export const EMERGENCY_ANSWERED = "emergencies.answered";

interface About {
  readonly id: EmergencyId;
  readonly officeId: OfficeId;
}

export function emergencyChanged({ id, officeId }: About, at: Date): DomainEvent {
  return { name: EMERGENCY_CHANGED, officeId, subjectId: id, at };
}

/** Only of a request with a contact: whoever gave a telephone is called. */
export function emergencyAnswered({ id, officeId }: About, contactId: ContactId, at: Date): DomainEvent {
  return { name: EMERGENCY_ANSWERED, officeId, subjectId: id, at, detail: { contactId } };
}
