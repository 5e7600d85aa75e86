import type { ContactId } from "#kernel/ids.ts";
import type { DomainEvent } from "#platform/outbox.ts";
import type { RequestId } from "./types.ts";

/** What allocation announces of a household's request. `detail` carries the contact. */
export type AllocationEventName =
  "allocation.filed" | "allocation.offered" | "allocation.waiting" | "allocation.identity" | "allocation.displaced";

export function allocationEvent(
  name: AllocationEventName,
  request: { readonly id: RequestId; readonly contactId: ContactId },
  at: Date,
  more: Readonly<Record<string, string | number>> = {},
): DomainEvent {
  return { name, subjectId: request.id, at, detail: { ...more, contactId: request.contactId } };
}
