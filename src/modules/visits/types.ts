import type { AppointmentOfParty, BookingState } from "#modules/booking/index.ts";
import type { AppointmentId, BookingId, LocalDate, OfficeId, ServiceSlug, VisitId } from "#kernel/ids.ts";

/** The rows of `state` in visits.visits; `rules.ts` says which may follow which. */
export const VISIT_STATES = ["expected", "waiting", "called", "serving", "done", "left"] as const;
export type VisitState = (typeof VISIT_STATES)[number];

/** Where a visit goes through, in the order in which it does: papers, money, data and photograph; `window` is all of them at once. */
export const STATIONS = ["filter", "cashier", "capture", "window"] as const;
export type Station = (typeof STATIONS)[number];

/** How a party comes to be in the hall. */
export const LINES = ["appointment", "return", "walk_in"] as const;
export type Line = (typeof LINES)[number];

/** Who goes before others of the same line (issue: priority groups). The first two follow from birth dates. */
export const PRIORITIES = ["age_60", "small_child", "disability", "pregnancy", "emergency", "far"] as const;
export type Priority = (typeof PRIORITIES)[number];

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
  /** Where it stands at its station. */
  readonly state: VisitState;
  readonly counter: number | null;
  readonly arrivedAt: Date | null;
  readonly calledAt: Date | null;
  readonly servedAt: Date | null;
  readonly recordedAt: Date | null;
  readonly doneAt: Date | null;
  readonly settledAt: Date | null;
  /** Number of its turn in the office's day; null for who never arrived. */
  readonly turnNo: number | null;
  readonly line: Line;
  readonly people: number;
  /** The hour of its appointment; null for who has none today. */
  readonly dueAt: Date | null;
  readonly lot: number | null;
  readonly priority: Priority | null;
  readonly station: Station;
  readonly route: readonly Station[];
  /** When it joined the queue of its station. */
  readonly stationSince: Date | null;
  readonly parkedAt: Date | null;
  /** How often it was called at its station. */
  readonly calls: number;
  readonly firstCalledAt: Date | null;
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
  /** Its queue of emergencies changed, and nothing else. */
  readonly emergencies?: true;
  /** One of its devices was revoked, and nothing else. */
  readonly devices?: true;
  /** What hangs in its hall changed, and no party of its list. */
  readonly wall?: true;
}

/** A browser that stands in a hall for everybody. */
export const DEVICE_KINDS = ["screen", "kiosk"] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

export interface Device {
  readonly id: string;
  readonly officeId: OfficeId;
  readonly kind: DeviceKind;
  readonly enrolledAt: Date;
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
  /** No session of today gives what somebody without an appointment comes for. */
  | { readonly code: "not_given_today" }
  /** Nobody waits at that station who could be called. */
  | { readonly code: "nobody_waits" }
  /** Not a station of this office, or of this visit. */
  | { readonly code: "wrong_station" }
  /** The person who marked a priority does not sign it too. */
  | { readonly code: "needs_another_person" }
  /** It never counts as not come: it comes back another day. */
  | { readonly code: "has_right_to_return" }
  | { readonly code: "right_is_over" }
  | { readonly code: "nothing_to_undo" }
  | { readonly code: "too_late_to_undo" }
  | { readonly code: "not_on_paper" }
  | { readonly code: "recorded_otherwise" };

/** Why a tablet's list is not given, not taken back or not decided. */
export type OfflineRefusal =
  | VisitRefusal
  | { readonly code: "no_such_sheet" }
  | { readonly code: "unknown_tablet" }
  | { readonly code: "unknown_list" }
  | { readonly code: "list_is_out" }
  | { readonly code: "list_is_back" }
  | { readonly code: "list_is_lost" }
  /** The same number of a tablet with another act, or an act about nobody of its list. */
  | { readonly code: "wrong_operations" }
  | { readonly code: "unknown_conflict" }
  /** Nothing of the visit can be taken back any more. */
  | { readonly code: "already_settled" };
