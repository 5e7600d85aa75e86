import type { LocalDate, OfficeId, ServiceGroup, ServiceSlug } from "#kernel/ids.ts";

/** A text in both languages of the site. */
export interface Bilingual {
  readonly es: string;
  readonly en: string;
}

/** How far a fact can be trusted, from best to worst. */
export const FACT_LEVELS = ["confirmed", "page", "partial", "community_file", "memory", "invented"] as const;
export type FactLevel = (typeof FACT_LEVELS)[number];

/** What the public is told of an office, field by field; the order of the ficha. */
export const FACT_FIELDS = [
  "address",
  "phone",
  "duty_line",
  "email",
  "hours:documentacion",
  "hours:registro_civil",
  "hours:fe_publica",
  "hours:visas",
  "payment_means",
  "lunch_closing",
  "parking",
  "bus",
  "bring_in",
] as const;
export type FactField = (typeof FACT_FIELDS)[number];

export interface Address {
  readonly street: string;
  readonly city: string;
  /** Postal code of the state or province. */
  readonly state: string;
  readonly postalCode: string;
}

/** Open on these days between two local wall-clock times, `HH:MM`. 1 is Monday, 7 is Sunday. */
export interface Hours {
  readonly weekdays: readonly number[];
  readonly opens: string;
  readonly closes: string;
}

export const PAYMENT_MEANS = ["cash", "exact_cash", "card", "money_order"] as const;
export type PaymentMeans = (typeof PAYMENT_MEANS)[number];

export interface FactValues {
  readonly address: Address;
  readonly phone: string;
  readonly duty_line: string;
  readonly email: string;
  readonly "hours:documentacion": readonly Hours[];
  readonly "hours:registro_civil": readonly Hours[];
  readonly "hours:fe_publica": readonly Hours[];
  readonly "hours:visas": readonly Hours[];
  readonly payment_means: readonly PaymentMeans[];
  /** Local times between which the office closes for lunch, or `none`. */
  readonly lunch_closing: { readonly from: string; readonly to: string } | "none";
  readonly parking: Bilingual;
  readonly bus: Bilingual;
  readonly bring_in: Bilingual;
}

export interface Fact<F extends FactField = FactField> {
  readonly field: F;
  readonly value: FactValues[F];
  readonly level: FactLevel;
  readonly source: string;
  readonly confirmedAt: Date | undefined;
  /** When a confirmed field must be confirmed again. */
  readonly dueAt: Date | undefined;
}

/** Only what may be shown as fact; a field that is not here is told as "being confirmed". */
export type PublicFacts = { readonly [F in FactField]?: Fact<F> };

export type OfficeType = "consulate_general" | "career_consulate" | "consular_section";
export type Country = "US" | "CA";

export interface Jurisdiction {
  /** Postal code of the state or province. */
  readonly area: string;
  readonly extent: "whole" | "part";
  /** The counties of a part, in English as the source names them. */
  readonly detail: string | undefined;
  readonly level: FactLevel;
  readonly validFrom: LocalDate;
  readonly validTo: LocalDate | undefined;
}

export interface Office {
  readonly id: OfficeId;
  readonly type: OfficeType;
  readonly name: Bilingual;
  /** The city by which people call it: "Los Ángeles", "Los Angeles". */
  readonly shortName: Bilingual;
  readonly city: string;
  readonly state: string;
  /** Present when the address may be shown. */
  readonly postalCode: string | undefined;
  readonly country: Country;
  /** IANA zone in which its calendar is kept. */
  readonly zone: string;
  readonly lat: number;
  readonly lng: number;
  readonly validFrom: LocalDate;
  readonly publicFacts: PublicFacts;
  readonly jurisdictions: readonly Jurisdiction[];
}

export interface Requirement {
  readonly text: Bilingual;
  /** Name of the drawing of what is meant; missing where there is nothing to draw. */
  readonly picture: string | undefined;
}

export interface Fee {
  /** What is paid for: `3y`, `persona-fisica`; the same over the years. */
  readonly variant: string;
  readonly amount: number;
  readonly currency: "USD";
  /** Calendar year of the tariff. */
  readonly year: number;
  readonly label: Bilingual;
  /** Extra copies and duplicates: paid only by whoever asks for them. */
  readonly optional: boolean;
  readonly level: "page" | "unverified";
  readonly source: string;
}

export type DiscountId = "over-60" | "disability" | "seasonal-farm-worker-canada" | "emergency";

export interface Discount {
  readonly id: DiscountId;
  /** Change of the amount in per cent: -50 halves it, 30 is a surcharge. */
  readonly percent: number;
  /** `by_age` is given without asking; `on_proof` only to whoever says that she has it. */
  readonly applies: "by_age" | "on_proof";
  readonly minAge: number | undefined;
  readonly country: Country | undefined;
  readonly rule: Bilingual;
  readonly source: string;
}

/** What to do when a parent on the record cannot come with the child. */
export interface AbsentParent {
  readonly permission: {
    readonly form: string;
    readonly fee: number;
    readonly appointmentRequired: boolean;
    /** Days from the signature within which the child's visit must be. */
    readonly validDays: number;
    readonly where: Bilingual;
    readonly mustName: Bilingual;
    readonly names: Bilingual;
    readonly source: string;
  };
  readonly cases: readonly {
    readonly id: string;
    readonly next: Bilingual;
    /** Name of the drawing of what to bring or do. */
    readonly picture: string | undefined;
    /** A person calls the family before it travels. */
    readonly callFirst: boolean;
    readonly source: string;
  }[];
}

export interface SpecialCase {
  readonly id: string;
  readonly rule: Bilingual;
  readonly accepted: readonly Bilingual[];
  readonly source: string;
}

export interface Service {
  readonly slug: ServiceSlug;
  readonly group: ServiceGroup;
  /** One counting appointment per person and scope over the whole network. */
  readonly claimScope: string;
  /** Planned minutes at a counter for one person. */
  readonly minutes: number;
  readonly name: Bilingual;
  readonly description: Bilingual;
  readonly whoMayApply: Bilingual;
  readonly turnaround: Bilingual;
  /** Whole years on the day of the visit, both included. */
  readonly ages: { readonly min: number; readonly max: number };
  readonly requirements: readonly Requirement[];
  readonly fees: readonly Fee[];
  readonly discounts: readonly Discount[];
  readonly specialCases: readonly SpecialCase[];
  readonly absentParent: AbsentParent | undefined;
  /** By appointment, and planned sessions serve its group. */
  readonly bookable: boolean;
  /** For people under 18 only. */
  readonly forChildren: boolean;
  /** When the applicant is under 18, everybody on the record takes part. */
  readonly parentsTakePart: boolean;
  /** The applicant is a foreigner: passport country in place of a CURP. */
  readonly forForeigners: boolean;
  /** Suggested office by home address; never a reason to refuse. */
  readonly jurisdictionBound: boolean;
  /** Ids of the chains that it is a step of. */
  readonly chains: readonly string[];
  readonly verified: boolean;
  readonly source: string;
}

export interface Holiday {
  readonly calendar: string;
  readonly date: LocalDate;
  readonly id: string;
  readonly name: Bilingual;
}

export interface ChecklistQuestion {
  readonly id: string;
  /** Name of the drawing of the paper that is meant. */
  readonly picture: string;
  readonly services: readonly ServiceSlug[];
  readonly minAge: number;
  readonly text: Bilingual;
  /** The same, asked of a party of several people. */
  readonly textSeveral: Bilingual;
  /** The answer with which nothing more is needed. */
  readonly good: boolean;
  /** What to do after the other answer: never a dead end. */
  readonly next: Bilingual;
  /** What the other answer adds to the list of papers. */
  readonly bring: Requirement;
  /** Service that the other answer suggests adding to the visit. */
  readonly addService: ServiceSlug | undefined;
  readonly source: string;
}

export interface Chain {
  readonly id: string;
  readonly name: Bilingual;
  /** In order; each step lists alternatives. */
  readonly steps: readonly { readonly services: readonly ServiceSlug[]; readonly sameVisit: boolean }[];
  readonly condition: Bilingual;
}

export type OfficeSize = "big" | "middle" | "small";
export type PlannedKind = "regular" | "saturday";

export interface Planning {
  readonly sizes: Readonly<Record<OfficeSize, readonly OfficeId[]>>;
  readonly sessions: readonly (Hours & {
    readonly group: ServiceGroup;
    readonly kind: PlannedKind;
    readonly stepMinutes: number;
    /** Counters by size; a size that is missing has no such session. */
    readonly counters: Readonly<Partial<Record<OfficeSize, number>>>;
  })[];
  readonly exceptions: readonly {
    readonly office: OfficeId;
    readonly group: ServiceGroup;
    readonly kind: PlannedKind;
    readonly counters: number;
  }[];
}

/** A session that an office has by default, before staff plan their own. */
export interface DefaultSession extends Hours {
  readonly group: ServiceGroup;
  readonly kind: PlannedKind;
  readonly stepMinutes: number;
  readonly counters: number;
}

export interface NationalLines {
  readonly appointments: string;
  /** Centre of information and help for Mexicans, day and night. */
  readonly ciam: string;
  readonly ciamFromMexico: string;
}

/** Everything that is known of the network, read once a minute. */
export interface Network {
  readonly offices: readonly Office[];
  readonly officeById: ReadonlyMap<string, Office>;
  /** In the order of the catalogue. */
  readonly services: readonly Service[];
  readonly serviceBySlug: ReadonlyMap<string, Service>;
  readonly holidays: readonly Holiday[];
  readonly checklist: readonly ChecklistQuestion[];
  readonly chains: readonly Chain[];
  readonly planning: Planning;
  readonly lines: NationalLines;
}

/** A place on the map that somebody named. */
export interface GeoPoint {
  readonly lat: number;
  readonly lng: number;
  /** `Fresno, CA`. */
  readonly label: string;
  /** Postal code of the state or province. */
  readonly state: string;
  readonly country: Country;
}
