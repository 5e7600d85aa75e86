import type { Brand } from "#kernel/brand.ts";
import type { LocalDate, OfficeId, ServiceGroup, SessionId } from "#kernel/ids.ts";

/** Part of the local day: morning before 11:00, midday before 14:00, afternoon after. */
export const BANDS = ["morning", "midday", "afternoon"] as const;
export type Band = (typeof BANDS)[number];

/** How much is left, from worst to best. The public is never told a number. */
export const LEVELS = ["none", "few", "some"] as const;
export type Level = (typeof LEVELS)[number];

/** The rows of `state` in schedules.places; `rules/transitions.ts` says which may follow which. */
export const PLACE_STATES = [
  "planned",
  "open",
  "committed",
  "assigned",
  "held",
  "booked",
  "used",
  "freed",
  "withdrawn",
] as const;
export type PlaceState = (typeof PLACE_STATES)[number];

/** Who may have a place: everybody at once, or those for whom it is kept. */
export type PlacePool = "open" | "draw" | "urgent" | "waitlist" | "walk_in" | "room" | "assisted";

/** Kinds of what is planned beside the weeks. */
export const SPECIAL_KINDS = ["saturday", "sunday", "extraordinary", "mobile", "on_wheels"] as const;
export type SpecialKind = (typeof SPECIAL_KINDS)[number];
export const SESSION_KINDS = ["regular", ...SPECIAL_KINDS] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

/** How an office gives out the places of a service group. Where there is none: at once, to whoever asks. */
export interface Release {
  readonly officeId: OfficeId;
  readonly serviceGroup: ServiceGroup;
  readonly regime: "draw" | "immediate";
  /** First local day whose places are drawn. */
  readonly drawsFrom: LocalDate;
  /** Places asked for divided by places there were; null when people decided. */
  readonly demand: number | null;
  readonly decidedAt: Date;
  readonly decidedBy: "measure" | "staff" | "demo";
}

/** A session that repeats in the office's local time. */
export interface Template {
  readonly id: string;
  readonly serviceGroup: ServiceGroup;
  readonly kind: SessionKind;
  /** 1 is Monday, 7 is Sunday (ISO 8601). */
  readonly weekdays: readonly number[];
  /** `HH:MM` on the office's wall clock. */
  readonly opens: string;
  readonly closes: string;
  readonly counters: number;
  readonly stepMinutes: number;
  readonly validFrom: LocalDate;
  readonly validTo: LocalDate | null;
  /** Without one every counter has a place in every step, for everybody. */
  readonly layout?: Extras | undefined;
}

/** Where people pass through on their visit (people.md 3). */
export const STATIONS = ["filter", "cashier", "capture", "print", "delivery"] as const;
export type Station = (typeof STATIONS)[number];

/** What shapes a session beside its hours and counters. */
export interface Extras {
  /** Each counter rests for so many minutes between these local times, one after another. */
  readonly breaks: { readonly from: string; readonly until: string; readonly minutes: number } | null;
  /** Of a hundred places so many are given out. */
  readonly percent: number;
  /** To a hundred places so many are added, for not everybody comes; never more than was measured (rules/overbooking.ts). Absent: none. */
  readonly overbook?: number | undefined;
  /** Of a hundred places so many are kept, by for whom. */
  readonly reserves: { readonly urgent: number; readonly walkIn: number; readonly assisted: number };
  /** How many desks each station has, and minutes that one person needs there. */
  readonly stations: readonly { readonly station: Station; readonly desks: number; readonly minutes: number }[];
}

/** Every counter in every step, for everybody. */
export const NO_EXTRAS: Extras = {
  breaks: null,
  percent: 100,
  reserves: { urgent: 0, walkIn: 0, assisted: 0 },
  stations: [],
};

/** How one service group is opened on a day: local times, counters, the minutes of one place. */
export interface Layout extends Extras {
  readonly serviceGroup: ServiceGroup;
  readonly opens: string;
  readonly closes: string;
  readonly counters: number;
  readonly stepMinutes: number;
}

/** Where an office serves people away from itself. */
export interface Venue {
  readonly id: string;
  readonly name: string;
  readonly street: string;
  readonly city: string;
  /** Postal code of the state or province. */
  readonly region: string;
  /** Degrees, WGS 84. */
  readonly latitude: number;
  readonly longitude: number;
  /** Which door, where to park; may be empty. */
  readonly wayIn: string;
  readonly hasPhoto: boolean;
  /** Not offered for new days any more. */
  readonly retired: boolean;
}

export type SpecialDayId = Brand<string, "SpecialDayId">;
export const SPECIAL_DAY_STATES = ["draft", "published", "suspended", "cancelled"] as const;
export type SpecialDayState = (typeof SPECIAL_DAY_STATES)[number];

/** How the places of a special day go out. */
export type GivenOut = "open" | "draw" | "short_draw";

/** A dated opening beside the templates, at the office or at a venue; in Spanish a *jornada*. */
export interface SpecialDay {
  readonly id: SpecialDayId;
  readonly officeId: OfficeId;
  readonly kind: SpecialKind;
  readonly state: SpecialDayState;
  readonly localDate: LocalDate;
  readonly venueId: string | null;
  readonly circuitId: string | null;
  readonly resources: readonly string[];
  readonly sessions: readonly Layout[];
  readonly revision: number;
  readonly givenOut: GivenOut | null;
  readonly publishedAt: Date | null;
}

/** What was first told to the public of a special day; instants in ISO 8601. */
export interface ToldDay {
  readonly localDate: LocalDate;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly venue: Readonly<Record<"name" | "street" | "city" | "region", string>> | null;
}

/** A session as its template wants it on one day. */
export interface PlannedSession {
  readonly templateId: string;
  readonly serviceGroup: ServiceGroup;
  readonly kind: SessionKind;
  readonly localDate: LocalDate;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly counters: number;
  readonly stepMinutes: number;
  readonly layout?: Extras | undefined;
  /** Places that its layout asks for; empty: each counter in each step. */
  readonly plannedPlaces?: number | undefined;
}

/** One step of a session; every counter has a place in it. */
export interface Step {
  /** Milliseconds since 1970, UTC. */
  readonly startsAt: number;
  readonly band: Band;
}

/** A place that a party may be given. Instants are milliseconds since 1970, UTC, so that they compare and add. */
export interface OpenPlace {
  readonly sessionId: SessionId;
  readonly serviceGroup: ServiceGroup;
  readonly startsAt: number;
  readonly counter: number;
  readonly stepMinutes: number;
}

/** What one person needs of one service group: the minutes of all her services of that group. */
export interface Need {
  /** Which of the party's people, from 1. */
  readonly ordinal: number;
  readonly group: ServiceGroup;
  readonly minutes: number;
}

/** The places of one need: `steps` consecutive places of one counter. */
export interface Assigned {
  readonly ordinal: number;
  readonly serviceGroup: ServiceGroup;
  readonly sessionId: SessionId;
  readonly counter: number;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly steps: number;
  readonly stepMinutes: number;
  /** Of a seat that a draw gave at a venue: for that nobody asked, so she is asked before she is booked. */
  readonly away?: true;
}
export type Arrangement = readonly Assigned[];

/** Levels of the parts of a day in which there is a session at all. */
export type DayLevels = Readonly<Partial<Record<Band, Level>>>;

export interface GroupAvailability {
  readonly days: ReadonlyMap<LocalDate, DayLevels>;
  /** The first days on which something is left, at most `NEXT_DAYS`. */
  readonly nextDays: readonly LocalDate[];
  readonly soonest: LocalDate | undefined;
}

export type OfficeAvailability = ReadonlyMap<ServiceGroup, GroupAvailability>;

/**
 * One coarse picture of the network, the same for everybody until the next full minute. A special day at a venue is an
 * office of its own in it, under its id: nobody is sent to the consulate for a place in another town.
 */
export interface Availability {
  readonly builtAt: Date;
  readonly offices: ReadonlyMap<OfficeId, OfficeAvailability>;
}

/** Open places of one cell, as the database counts them. A cell whose places are all gone counts 0. */
export interface CellCount {
  readonly officeId: OfficeId;
  readonly serviceGroup: ServiceGroup;
  readonly localDate: LocalDate;
  readonly band: Band;
  readonly open: number;
}

/** A document ready to be sent: nothing is left to do for a request but to choose an encoding. */
export interface SnapshotDocument {
  /** Quoted, as the header wants it. It changes only when the body does. */
  readonly etag: string;
  readonly body: Buffer;
  readonly br: Buffer;
  readonly gzip: Buffer;
  readonly builtAt: Date;
}

export interface Snapshot extends Availability {
  /** The document of an office, or of the whole network without one; undefined for an office that has no sessions. */
  document(officeId?: OfficeId): SnapshotDocument | undefined;
}

/** A stretch of one office's day in which some party wants places of one group. */
export interface PlaceWindow {
  readonly officeId: OfficeId;
  readonly localDate: LocalDate;
  readonly group: ServiceGroup;
  /** The special day at a venue that is meant; without it what is at the office itself. */
  readonly specialDayId?: SpecialDayId | undefined;
  readonly from: Date;
  readonly until: Date;
  /** Minutes that one party's member needs there. */
  readonly minutes: number;
  /** Parties that asked for this stretch: no more places than they need are locked. */
  readonly parties: number;
  /** Beside what is open to all: the places of the group's waiting room, for whoever's turn it is. */
  readonly pool: Extract<PlacePool, "open" | "room">;
}

/** A place with its office, as the batch keeps it. */
export interface LockedPlace extends OpenPlace {
  readonly officeId: OfficeId;
  /** Which of the asked windows it lies in. */
  readonly window: number;
}

export type CutId = Brand<string, "CutId">;

/** Why an office takes capacity away: a code, never published. */
export const CUT_REASONS = ["storm", "staff", "no_system", "venue", "other"] as const;
export type CutReason = (typeof CUT_REASONS)[number];
/** Other hours or counters were planned instead: it is no closure, and is not undone. */
export const BY_PLAN = "plan";

/** What is taken away of one office's day: all of it, or one session, some of its counters, some hours. */
export interface CutArea {
  readonly officeId: OfficeId;
  readonly localDate: LocalDate;
  readonly sessionId?: SessionId | undefined;
  /** First and last, both included. */
  readonly counters?: { readonly from: number; readonly to: number } | undefined;
  /** Places that start from the first instant on, before the second. */
  readonly hours?: { readonly from: Date; readonly until: Date } | undefined;
}

export interface Cut extends CutArea {
  readonly id: CutId;
  readonly reason: CutReason | typeof BY_PLAN;
  /** Steps of counters that it took, whoever had them. */
  readonly places: number;
  readonly madeAt: Date;
  /** Of several offices, of which it is a part. */
  readonly closingId?: ClosingId | undefined;
}

/** A place that a cut takes, with who has it. Instants in milliseconds since 1970, UTC. */
export interface CutPlace extends OpenPlace {
  readonly officeId: OfficeId;
  readonly state: PlaceState;
  readonly holder: string | null;
}

/** A place that a party whose own was cut may be given. */
export interface SparePlace extends OpenPlace {
  readonly officeId: OfficeId;
  /** The venue in which it is; absent at the office itself. */
  readonly site?: string | null | undefined;
  readonly localDate: LocalDate;
}

export type ClosingId = Brand<string, "ClosingId">;

/** Days that headquarters closes at several offices with one action; office by office they become cuts. */
export interface Closing {
  readonly id: ClosingId;
  readonly reason: CutReason;
  /** First and last day, both included, in each office's own zone. */
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly madeAt: Date;
  /** Member of staff in whose name it is done. */
  readonly madeBy: string;
}

/** How far a closing has come with one office; the rows of `state` in schedules.closing_offices. */
export type ClosingState = "due" | "closed" | "nothing" | "inside" | "reopened";
