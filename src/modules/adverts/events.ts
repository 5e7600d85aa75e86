import type { ContactId } from "#kernel/ids.ts";
import type { DomainEvent } from "#platform/outbox.ts";
import type { AdvertId } from "./types.ts";

/** Somebody other than who filed it says that an advert sells appointments: its points are looked for among contacts. */
export const ADVERT_CONFIRMED = "adverts.confirmed";
/** A confirmed advert names a contact: evidence E1 for the score. Its subject is the contact. */
export const ADVERT_MATCHED = "adverts.matched";
/** The advert was dismissed after all: the evidence falls. Its subject is the contact. */
export const ADVERT_WITHDRAWN = "adverts.withdrawn";

export function advertConfirmed(id: AdvertId, at: Date): DomainEvent {
  return { name: ADVERT_CONFIRMED, subjectId: id, at };
}

export function advertMatched(
  name: typeof ADVERT_MATCHED | typeof ADVERT_WITHDRAWN,
  advertId: AdvertId,
  contactId: ContactId,
  at: Date,
): DomainEvent {
  return { name, subjectId: contactId, at, detail: { advertId } };
}
