import type {
  AppointmentId,
  BookingId,
  ContactId,
  Folio,
  LocalDate,
  OfficeId,
  ServiceGroup,
  ServiceSlug,
  SessionId,
} from "#kernel/ids.ts";
import type { SpecialDayId } from "#modules/schedules/index.ts";
import type { StaffRole } from "#platform/context.ts";
import type { TooOften } from "#platform/limits/index.ts";

/** The rows of `state` in booking.appointments; `rules/states.ts` says which may follow which. */
export const APPOINTMENT_STATES = ["booked", "cancelled", "lapsed", "served", "unserved", "missed"] as const;
export type AppointmentState = (typeof APPOINTMENT_STATES)[number];

export type BookingState = "active" | "cancelled" | "lapsed" | "completed" | "missed";

/** How a child's parent takes part; `signs_elsewhere` needs a permission that is at most 90 days old on the day. */
export type ParentPart = "comes" | "signs_elsewhere" | "cannot";
export type CannotReason = "died" | "judgment" | "unknown" | "refuses" | "detained" | "danger";

export interface Parent {
  readonly part: ParentPart;
  readonly reason?: CannotReason | undefined;
  /** Day on which the permission was or will be signed at another office. */
  readonly permissionOn?: LocalDate | undefined;
  /** Where an absent parent wants the sheet that says what to sign; without it the family hands it over. Personal. */
  readonly sheetTo?: { readonly kind: "email" | "sms"; readonly address: string } | undefined;
  /** Set by a clerk once the signed permission has come. */
  readonly received?: { readonly signedOn: LocalDate } | undefined;
}

/** What somebody says of herself, because a form cannot know it. `deadline`: travel, court or school, with its day. */
export interface Declared {
  readonly kind: "pregnancy" | "disability" | "deadline";
  readonly on?: LocalDate | undefined;
}

/** A person as her contact typed her, as on the birth record. Personal: sealed before it is stored. */
export interface ApplicantDetails {
  readonly givenNames: string;
  readonly firstSurname: string;
  /** Empty for whoever has one surname. */
  readonly secondSurname: string;
  /** Name on US papers; shown to the clerk, never matched. */
  readonly otherName: string;
  readonly bornOn: LocalDate;
  /** One of the 32 states by its two-letter CURP code, or NE for abroad. */
  readonly bornIn: string;
  readonly sex: "H" | "M" | "X";
  readonly curp: string;
  /** Present for children: one entry for each person on the record. */
  readonly parents: readonly Parent[];
  /** Whoever was given her place by a draw: what she declared so as not to wait. The counter asks for its paper. */
  readonly declared?: readonly Declared[] | undefined;
}

export interface ApplicantRequest extends ApplicantDetails {
  /** One to three services of the same visit, in the order in which they are done. */
  readonly services: readonly ServiceSlug[];
}

/** Answers of the checklist: question id to yes or no. */
export type ChecklistAnswers = Readonly<Record<string, boolean>>;

/** Where and when: the places are found around this start. */
export interface WantedTime {
  readonly officeId: OfficeId;
  readonly localDate: LocalDate;
  readonly startsAt: Date;
  /** A special day at a venue in another town; without it, what is at the office itself. */
  readonly specialDayId?: SpecialDayId | undefined;
}

/** The special day of a booking, if it is on one. */
export interface DayOfBooking {
  readonly id: SpecialDayId;
  /** Its places are kept, and it has no day or place at this time: nobody is to set out. */
  readonly suspended: boolean;
  /** Where people go in place of the office. */
  readonly venue: VenueOfBooking | null;
}

export interface VenueOfBooking {
  readonly name: string;
  readonly street: string;
  readonly city: string;
  /** Postal code of the state or province. */
  readonly region: string;
  readonly wayIn: string;
}

export interface AppointmentView {
  readonly id: AppointmentId;
  readonly ordinal: number;
  readonly sessionId: SessionId;
  readonly serviceGroup: ServiceGroup;
  readonly services: readonly ServiceSlug[];
  readonly startsAt: Date;
  readonly counter: number;
  readonly state: AppointmentState;
}

/** A booking opened for somebody who may see it. */
export interface BookingView {
  readonly id: BookingId;
  readonly officeId: OfficeId;
  readonly contactId: ContactId;
  readonly folio: Folio;
  readonly localDate: LocalDate;
  readonly startsAt: Date;
  readonly state: BookingState;
  readonly channel: string;
  readonly language: "es" | "en";
  readonly fullMessage: boolean;
  /** Nothing that leaves the house says of it, and a birth date does not open it. */
  readonly delicate: boolean;
  readonly checklist: ChecklistAnswers;
  /** In the order of the party; `ordinal` 1 is the first. */
  readonly applicants: readonly ApplicantDetails[];
  readonly appointments: readonly AppointmentView[];
  readonly createdAt: Date;
  /** How often its contact moved it; `mendUntil` is until when one more puts a mistake right and is not counted. */
  readonly moves: number;
  readonly mendUntil: Date | null;
  /** It stands on a place that its office cut: another is proposed, or it is asked to choose. */
  readonly displaced: boolean;
  readonly specialDay: DayOfBooking | null;
}

/** This contact cancelled an appointment of its own: until then it books nothing at once. Draws stay open to it. */
export interface WaitAfterCancel {
  readonly code: "wait_after_cancel";
  readonly until: Date;
}

/** A person decided that this contact begins nothing new by itself for a time. Whoever uses it is served by telephone and at the counter. */
export interface ContactSuspended {
  readonly code: "contact_suspended";
  readonly until: Date;
}

/** Every expected no of this module; each channel words each code. */
export type BookingRefusal =
  | { readonly code: "place_taken" }
  | { readonly code: "hold_expired" }
  | { readonly code: "too_many_people"; readonly most: number }
  | { readonly code: "already_booked"; readonly bookingId: BookingId; readonly ordinal: number }
  | { readonly code: "twice_in_party"; readonly ordinal: number }
  | { readonly code: "wrong_services"; readonly ordinal: number }
  | { readonly code: "parents_missing"; readonly ordinal: number }
  | { readonly code: "permission_too_old"; readonly ordinal: number }
  | { readonly code: "unknown_booking" }
  | { readonly code: "not_changeable" }
  | { readonly code: "too_late"; readonly hours: number }
  /** Its contact has moved it as often as a booking may be moved. */
  | { readonly code: "too_many_moves"; readonly most: number }
  /** Neither its own office nor one of the nearest. */
  | { readonly code: "too_far"; readonly nearest: number }
  | WaitAfterCancel
  | ContactSuspended
  | TooOften
  | { readonly code: "idempotency_mismatch" };

/** A booking that was made. */
export interface Booked {
  readonly bookingId: BookingId;
  readonly officeId: OfficeId;
}

export type { AuditLine } from "#platform/audit.ts";
export type { StaffRole } from "#platform/context.ts";

/** When in a day, for whoever reads it: an exact minute would say which colleague it was. */
export type PartOfDay = "morning" | "afternoon" | "evening";
/** What was done with a file, as far as its owner can use it. */
export type LookWhat =
  | "read"
  | "braked"
  | "message"
  | "corrected"
  | "permission"
  | "booked"
  | "moved"
  | "cancelled"
  | "declined"
  | "lapsed"
  | "exported"
  | "paid"
  | "visit"
  /** With her telephone or e-mail: a conversation, an answer to an authority, a paper card. */
  | "talked"
  | "disclosed"
  | "card"
  /** Her request for a place, or for urgent attention. */
  | "asked"
  | "urgent"
  | "handled";

/** What one kind of reader did with a file in one part of one day. */
export interface Look {
  readonly on: LocalDate;
  readonly part: PartOfDay;
  readonly by: "you" | "system" | StaffRole | "former_staff";
  readonly officeId: OfficeId | null;
  readonly what: LookWhat;
  readonly times: number;
}
