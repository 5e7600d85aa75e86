import type { Brand } from "#kernel/brand.ts";
import type { BookingId, ContactId, LocalDate, OfficeId, StaffId } from "#kernel/ids.ts";
import type { Tx } from "#platform/db/index.ts";
import type { Context } from "#platform/context.ts";
import type { KeyName } from "#platform/keyring/index.ts";
import type { Missing } from "./rules/cases.ts";
import type { Level } from "./rules/levels.ts";
import type { Family, ScoreTerm } from "./rules/score.ts";

/** A person as a contact filed her, as far as it tells who she is. Personal. */
export interface FiledPerson {
  /** Which of the party, from 1. */
  readonly ordinal: number;
  readonly givenNames: string;
  readonly firstSurname: string;
  /** Empty for whoever has one surname. */
  readonly secondSurname: string;
  readonly bornOn: LocalDate;
  /** Two letters of a state, or NE for abroad. */
  readonly bornIn: string;
  readonly sex: "H" | "M" | "X";
  /** A valid CURP, or empty. */
  readonly curp: string;
  /** Her CURP says another name, date or sex; she was asked, and stood by it. */
  readonly differs?: boolean | undefined;
  /** A clerk had her document in hand: identity level 2. */
  readonly seen: boolean;
}

/** What a booking says of its people now. */
export interface FiledParty {
  readonly sourceId: string;
  readonly contactId: ContactId;
  /** Its visit is to come. */
  readonly active: boolean;
  readonly filedAt: Date;
  /** The key with which it ends, and the day after which it is erased. */
  readonly under: KeyName;
  readonly eraseAfter: LocalDate;
  readonly people: readonly FiledPerson[];
}

/** Asks those who know bookings; what is gone is not in the answer. */
export type ReadParties = (ctx: Context, tx: Tx, sourceIds: readonly string[]) => Promise<FiledParty[]>;

/** What made or unmade the likeness of two filings; each is worded for the person who decides. */
export const TERMS = [
  "curp_equal",
  "curp_sixteen",
  "born_equal",
  "born_swapped",
  "born_digit",
  "born_other",
  "first_surname_equal",
  "first_surname_alike",
  "first_surname_other",
  "second_surname_equal",
  "second_surname_alike",
  "second_surname_other",
  "given_equal",
  "given_part",
  "given_other",
  "sex_equal",
  "sex_other",
  "state_equal",
  "state_other",
  "phone_equal",
  "email_equal",
  "two_contacts",
] as const;
export type Term = (typeof TERMS)[number];

/** Bits of each term: the binary logarithm of how much likelier it is among filings of one person. */
export type Bits = Readonly<Partial<Record<Term, number>>>;

export const VERDICTS = ["same", "different", "twins"] as const;
export type Verdict = (typeof VERDICTS)[number];

export type ClusterId = Brand<string, "ClusterId">;
export type CaseId = Brand<string, "CaseId">;

/** What integrity is told of a booking: ids, instants, and a few bits of digests of who comes. */
export interface Observed {
  readonly bookingId: BookingId;
  readonly officeId: OfficeId;
  readonly contactId: ContactId;
  readonly startsAt: Date;
  readonly bookedAt: Date;
  /** Also when it lapsed. */
  readonly cancelledAt: Date | null;
  readonly ended: "served" | "missed" | null;
  /** Booked by telephone, at the counter or at the door. */
  readonly assisted: boolean;
  readonly persons: readonly number[];
  readonly surnames: readonly number[];
  /** Registered helper with whom it was made, for as long as that is known. */
  readonly helperId?: string | null;
}

/** Bookings are read by whoever knows them; what is erased is not in the answer. */
export type ReadObserved = (
  ctx: Pick<Context, "keyring">,
  tx: Tx,
  ids: readonly BookingId[],
) => Promise<readonly Observed[]>;

export interface Unobserved {
  readonly bookingId: BookingId;
  readonly deviceId: string | null;
  readonly asked: string;
}

/** A contact that stands in a confirmed advert. */
export interface Resale {
  readonly contactId: ContactId;
  readonly advertId: string;
}

/** The rows of `state`; `rules/cases.ts` says which may follow which. */
export const CASE_STATES = [
  "flagged",
  "queued",
  "challenged",
  "validated",
  "unreachable",
  "refuted",
  "cleared",
] as const;
export type CaseState = (typeof CASE_STATES)[number];
export const ATTEMPT_CHANNELS = ["voice", "sms", "email", "whatsapp"] as const;
export type AttemptChannel = (typeof ATTEMPT_CHANNELS)[number];
/** Why somebody appeals; the catalogue words each, and nothing is typed. */
export const APPEAL_REASONS = ["mine", "not_called", "helped"] as const;
export type AppealReason = (typeof APPEAL_REASONS)[number];

/** A case as whoever decides needs it. */
export interface CaseRow {
  readonly id: CaseId;
  readonly bookingId: BookingId;
  readonly officeId: OfficeId;
  readonly contactId: ContactId;
  readonly clusterId: ClusterId | null;
  readonly origin: "score" | "control";
  readonly level: Level;
  readonly points: number;
  readonly state: CaseState;
  readonly version: number;
  readonly startsAt: Date;
  readonly settledAt: Date | null;
  readonly settledBy: StaffId | null;
  /** Who signed that its holder was not reached, before the day on which that may end it. */
  readonly aheadBy: StaffId | null;
  readonly appealedAt: Date | null;
  readonly appealReason: AppealReason | null;
  readonly appealVerdict: "won" | "upheld" | null;
}

/** A group as the console shows it. */
export interface ClusterRow {
  readonly id: ClusterId;
  readonly points: number;
  readonly level: Level;
  readonly families: readonly Family[];
  readonly strong: boolean;
  readonly terms: readonly ScoreTerm[];
  readonly credits: readonly { readonly code: string; readonly points: number }[];
  readonly persons: number;
  readonly bookings: number;
  readonly contacts: number;
  readonly offices: number;
  readonly foundAt: Date;
}

/** Every expected no to an analyst. */
export type CaseRefusal =
  | { readonly code: "not_allowed" }
  | { readonly code: "unknown_case" }
  | { readonly code: "changed_meanwhile" }
  | { readonly code: "not_possible" }
  | { readonly code: "too_few_attempts"; readonly missing: Missing }
  | { readonly code: "too_early"; readonly from: Date }
  /** Telephones ring from nine to eight, by the office's clock. */
  | { readonly code: "not_daytime" }
  | { readonly code: "another_decides" }
  | { readonly code: "wrong_thresholds" };

/** Every expected no to the citizen: another's, an unknown and a closed one are told alike. */
export type OwnCaseRefusal = { readonly code: "nothing_to_confirm" } | { readonly code: "nothing_to_appeal" };
