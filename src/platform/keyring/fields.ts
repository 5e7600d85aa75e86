/**
 * The committed register of sealed fields. The name goes into what is authenticated, never a table
 * or column name: renaming a column must not mean sealing everything again (hardening 8).
 */
export const SEALED_FIELDS = ["people.contact", "booking.draft", "booking.booking", "booking.applicant"] as const;
export type SealedField = (typeof SEALED_FIELDS)[number];

/** One digest key per purpose, so that two columns cannot be compared with each other. */
export const DIGESTS = [
  "contact",
  "claim.name",
  "claim.curp",
  "folio",
  "card",
  "idempotency",
  "code",
  "subject",
] as const;
export type DigestName = (typeof DIGESTS)[number];

export const SIGNATURES = ["slip", "link", "challenge", "unsubscribe"] as const;
export type SignatureName = (typeof SIGNATURES)[number];
