import type { DomainEvent } from "#platform/outbox.ts";
import type { CodeKind, Language } from "./types.ts";

interface CodeEvent {
  readonly codeId: string;
  readonly contactId: string;
  readonly kind: CodeKind;
  readonly language: Language;
  readonly at: Date;
}

/** A code waits to be delivered. */
export const CODE_REQUESTED = "people.code_requested";
/** A code was answered for and is not delivered; written all the same, so that the time taken does not tell. */
export const CODE_WITHHELD = "people.code_withheld";

export function codeEvent(
  name: typeof CODE_REQUESTED | typeof CODE_WITHHELD,
  { codeId, contactId, kind, language, at }: CodeEvent,
): DomainEvent {
  return { name, subjectId: codeId, at, detail: { contactId, kind, language } };
}

/** A contact was proved by a code: its address moves under the key of the month until which it is kept now. */
export const CONTACT_VERIFIED = "people.contact_verified";

/** A contact was added to an account; the one that it writes to is told, and may take it back. */
export const CONTACT_JOINED = "people.contact_joined";

export function contactJoined(joiningId: string, toldId: string, at: Date): DomainEvent {
  return { name: CONTACT_JOINED, subjectId: joiningId, at, detail: { contactId: toldId } };
}

export function contactVerified(contactId: string, at: Date): DomainEvent {
  return { name: CONTACT_VERIFIED, subjectId: contactId, at };
}
