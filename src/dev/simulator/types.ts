import { type ContactClass } from "#modules/allocation/index.ts";
import { type Chance } from "./chance.ts";

export const CHANNELS = ["web_fast", "web_slow", "phone"] as const;
export type Channel = (typeof CHANNELS)[number];

/** One family that wants one visit. Money is in US cents. */
export interface Household {
  /** One number for each family of a run; a family that comes back keeps it. */
  readonly id: number;
  readonly channel: Channel;
  /** Persons, all on one date. */
  readonly size: number;
  /** Offices in order of preference. */
  readonly offices: readonly number[];
  /** Weekdays on which it can come, 0 is Monday. */
  readonly weekdays: readonly number[];
  readonly tier: 1 | 2 | 3;
  readonly contact: ContactClass;
  /** What a place is worth to it, for each person. */
  readonly worthCents: number;
  /** A seller can reach it. */
  readonly reachable: boolean;
  /** Buys from whoever offers, whatever the odds. */
  readonly naive: boolean;
  /** Releases in which it has already asked in vain. */
  readonly waited: number;
}

/** Places of one office, weekday and band. */
export interface Cell {
  readonly office: number;
  readonly weekday: number;
  readonly band: number;
  readonly places: number;
}

/** What people believe of success, from the releases they have heard of. */
export interface Beliefs {
  readonly alone: Readonly<Record<Channel, number>>;
  readonly withSeller: number;
}

/** One seller sets the price; or several do, and it falls to what the stock fetches. */
export type Sellers = "cartel" | "competition";

/** What the seller chooses. Zero and false everywhere is "stays out". */
export interface Attack {
  readonly priceCents: number;
  /** Takes orders before the opening and delivers in the client's own name (A5). */
  readonly orders: boolean;
  /** Share of all places taken for stock under invented names (A6). */
  readonly hoard: number;
  /** Invented entries of a draw as a multiple of its places (A7). */
  readonly flood: number;
  /** Entries filed for each client (A8). */
  readonly tickets: number;
}

export const STAYS_OUT: Attack = { priceCents: 0, orders: false, hoard: 0, flood: 0, tickets: 1 };

export interface Release {
  readonly households: readonly Household[];
  readonly cells: readonly Cell[];
  readonly beliefs: Beliefs;
  readonly sellers: Sellers;
  /** Share of invented or doubled entries that the integrity layer finds before the lock. */
  readonly detection: number;
  /** Share of invented people with a place whom a check before the day finds out. */
  readonly validation: number;
}

export type Result = "none" | "free" | "bought";

export interface ReleaseOutcome {
  /** One for each household of the release. */
  readonly results: readonly Result[];
  /** Whether the household had ordered from the seller. */
  readonly ordered: readonly boolean[];
  readonly soldPlaces: number;
  /** Held by an attacker to the end and used by nobody. */
  readonly unusedPlaces: number;
  readonly revenueCents: number;
  readonly costCents: number;
  /** Minutes that families spent watching, refreshing and waiting on the line. */
  readonly watchingMinutes: number;
}

export type Mechanism = (release: Release, attack: Attack, chance: Chance) => ReleaseOutcome;
