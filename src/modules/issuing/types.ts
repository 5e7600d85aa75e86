import type { AppointmentId, BookingId, LocalDate, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import type { Brand } from "#kernel/brand.ts";
import type { PaymentMeans } from "#modules/offices/index.ts";

export type DocumentId = Brand<string, "DocumentId">;
export type PaymentId = Brand<string, "PaymentId">;

/** The rows of `state` in issuing.documents; `rules/documents.ts` says which may follow which. */
export const DOCUMENT_STATES = [
  "to_pay",
  "paid",
  "exempt",
  "captured",
  "in_production",
  "ready",
  "delivered",
  "spoiled",
  "by_mail",
  "return_on",
] as const;
export type DocumentState = (typeof DOCUMENT_STATES)[number];

/** What is counted piece by piece because it must not be lost. */
export const BLANKS = ["booklet", "card"] as const;
export type Blank = (typeof BLANKS)[number];

export const BLANK_MOVEMENTS = ["received", "used", "spoiled", "adjusted"] as const;
export type BlankMovement = (typeof BLANK_MOVEMENTS)[number];

/** Why nothing is paid where something would be due; codes, so that nothing typed is kept. */
export const EXEMPT_REASONS = ["protection_case", "no_means", "office_error", "agreement", "other_reason"] as const;
export type ExemptReason = (typeof EXEMPT_REASONS)[number];

/** Why a line is taken back. */
export const CORRECTION_REASONS = ["wrong_amount", "wrong_means", "wrong_person", "given_back", "slip"] as const;
export type CorrectionReason = (typeof CORRECTION_REASONS)[number];

/** One paper on its way from the cashier to its person. */
export interface IssuedDocument {
  readonly id: DocumentId;
  readonly bookingId: BookingId;
  readonly appointmentId: AppointmentId;
  readonly service: ServiceSlug;
  readonly localDate: LocalDate;
  readonly folioTail: string;
  readonly state: DocumentState;
  readonly before: DocumentState | null;
  readonly blank: Blank | null;
  readonly variant: string;
  readonly dueCents: number;
  readonly promisedOn: LocalDate | null;
  readonly returnOn: LocalDate | null;
  readonly changedAt: Date;
  readonly version: number;
}

/** A line of what was paid or exempted; a correction has the opposite amount and names the line that it takes back. */
export interface Payment {
  readonly id: PaymentId;
  readonly documentId: DocumentId;
  readonly localDate: LocalDate;
  readonly annex: boolean;
  readonly kind: "paid" | "exempt";
  readonly variant: string;
  readonly cents: number;
  readonly means: PaymentMeans | null;
  readonly receipt: string | null;
  readonly discount: string | null;
  readonly reason: string | null;
  readonly corrects: PaymentId | null;
  /** Version that its document had after it: what one key did is taken back together. */
  readonly step: number;
  readonly at: Date;
}

/** A movement of the stock. `quantity` is below zero where one is taken back, or a count found less. */
export interface BlankLine {
  readonly blank: Blank;
  readonly movement: BlankMovement;
  readonly quantity: number;
  readonly number: string | null;
}

/** A document as somebody saw it when she pressed a key. */
export interface Seen {
  readonly id: DocumentId;
  readonly version: number;
}

export interface MoneySum {
  readonly count: number;
  readonly cents: number;
}

/** Pieces of one blank over a day: start + received + adjusted − used − spoiled = end. */
export interface BlankDay {
  readonly blank: Blank;
  readonly start: number;
  readonly received: number;
  readonly adjusted: number;
  readonly used: number;
  readonly spoiled: number;
  readonly end: number;
  /** Numbers of those that were spoiled and not taken back. */
  readonly spoiledNumbers: readonly string[];
}

/** What two people sign: whole numbers, codes and days, so that it has one spelling. */
export interface ClosingPage {
  readonly officeId: OfficeId;
  readonly localDate: LocalDate;
  /** People with an appointment of that day, by what became of it. */
  readonly appointments: {
    readonly served: number;
    readonly unserved: number;
    readonly missed: number;
    readonly open: number;
  };
  /** People who came without one and were given a place at the door. */
  readonly walkIns: number;
  readonly outcomes: readonly { readonly service: string; readonly code: string; readonly count: number }[];
  readonly fees: {
    /** paid + exempt + open, to the cent. */
    readonly due: MoneySum;
    readonly paid: MoneySum;
    readonly exempt: MoneySum;
    /** Still to be paid by who was in the hall that day. */
    readonly open: MoneySum;
    readonly means: readonly (MoneySum & { readonly means: string })[];
    readonly reasons: readonly (MoneySum & { readonly reason: string })[];
    /** Services recorded as issued with no line of the cashier behind them. */
    readonly issuedUnpaid: number;
  };
  readonly blanks: readonly BlankDay[];
  /** Ready and not fetched, of this day and of those before. */
  readonly uncollected: readonly { readonly service: string; readonly count: number; readonly oldest: LocalDate }[];
}

export type IssuingRefusal =
  | { readonly code: "not_allowed" }
  | { readonly code: "unknown_booking" }
  | { readonly code: "unknown_document" }
  /** Nobody received this party today. */
  | { readonly code: "not_received" }
  | { readonly code: "changed_meanwhile" }
  | { readonly code: "step_does_not_follow" }
  /** The amount that the screen showed is not what is due. */
  | { readonly code: "amount_differs" }
  | { readonly code: "unknown_variant" }
  | { readonly code: "means_not_accepted" }
  /** A blank was used for it: it is spoiled first, never unpaid. */
  | { readonly code: "already_produced" }
  | { readonly code: "unknown_payment" }
  | { readonly code: "corrected_already" }
  | { readonly code: "number_missing" }
  | { readonly code: "nothing_to_undo" }
  | { readonly code: "too_late_to_undo" };

export type ClosingRefusal =
  | { readonly code: "not_allowed" }
  | { readonly code: "day_not_closable" }
  | { readonly code: "page_changed" }
  | { readonly code: "signed_already" }
  | { readonly code: "same_person" }
  | { readonly code: "needs_supervisor" };
