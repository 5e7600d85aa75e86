import { type ContactClass } from "#modules/allocation/index.ts";
import { type Channel } from "./types.ts";

/**
 * Assumptions of the model. Where a source says more, it is named; the rest is a guess that the
 * report calls a guess. Times are in seconds, money in US cents.
 */
const MINUTE = 60;
const HOUR = 3600;
export const DAY = 24 * HOUR;

/** From the opening of one release to the next. */
export const RELEASE_SECONDS = 7 * DAY;

interface Habits {
  /** Share of families that ask in this way. */
  readonly share: number;
  /** Ready at the very opening. */
  readonly presentAtOpening: number;
  /** First attempt after the opening, if present: a fixed part and an exponential one. */
  readonly reaction: readonly [fixed: number, mean: number];
  /** Otherwise the first attempt is uniform over this many seconds. */
  readonly laterWithin: number;
  /** Attempts a day after one that failed. */
  readonly rechecksPerDay: number;
  /** Spent on one attempt. */
  readonly minutesPerAttempt: number;
}

/** Presence, reactions and rechecks: the design's study of fairness; minutes: guess. */
export const HABITS: Readonly<Record<Channel, Habits>> = {
  web_fast: {
    share: 0.45,
    presentAtOpening: 0.5,
    reaction: [5, MINUTE],
    laterWithin: 2 * DAY,
    rechecksPerDay: 4,
    minutesPerAttempt: 10,
  },
  web_slow: {
    share: 0.35,
    presentAtOpening: 0.3,
    reaction: [30, 10 * MINUTE],
    laterWithin: 2 * DAY,
    rechecksPerDay: 1,
    minutesPerAttempt: 15,
  },
  phone: {
    share: 0.2,
    presentAtOpening: 0,
    reaction: [10 * MINUTE, 6 * HOUR],
    laterWithin: 3 * DAY,
    rechecksPerDay: 0.3,
    minutesPerAttempt: 25,
  },
};

/** Filing one request for a draw, or joining a waiting room: once, at any hour. Guess. */
export const MINUTES_TO_FILE = 15;

/** Worth of a place to a person: prices of 25 to 90 dollars were reported from Dallas, Los Angeles and the Bay Area. */
export const WORTH_MEDIAN_CENTS = 4_500;
export const WORTH_SIGMA = 0.6;
export const REACHABLE_SHARE = 0.5;
export const NAIVE_SHARE = 0.04;
export const CANCEL_SHARE = 0.1;
/** Of those who cancel, how many do so before the acceptance deadline of a draw. Guess. */
export const CANCEL_AT_ONCE = 0.5;
/** A family that went away empty-handed asks again at the next release. */
export const STAYS_SHARE = 0.9;
/** Getting a place oneself is worth this part of having it handed over: what the trouble costs. */
export const OWN_EFFORT = 0.8;
/** A seller's advantage that is smaller than this is noticed by nobody. Guess. */
export const NOTICEABLE = 0.1;
/** From failing to meeting an offer. Guess. */
export const MEETS_SELLER_MEAN = 12 * HOUR;

/** Shares of households of one to four persons: 1.73 persons on average. */
export const SIZE_SHARES = [0.55, 0.25, 0.12, 0.08] as const;
/** Tiers 1 and 2, from declared deadlines and birth dates. Guess; the caps of the policy apply. */
export const TIER_SHARES = [0.05, 0.15] as const;
/** How honest families can be reached: a mailbox alone, a new number, a known contact, seen in person. Guess. */
export const CONTACTS: readonly ContactClass[] = ["email_only", "unseen_number", "known", "level_2"];
export const CONTACT_SHARES = [0.08, 0.32, 0.45, 0.15] as const;
export const SECOND_OFFICE_SHARE = 0.25;
/** Families that can come on two weekdays only. Guess. */
export const NARROW_SHARE = 0.3;

/** The seller: reaction and costs of bots that are public. */
export const SNIPER_REACTION = [0.4, 3] as const;
/** A camper that asks every five seconds takes a freed place before anybody else this often. */
export const CAMPER_WINS = 0.93;
export const GRAB_CENTS = 1;
/** One place under a limit of five for each account: a mailbox, a code, a proxy. */
export const LIMITED_GRAB_CENTS = 9;
/** One verified session or identity: a telephone number, a relayed code, a solved captcha (A10–A12). */
export const IDENTITY_CENTS = 50;
/** Keeping the business open for one release. */
export const RELEASE_COST_CENTS = 1_000;
/** Of a stock under e-mail blocking, what is found and taken back. */
export const BLOCKED_SHARE = 0.3;
/** Where several sell, an order costs no more than this. */
export const COMPETITIVE_ORDER_CENTS = 500;

/** What a family hears counts this much less one release later. Guess. */
export const MEMORY = 0.8;
/** What was believed at first weighs as much as so many families' experience. Guess. */
export const PRIOR_FAMILIES = 10;
/** What a seller promises before anybody knows better. */
export const SELLERS_CLAIM = 0.9;
export const RELEASES = 10;
/** Releases before the market has settled; they are not counted. */
export const WARM_UP = 5;
/** Daily draws of freed places between the second round of a draw and the end of its release. */
export const DAILY_DRAWS = 2;
