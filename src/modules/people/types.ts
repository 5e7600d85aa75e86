import type { Channel, Context, StaffRole } from "#platform/context.ts";
import type { ContactId, OfficeId, StaffId } from "#kernel/ids.ts";

export type { Actor, StaffRole } from "#platform/context.ts";

export type Language = Context["language"];

/** How a contact is reached; a paper card is reached by nothing and is a full substitute. */
export type ContactKind = "email" | "sms" | "voice" | "card" | "whatsapp";
/** The ways on which a one-time code travels. */
export type CodeKind = "email" | "sms" | "voice";

/** A visitor's browser or call. Only one with a `contactId` is verified at this moment. */
export interface VisitorSession {
  /** Stays the same when the token is rotated: what this session filed needs no folio later (hardening 18). */
  readonly id: string;
  readonly channel: Channel;
  readonly language: Language;
  readonly contactId?: ContactId | undefined;
  readonly contactKind?: ContactKind | undefined;
  readonly verifiedAt?: Date | undefined;
  /** When the verification lapses unless the session is used. */
  readonly verifiedUntil?: Date | undefined;
  /** It verified a contact, and the verification lapsed: a new code has a budget that strangers cannot use up. */
  readonly hadContactBefore: boolean;
  readonly expiresAt: Date;
  /** Set in a helper's browser: the visit is over then, and nothing that outlives it is made in it. */
  readonly borrowedUntil?: Date | undefined;
}

export interface StaffMember {
  readonly id: StaffId;
  readonly officeId?: OfficeId | undefined;
  readonly role: StaffRole;
  /** Personal: the name that colleagues see. */
  readonly name: string;
}

/** Whoever is signed in at this moment. */
export interface SignedInStaff extends StaffMember {
  /** When the passkey was last touched: at signing in, or since. */
  readonly touchedAt: Date;
}

/** How a citizen at a desk showed that she is there: her live code, the PIN of her card, or a second member of staff. */
export type PresenceShown = "code" | "card" | "second";

/** What a presence serves for: a date, or a colleague's second look at a paper. */
export type PresenceUse = "date" | "name";

export interface Presence {
  readonly shown: PresenceShown;
  /** Whose code or card it was; none where a colleague attested it. */
  readonly contactId: ContactId | undefined;
}

/** A one-time code to deliver. Personal through its digits: it is rendered, sent and forgotten. */
export interface CodeToSend {
  readonly codeId: string;
  readonly contactId: ContactId;
  readonly kind: CodeKind;
  readonly language: Language;
  readonly digits: string;
  readonly expiresAt: Date;
}

/** Where a contact is reached. `address` is missing for a card and after erasure. */
export interface ContactAddress {
  readonly kind: ContactKind;
  readonly language: Language;
  readonly address: string | undefined;
}
