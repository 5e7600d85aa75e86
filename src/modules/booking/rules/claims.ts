import type { AppointmentId, BookingId, ContactId } from "#kernel/ids.ts";

export type KeyKind = "name" | "curp";

/** One key of one applicant for one scope, as it is to be written. */
export interface ClaimKey {
  readonly key: Buffer;
  readonly kind: KeyKind;
  readonly version: number;
}

/** What one applicant claims: a scope under each of her keys. */
export interface ClaimRequest {
  readonly ordinal: number;
  readonly scope: string;
  readonly appointmentId: AppointmentId;
  readonly keys: readonly ClaimKey[];
  /** Digest of her CURP under the newest version; undefined when she gave none. */
  readonly curpKey: Buffer | undefined;
}

/** A row that stands in the way of one key: a counting one, or the asking contact's own contested one. */
export interface StandingClaim {
  readonly standing: "counting" | "contested";
  readonly key: Buffer;
  readonly scope: string;
  readonly kind: KeyKind;
  readonly curpKey: Buffer | null;
  readonly bookingId: BookingId;
  readonly contactId: ContactId;
}

export type ClaimDecision =
  /** Every key is hers, or belongs to a namesake whose CURP is another: those keys are left alone. */
  | { readonly standing: "counting"; readonly without: readonly Buffer[] }
  /** Somebody else filed for the same person first. She is served all the same and nobody is told. */
  | { readonly standing: "contested" }
  /** This very contact filed before, counting or contested, and is shown its own appointment: the answer never tells the two apart. */
  | { readonly standing: "refused"; readonly bookingId: BookingId };

/**
 * Decides what a claim becomes when some of its keys are already counted for another appointment.
 *
 * Nobody is refused because of what a stranger typed: only the same contact is, and it sees its own
 * booking. Two people of one name with two different CURPs are two people (hardening 1, engineering 3).
 */
export function judgeClaim(
  claim: ClaimRequest,
  contactId: ContactId,
  inTheWay: readonly StandingClaim[],
): ClaimDecision {
  const namesakes = inTheWay.filter((other) => isNamesake(claim, other));
  const real = inTheWay.filter((other) => !namesakes.includes(other));
  const own = real.find((other) => other.contactId === contactId);
  if (own) return { standing: "refused", bookingId: own.bookingId };
  if (real.length > 0) return { standing: "contested" };
  return { standing: "counting", without: namesakes.map((other) => other.key) };
}

function isNamesake(claim: ClaimRequest, other: StandingClaim): boolean {
  return (
    other.kind === "name" &&
    claim.curpKey !== undefined &&
    other.curpKey !== null &&
    !claim.curpKey.equals(other.curpKey)
  );
}
