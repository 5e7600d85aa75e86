import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { BookingId, OfficeId } from "#kernel/ids.ts";
import type { StoredOutcome } from "#platform/idempotency.ts";
import { MOST_PEOPLE_ONLINE } from "../rules/party.ts";
import type { BookingRefusal } from "../types.ts";
import type { BookOutcome } from "./book-many.ts";

const ACCEPTED = "accepted";

/** What is kept of an outcome: a code, the person's number in the party where the words need it, and an id. */
export function storedCode(
  outcome: Outcome<unknown, BookingRefusal>,
  bookingId: BookingId,
): Pick<StoredOutcome, "outcome" | "resultId"> {
  if (outcome.ok) return { outcome: ACCEPTED, resultId: bookingId };
  const { refusal } = outcome;
  if (refusal.code === "already_booked")
    return { outcome: `already_booked ${refusal.ordinal}`, resultId: refusal.bookingId };
  if (refusal.code === "wait_after_cancel" || refusal.code === "contact_suspended")
    return { outcome: `${refusal.code} ${refusal.until.toISOString()}`, resultId: null };
  return { outcome: refusal.code, resultId: null };
}

/** The first answer once more, from its code and id. */
export function replayed(stored: StoredOutcome, bodyDigest: Buffer, officeId: OfficeId): BookOutcome {
  if (!stored.bodyDigest.equals(bodyDigest)) return refuse({ code: "idempotency_mismatch" });
  if (stored.outcome === ACCEPTED) return accept({ bookingId: stored.resultId as BookingId, officeId });
  const [code, fact] = stored.outcome.split(" ");
  if (code === "already_booked")
    return refuse({ code, bookingId: stored.resultId as BookingId, ordinal: Number(fact) });
  if (code === "too_many_people") return refuse({ code, most: MOST_PEOPLE_ONLINE });
  if (code === "wait_after_cancel" || code === "contact_suspended") return refuse({ code, until: new Date(fact!) });
  if (code === "hold_expired") return refuse({ code });
  return refuse({ code: "place_taken" });
}
