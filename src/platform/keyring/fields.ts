/**
 * The committed register of sealed fields. The name goes into what is authenticated, never a table
 * or column name: renaming a column must not mean sealing everything again (hardening 8).
 */
export const SEALED_FIELDS = [
  "people.contact",
  "booking.draft",
  "booking.booking",
  "booking.applicant",
  "allocation.request",
  "emergencies.request",
  "emergencies.answer",
  "adverts.advert",
  "adverts.screenshot",
  "adverts.purchase",
  "integrity.filing",
  "conversations.said",
  "conversations.state",
  "conversations.reply",
  "conversations.task",
  "helpers.helper",
] as const;
export type SealedField = (typeof SEALED_FIELDS)[number];

/** Those whose records may be erased before their month: the key of each needs a share that can be destroyed alone (decision 0043). */
export const SHARED_FIELDS: ReadonlySet<SealedField> = new Set<SealedField>([
  "booking.booking",
  "booking.applicant",
  "allocation.request",
  "emergencies.request",
  "emergencies.answer",
  "integrity.filing",
  "adverts.advert",
  "adverts.screenshot",
  "adverts.purchase",
  "conversations.said",
  "conversations.state",
  "conversations.reply",
  "conversations.task",
  "helpers.helper",
]);

/** One digest key per purpose, so that two columns cannot be compared with each other. */
export const DIGESTS = [
  "contact",
  "claim.name",
  "claim.curp",
  "observed",
  "identity",
  "folio",
  "card",
  "idempotency",
  "code",
  "subject",
  "domain",
  "room",
  "survey",
  "beacon",
  "advert",
  "advert.point",
] as const;
export type DigestName = (typeof DIGESTS)[number];
/** Pseudonyms of the audit log have a key for each year, which ends with the retention of its entries (hardening 24). */
export type YearlyDigest = "subject";
/** The operator's own beacon says the same of a round for ever, so its key is never rotated. */
type LastingDigest = "beacon";
export type RotatedDigest = Exclude<DigestName, YearlyDigest | LastingDigest>;

export const SIGNATURES = [
  "slip",
  "link",
  "request",
  "sheet",
  "challenge",
  "unsubscribe",
  "ticket",
  "survey",
  "undo",
] as const;
export type SignatureName = (typeof SIGNATURES)[number];

/** Ed25519 keys for what the public checks without asking us: the draw's papers, the room's documents and the heads of the audit chain have one each. */
export const PUBLIC_KEYS = ["draw", "room", "audit"] as const;
export type PublicKeyName = (typeof PUBLIC_KEYS)[number];
