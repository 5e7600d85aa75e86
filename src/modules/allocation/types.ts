import type { Brand } from "#kernel/brand.ts";
import type { LocalDate } from "#kernel/ids.ts";
import type { InclusionProof as MerkleProof } from "#kernel/merkle.ts";
import type { Signer } from "#kernel/notes.ts";

export type { Signer };

/** A draw's own UUID, written in the opening notice. Every batch is a draw: the weekly one, its second round, a daily or an hourly one. */
export type DrawId = Brand<string, "DrawId">;
/** 32 lower-case hex digits, random and fresh for every draw; a second round keeps it. Never a folio, never accepted as a credential. */
export type AppId = Brand<string, "AppId">;
/** A SHA-256 digest or a key drawn from one: 64 lower-case hex digits. Compared as text it compares as a number. */
export type Digest = Brand<string, "Digest">;

/** 1: a verified deadline. 2: small children, pregnancy, disability, 60 and over. 3: everyone. Urgent cases are not drawn. */
export type Tier = 1 | 2 | 3;
/** The order's last class: entries beyond the share of their kind of contact, after everyone else. */
export const BEYOND_SHARE = 4;
export type Turn = Tier | typeof BEYOND_SHARE;

/** What stands behind an entry: how much a thousand of them would cost somebody who only wants to do harm. */
export const CONTACT_CLASSES = ["email_only", "unseen_number", "known", "level_2"] as const;
export type ContactClass = (typeof CONTACT_CLASSES)[number];

/** Places of one office and service group in one part of one local day: a place is one step of one counter. Large cells are fairer to families (16 or more). */
export interface Cell {
  readonly office: string;
  readonly group: string;
  /** `YYYY-MM-DD`, local to the office. */
  readonly date: string;
  /** Part of the day, counted from 0 in the order of `Policy.bands`. */
  readonly band: number;
  readonly places: number;
}

/** One wish, read as: the first cell by date, then part of the day, then office in the order listed, that holds the whole party. */
export interface Option {
  /** Offices in the order preferred on one and the same part of a day; ordinarily one. */
  readonly offices: readonly string[];
  readonly from: string;
  readonly to: string;
  /** Bit 0 is Monday, bit 6 Sunday. */
  readonly weekdays: number;
  /** Bit 0 is the first part of the day. */
  readonly bands: number;
}

/** Places per service group, all on one date at one office, in the same or neighbouring parts of the day. */
export type Need = Readonly<Record<string, number>>;

/** Which cell a service group got. The office and date are the same for all groups of an entry. */
export interface Seat {
  readonly group: string;
  readonly band: number;
}
/** A place in the calendar for a whole party, by the option (from 0) that led to it. */
export interface Assignment {
  readonly option: number;
  readonly office: string;
  readonly date: string;
  /** By group, in code-unit order. */
  readonly seats: readonly Seat[];
}

/** One household's leaf: everything the draw reads of it, and nothing else. Fixed at the lock. */
export interface Entry {
  readonly v: 1;
  readonly draw: DrawId;
  readonly app: AppId;
  /** People of the party, 1 to `Policy.maxPersons`. */
  readonly persons: number;
  readonly need: Need;
  /** As claimed by birth dates or declaration, or by losses where they count (`tierOfParty`); the caps decide whether it holds. */
  readonly tier: Tier;
  readonly contact: ContactClass;
  /** A random label, fresh for every draw, of the contact's registrable mail domain; empty for none and for the great public providers. */
  readonly domain: string;
  readonly options: readonly Option[];
  /** SHA-256 of a salt only the operator knows: which of several leaves of one person is live follows from it. */
  readonly lot: Digest;
  /** Second round only: what an upgrader keeps unless a better-ranked option comes free. */
  readonly holds: Assignment | null;
}

/** The numbers of a draw. Shares are per mille of all places of the draw, over the whole draw, never per office. */
export interface Policy {
  readonly version: string;
  /** Names of the parts of a day, in the order of the day. */
  readonly bands: readonly string[];
  /** Tier 1 and tier 2. What is beyond joins the next tier in key order. */
  readonly tierShares: readonly [number, number];
  /** Classes without a number have no cap. */
  readonly contactShares: Readonly<Partial<Record<ContactClass, number>>>;
  /** Most that the entries of one mail domain may hold. */
  readonly domainShare: number;
  readonly maxOptions: number;
  readonly maxPersons: number;
  /** Most places of one service group that a party may need; cutoffs tell no more than that of what was left. */
  readonly maxPlaces: number;
  /** Where it is enabled: draws lost in a row, and kilometres within which whoever earns it goes to any office. */
  readonly lossCredit: { readonly enabled: boolean; readonly losses: number; readonly reachKm?: number };
}

/** What the order and the walk read: no order of this list, of the options' storage or of the cells may matter. */
export interface Market {
  readonly cells: readonly Cell[];
  readonly policy: Policy;
  readonly entries: Iterable<Entry>;
}

export interface Outcome {
  readonly app: AppId;
  readonly key: Digest;
  /** Where the caps put the entry. */
  readonly turn: Turn;
  /** Position in the whole order, from 0. */
  readonly position: number;
  readonly assigned: Assignment | null;
  /** Position among those who got nothing, from 0; null when assigned. People are told a chance, never this number. */
  readonly waiting: number | null;
}

/** The result of a draw over any number of entries; kept in flat arrays and read one by one. */
export interface Allocation {
  readonly count: number;
  /** Entries with an assignment, persons in them, and places they take. */
  readonly served: number;
  readonly servedPersons: number;
  readonly servedPlaces: number;
  /** In ascending order of `app`. */
  outcomes(): IterableIterator<Outcome>;
  outcomeOf(app: AppId): Outcome | undefined;
  /** Places left of every cell, in the order of `Market.cells`. */
  readonly left: readonly number[];
  readonly cutoffs: Cutoffs;
}

/** After the entry at this place in the order had its turn, so many places were left. */
export interface Step {
  readonly turn: Turn;
  readonly key: Digest;
  readonly left: number;
}
/** How the last places of a cell went: enough for any household to see whether it was its turn. */
export interface CellCutoff {
  readonly office: string;
  readonly group: string;
  readonly date: string;
  readonly band: number;
  /** Places at the start; more than `Policy.maxPlaces` are written as that number, here and in the steps. */
  readonly left: number;
  readonly steps: readonly Step[];
}
/** The first key beyond a share; null when all were inside. */
export type ShareCutoff = Digest | null;
export interface Cutoffs {
  readonly tiers: readonly [ShareCutoff, ShareCutoff];
  readonly contacts: Readonly<Partial<Record<ContactClass, ShareCutoff>>>;
  /** Only domains that reached their share. */
  readonly domains: Readonly<Record<string, Digest>>;
  /** In ascending order of date, part of the day, office, group. */
  readonly cells: readonly CellCutoff[];
}

/** Where the randomness comes from. `operator` is for installations without a network, and can never be verified publicly. */
export type BeaconSource =
  | {
      readonly source: "drand";
      readonly chain: Digest;
      readonly round: number;
    }
  | { readonly source: "operator" };

/** Published before the first request is taken: nothing in it can be chosen later. Instants are seconds since 1970. */
export interface Opening {
  readonly v: 1;
  readonly draw: DrawId;
  /** The draw whose waiting entries and upgraders stand in this one; null for a draw of its own. */
  readonly follows: DrawId | null;
  readonly opensAt: number;
  readonly locksAt: number;
  /** With drand, the instant of the round; cosignatures must be earlier. */
  readonly drawsAt: number;
  readonly beacon: BeaconSource;
  readonly policy: Policy;
  readonly operator: Signer;
  readonly witnesses: readonly Signer[];
  /** Cosignatures needed. */
  readonly quorum: number;
}

/** Numbers of filings, none below 10 and none that can be worked out from the others. */
export interface CountRow {
  readonly office: string;
  readonly tier: Tier;
  readonly channel: string;
  readonly entries: number;
}

/** What is fixed at the lock. */
export interface Manifest {
  readonly v: 1;
  readonly draw: DrawId;
  /** SHA-256 of the opening notice. */
  readonly opening: Digest;
  readonly root: Digest;
  readonly supply: Digest;
  readonly count: number;
  readonly persons: number;
  readonly counts: readonly CountRow[];
  /** Commitment to what only auditors see: persons behind leaves, their levels, the salts. */
  readonly sealed: Digest;
  readonly round: number | null;
  readonly code: string;
  readonly at: number;
}

/** Handed over at filing: this leaf will be in that draw's tree. A changed or withdrawn request gets another, which ends the one before. */
export interface Promised {
  readonly draw: DrawId;
  /** Null when the request was withdrawn before the lock. */
  readonly leaf: Digest | null;
  readonly at: number;
  readonly replaces: Digest | null;
}

export type InclusionProof = MerkleProof<Digest>;

export interface Beacon {
  readonly draw: DrawId;
  /** Null when the operator's own number was used. */
  readonly round: number | null;
  readonly signature: string | null;
  readonly randomness: Digest;
}

/** Published at once. The hashes bind what follows later or goes to auditors. */
export interface Result {
  readonly v: 1;
  readonly draw: DrawId;
  readonly manifest: Digest;
  readonly randomness: Digest;
  readonly seed: Digest;
  /** Of all outcomes, see `outcomeHash`. */
  readonly outcome: Digest;
  readonly cutoffs: Digest;
  readonly served: number;
  readonly waiting: number;
}

export type DrawState = "open" | "locked" | "drawn" | "settled" | "void";
export type DrawKind = "weekly" | "second" | "daily" | "short" | "demo";

/** Hours and days of one draw. */
export interface Hours {
  readonly opensAt: Date;
  readonly locksAt: Date;
  /** The instant of the beacon's round. */
  readonly drawsAt: Date;
  readonly answersBy: Date;
  /** First and last day that is drawn, local to each office. */
  readonly horizonFrom: LocalDate;
  readonly horizonTo: LocalDate;
  /** Day from which anybody may have the replay's rows. */
  readonly rowsFrom: LocalDate;
}

/** A draw as it stands in allocation.draws. */
export interface Draw extends Hours {
  readonly id: DrawId;
  readonly follows: DrawId | null;
  readonly kind: DrawKind;
  readonly state: DrawState;
  /** Minutes of one place by service group. */
  readonly steps: Readonly<Record<string, number>>;
  readonly round: number | null;
  readonly root: Digest | null;
  readonly seed: Digest | null;
}

/** What became of a leaf. `passed`: offered at short notice, and nobody answered in time. */
export type Answer = "waiting" | "offered" | "accepted" | "declined" | "passed" | "not_live" | "displaced";

export type RequestId = Brand<string, "RequestId">;
/** offered: a place is assigned and only a no gives it back. ended: its days are over. */
export type RequestState = "standing" | "offered" | "confirmed" | "withdrawn" | "ended";
