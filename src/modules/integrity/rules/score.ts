/**
 * How much a group of entries looks like a middleman's, in points from 0 to 100 (fairness.md 4.4.4). Every term is a code
 * with its points, so that a person reads it as a sentence. It decides nothing: it says whom a person looks at.
 */
export const TERMS = [
  "phone",
  "email",
  "device",
  "disposable",
  "fresh_contacts",
  "fast_form",
  "honeypot",
  "same_trace",
  "hosting",
  "burst",
  "swaps",
  "no_shows",
  "many_surnames",
  "near_duplicate",
  "mismatch",
  "resale",
] as const;
export type TermCode = (typeof TERMS)[number];
export const CREDITS = ["household", "helper", "seen_before", "assisted"] as const;
export type CreditCode = (typeof CREDITS)[number];
export type Family = "contact" | "device" | "behaviour" | "identity" | "advert";

/** The facts of one group, of ninety days. Counts of persons are of distinct ones. */
export interface Evidence {
  readonly persons: number;
  readonly surnames: number;
  readonly offices: number;
  /** Most persons behind one number, one address, one device. */
  readonly onPhone: number;
  readonly onEmail: number;
  readonly onDevice: number;
  readonly contacts: number;
  /** Contacts that were younger than seven days when they first booked. */
  readonly freshContacts: number;
  readonly disposable: boolean;
  readonly fastForm: boolean;
  readonly honeypot: boolean;
  readonly sameTrace: boolean;
  /** From a hosting or VPN network: an address alone never makes a level. */
  readonly hosting: boolean;
  /** Most entries within ten minutes. */
  readonly burst: number;
  /** Cancellations after which somebody else of the group had the same hour within fifteen minutes. */
  readonly swaps: number;
  readonly noShows: number;
  /** Visits that are over, kept or not. */
  readonly history: number;
  /** Bits of the strongest near-duplicate (4.4.2); 0 for none. */
  readonly duplicateBits: number;
  readonly mismatch: boolean;
  /** Tied to a resale advert or a mystery purchase, confirmed by a person. */
  readonly resale: boolean;
  /** All entries name one registered helper. */
  readonly helper: boolean;
  readonly seenBefore: boolean;
  /** All were booked with the staff's help, by telephone or at the counter. */
  readonly assisted: boolean;
}

export const NO_EVIDENCE: Evidence = {
  persons: 1,
  surnames: 1,
  offices: 1,
  onPhone: 1,
  onEmail: 0,
  onDevice: 1,
  contacts: 1,
  freshContacts: 0,
  disposable: false,
  fastForm: false,
  honeypot: false,
  sameTrace: false,
  hosting: false,
  burst: 1,
  swaps: 0,
  noShows: 0,
  history: 0,
  duplicateBits: 0,
  mismatch: false,
  resale: false,
  helper: false,
  seenBefore: false,
  assisted: false,
};

/** Points of the terms that are there or not, or of each occurrence; whole numbers, for people read them (fairness.md 4.4.4). */
export const POINTS = {
  disposable: 12,
  fresh_contacts: 15,
  fast_form: 10,
  honeypot: 15,
  same_trace: 10,
  hosting: 5,
  swaps: 20,
  no_shows: 20,
  many_surnames: 10,
  near_duplicate: 30,
  maybe_duplicate: 18,
  mismatch: 20,
  resale: 50,
  household: 12,
  helper: 20,
  seen_before: 15,
  assisted: 10,
} as const;

/** Persons that cost nothing: a large household and its neighbours (3.1); a registered helper's allowance. */
const FREE_ON_CONTACT = 6;
const FREE_ON_DEVICE = 8;
const FREE_OF_HELPER = { contact: 60, device: 120 };
/** Points for each doubling over what is free, and the most. */
const ON_CONTACT = { each: 8, most: 25 };
const ON_DEVICE = { each: 6, most: 20 };
/** Sharing is one fact, not three: the second strongest counts half, the third a quarter. */
const DAMPING = [1, 0.5, 0.25];
const MOST_AUTOMATION = 25;
const MOST_SWAPS = 40;
/** Entries within ten minutes that are a family at the kitchen table; each more is three points. */
const FREE_BURST = 6;
const BURST = { each: 3, most: 15 };
/** Contacts from which on their youth says something. */
const FRESH_FROM = 4;
/** Two no-shows of eight are added to every record, so that a short one says little; a quarter is what anybody misses. */
const PRIOR = { noShows: 2, history: 8 };
const ORDINARY_NO_SHOWS = 0.25;
const MANY = { persons: 8, surnameShare: 0.8, offices: 3 };
const HOUSEHOLD = { persons: 8, surnames: 3 };
/** Bits from which a near-duplicate is proposed as one person, and from which it is looked at (4.4.2). */
const SAME_PERSON_BITS = 6;
const MAYBE_PERSON_BITS = 2;
/** Swaps that are hard evidence by themselves. */
const STRONG_SWAPS = 2;

export interface ScoreTerm {
  readonly code: TermCode;
  /** Points after damping, one decimal. */
  readonly points: number;
}

export interface Score {
  /** 0 to 100, whole. */
  readonly points: number;
  readonly terms: readonly ScoreTerm[];
  readonly credits: readonly { readonly code: CreditCode; readonly points: number }[];
  /** Independent kinds of evidence that say something. */
  readonly families: readonly Family[];
  /** A confirmed advert or two swaps: one kind of evidence is enough then. */
  readonly strong: boolean;
}

/** An address of a network is of no family: it never carries a level. */
const FAMILY: Readonly<Record<TermCode, Family | undefined>> = {
  phone: "contact",
  email: "contact",
  disposable: "contact",
  fresh_contacts: "contact",
  device: "device",
  fast_form: "device",
  honeypot: "device",
  same_trace: "device",
  hosting: undefined,
  burst: "behaviour",
  swaps: "behaviour",
  no_shows: "behaviour",
  many_surnames: "behaviour",
  near_duplicate: "identity",
  mismatch: "identity",
  resale: "advert",
};
/** What a kind deed must never outweigh. */
const NEVER_OFFSET: readonly (Family | undefined)[] = ["identity", "advert"];

export function scoreOf(facts: Evidence, points: Readonly<Record<keyof typeof POINTS, number>> = POINTS): Score {
  const raw = new Map<TermCode, number>(rawTerms(facts, points));
  const sharing = (["phone", "email", "device"] as const)
    .map((code) => ({ code, points: raw.get(code)! }))
    .sort((a, b) => b.points - a.points);
  sharing.forEach(({ code, points: full }, i) => raw.set(code, full * DAMPING[i]!));
  const automation = (["fast_form", "honeypot", "same_trace"] as const).map((code) => raw.get(code)!);
  const tooMuch = automation.reduce((sum, one) => sum + one, 0) / MOST_AUTOMATION;
  if (tooMuch > 1)
    for (const code of ["fast_form", "honeypot", "same_trace"] as const) raw.set(code, raw.get(code)! / tooMuch);

  const terms = TERMS.flatMap((code) => (raw.get(code)! > 0 ? [{ code, points: raw.get(code)! }] : []));
  const credits = creditsOf(facts).map((code) => ({ code, points: points[code] }));
  const sum = (some: readonly ScoreTerm[]) => some.reduce((total, one) => total + one.points, 0);
  const fixed = terms.filter(({ code }) => NEVER_OFFSET.includes(FAMILY[code]));
  const forgiven = credits.reduce((total, one) => total + one.points, 0);
  const open = Math.max(0, sum(terms) - sum(fixed) - forgiven);
  return {
    points: Math.min(100, Math.round(open + sum(fixed))),
    terms: terms.map(({ code, points: one }) => ({ code, points: Math.round(one * 10) / 10 })),
    credits,
    families: [...new Set(terms.flatMap(({ code }) => FAMILY[code] ?? []))],
    strong: facts.resale || facts.swaps >= STRONG_SWAPS,
  };
}

function rawTerms(facts: Evidence, points: Readonly<Record<keyof typeof POINTS, number>>): [TermCode, number][] {
  const onContact = facts.helper ? FREE_OF_HELPER.contact : FREE_ON_CONTACT;
  const onDevice = facts.helper ? FREE_OF_HELPER.device : FREE_ON_DEVICE;
  const freshShare = facts.contacts >= FRESH_FROM ? facts.freshContacts / facts.contacts : 0;
  const missed = (facts.noShows + PRIOR.noShows) / (facts.history + PRIOR.history);
  const strangers =
    facts.persons >= MANY.persons &&
    facts.surnames / facts.persons > MANY.surnameShare &&
    facts.offices >= MANY.offices;
  return [
    ["phone", over(facts.onPhone, onContact, ON_CONTACT)],
    ["email", over(facts.onEmail, onContact, ON_CONTACT)],
    ["device", over(facts.onDevice, onDevice, ON_DEVICE)],
    ["disposable", facts.disposable ? points.disposable : 0],
    ["fresh_contacts", points.fresh_contacts * share(freshShare, 0.5)],
    ["fast_form", facts.fastForm ? points.fast_form : 0],
    ["honeypot", facts.honeypot ? points.honeypot : 0],
    ["same_trace", facts.sameTrace ? points.same_trace : 0],
    ["hosting", facts.hosting ? points.hosting : 0],
    ["burst", Math.min(BURST.most, Math.max(0, BURST.each * (facts.burst - FREE_BURST)))],
    ["swaps", Math.min(MOST_SWAPS, points.swaps * facts.swaps)],
    ["no_shows", points.no_shows * share(missed, ORDINARY_NO_SHOWS)],
    ["many_surnames", strangers ? points.many_surnames : 0],
    ["near_duplicate", duplicate(facts.duplicateBits, points)],
    ["mismatch", facts.mismatch ? points.mismatch : 0],
    ["resale", facts.resale ? points.resale : 0],
  ];
}

function duplicate(bits: number, points: Readonly<Record<keyof typeof POINTS, number>>): number {
  if (bits >= SAME_PERSON_BITS) return points.near_duplicate;
  return bits >= MAYBE_PERSON_BITS ? points.maybe_duplicate : 0;
}

/** So many points for each doubling of persons over what is free. */
function over(persons: number, free: number, { each, most }: { readonly each: number; readonly most: number }): number {
  return persons <= free ? 0 : Math.min(most, each * Math.log2(persons / free));
}

/** How far a share is beyond what is ordinary, from 0 to 1. */
function share(value: number, ordinary: number): number {
  return Math.min(1, Math.max(0, (value - ordinary) / (1 - ordinary)));
}

function creditsOf(facts: Evidence): CreditCode[] {
  const household = facts.persons <= HOUSEHOLD.persons && facts.surnames <= HOUSEHOLD.surnames;
  return CREDITS.filter(
    (code) => ({ household, helper: facts.helper, seen_before: facts.seenBefore, assisted: facts.assisted })[code],
  );
}
