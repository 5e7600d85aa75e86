import type { Brand } from "#kernel/brand.ts";
import type { BookingId, ContactId, LocalDate, OfficeId, ServiceSlug, StaffId } from "#kernel/ids.ts";

export type EmergencyId = Brand<string, "EmergencyId">;

/** What happened, as whoever asks names it. Sealed: it may tell of violence or of a detention. */
export const EMERGENCY_KINDS = [
  "death_or_illness",
  "detention",
  "child_alone",
  "court_or_travel",
  "violence",
  "robbed",
] as const;
export type EmergencyKind = (typeof EMERGENCY_KINDS)[number];

/** By when it is needed, as people say it. */
export const NEEDED_BY = ["today", "two_days", "week", "ten_days"] as const;
export type NeededBy = (typeof NEEDED_BY)[number];

/** Why an emergency is answered with a no; the catalogue words each, and says what to do instead. */
export const NO_REASONS = ["ordinary_in_time", "other_office", "not_consular", "not_reached", "solved"] as const;
export type NoReason = (typeof NO_REASONS)[number];

/** The rows of `state`; `rules/answering.ts` says which may follow which. */
export const EMERGENCY_STATES = ["asked", "proposed", "granted", "refused", "booked", "withdrawn", "lapsed"] as const;
export type EmergencyState = (typeof EMERGENCY_STATES)[number];

/** What is sealed of a question. `phone` is to be called back, in E.164. */
export interface SealedEmergency {
  readonly kind: EmergencyKind;
  readonly neededBy: NeededBy;
  readonly phone?: string | undefined;
}

/** What an office answers: a place of its own, an hour of today without a place, or a no. `words` go to the person, sealed. */
export type EmergencyAnswer =
  | {
      readonly kind: "place";
      readonly service: ServiceSlug;
      readonly people: number;
      readonly localDate: LocalDate;
      readonly startsAt: Date;
      readonly words: string;
    }
  | { readonly kind: "hour"; readonly startsAt: Date; readonly words: string }
  | { readonly kind: "no"; readonly reason: NoReason; readonly words: string };

/** A row as whoever decides needs it. */
export interface EmergencyRow {
  readonly id: EmergencyId;
  readonly officeId: OfficeId;
  readonly contactId: ContactId | null;
  readonly state: EmergencyState;
  readonly version: number;
  readonly reviewed: boolean;
  readonly language: "es" | "en";
  readonly askedAt: Date;
  readonly dueAt: Date;
  readonly proposal: EmergencyAnswer["kind"] | null;
  readonly proposedAt: Date | null;
  readonly proposedBy: StaffId | null;
  readonly service: ServiceSlug | null;
  readonly people: number | null;
  readonly localDate: LocalDate | null;
  readonly startsAt: Date | null;
  readonly openingMinutes: number | null;
  readonly bookingId: BookingId | null;
}

/** Every expected no to whoever asks. */
export type AskRefusal =
  /** One is open: it says which. */
  | { readonly code: "already_asked"; readonly id: EmergencyId }
  | { readonly code: "too_many_asked"; readonly most: number; readonly days: number }
  /** So many telephones wait to be called back that a code must prove the next one. */
  | { readonly code: "prove_contact" }
  | { readonly code: "unknown_office" }
  | { readonly code: "invalid_phone" };

/** Every expected no to her own request. */
export type OwnRefusal = { readonly code: "unknown_emergency" } | { readonly code: "not_possible" };

/** Every expected no to the staff. */
export type AnswerRefusal =
  | OwnRefusal
  | { readonly code: "not_allowed" }
  | { readonly code: "changed_meanwhile" }
  /** The two who sign are two people. */
  | { readonly code: "second_person_needed" }
  /** After a no that was sent to the head of office, the head is one of the two. */
  | { readonly code: "head_needed" }
  | { readonly code: "emergency_place_taken" }
  | { readonly code: "hour_not_today" };
