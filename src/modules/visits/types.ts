import type { AppointmentOfParty, BookingState } from "#modules/booking/index.ts";
import type { AppointmentId, BookingId, LocalDate, OfficeId, ServiceSlug, VisitId } from "#kernel/ids.ts";

/** The rows of `state` in visits.visits; `rules.ts` says which may follow which. */
export const VISIT_STATES = ["expected", "waiting", "called", "serving", "done", "left"] as const;
export type VisitState = (typeof VISIT_STATES)[number];

export const OUTCOME_CODES = ["issued", "missing_document", "refused", "no_show"] as const;
export type OutcomeCode = (typeof OUTCOME_CODES)[number];

/** Papers that were not there or could not be accepted; codes, so that nothing typed is kept. */
export const MISSING_DOCUMENTS = [
  "birth_record",
  "proof_of_nationality",
  "identification",
  "proof_of_address",
  "previous_document",
  "parent_present",
  "parent_permission",
  "photo",
  "payment",
  "other_document",
] as const;
export type MissingDocument = (typeof MISSING_DOCUMENTS)[number];

export const REFUSAL_REASONS = [
  "identity_unclear",
  "record_differs",
  "not_entitled",
  "wrong_service",
  "legal_impediment",
  "system_down",
  "other_reason",
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** What came of one service of one person, as the clerk records it. */
export interface OutcomeInput {
  readonly appointmentId: AppointmentId;
  readonly service: ServiceSlug;
  readonly code: OutcomeCode;
  readonly reason?: MissingDocument | RefusalReason | undefined;
}

/** A party in the hall, or one that was marked as not come. */
export interface Visit {
  readonly officeId: OfficeId;
  readonly id: VisitId;
  readonly bookingId: BookingId;
  readonly localDate: LocalDate;
  readonly state: VisitState;
  readonly counter: number | null;
  readonly arrivedAt: Date | null;
  readonly calledAt: Date | null;
  readonly servedAt: Date | null;
  readonly recordedAt: Date | null;
  readonly doneAt: Date | null;
  readonly settledAt: Date | null;
  readonly version: number;
}

/** Where a party stands after a change: all that a list needs to be right again, and nothing that names anybody. */
export interface PartyChange {
  readonly visit: Omit<Visit, "officeId" | "localDate">;
  readonly state: BookingState;
  readonly appointments: readonly Pick<AppointmentOfParty, "id" | "state" | "outcomes">[];
}

/** What an office is told: how a party stands, that a booking of a day is another now, or, without both, that anything may have changed. */
export interface OfficeNotice {
  readonly officeId: OfficeId;
  readonly party?: PartyChange;
  readonly booking?: { readonly id: BookingId; readonly localDate: LocalDate };
}

export type VisitRefusal =
  | { readonly code: "not_allowed" }
  | { readonly code: "unknown_booking" }
  | { readonly code: "unknown_visit" }
  | { readonly code: "not_today" }
  | { readonly code: "booking_ended" }
  | { readonly code: "changed_meanwhile" }
  | { readonly code: "not_possible" }
  | { readonly code: "wrong_outcomes" }
  | { readonly code: "incomplete_outcomes" }
  /** All that the party comes for stands still. */
  | { readonly code: "service_suspended" }
  /** It never counts as not come: it comes back another day. */
  | { readonly code: "has_right_to_return" }
  | { readonly code: "right_is_over" }
  | { readonly code: "nothing_to_undo" }
  | { readonly code: "too_late_to_undo" }
  | { readonly code: "not_on_paper" }
  | { readonly code: "recorded_otherwise" };
