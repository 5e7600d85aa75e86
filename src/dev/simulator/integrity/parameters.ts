import { DAY_MS } from "#kernel/time.ts";

/** Who books, with the label that a simulation knows and life does not. */
export const HONEST = [
  "family",
  "neighbour",
  "shared_phone",
  "shared_network",
  "library",
  "helper",
  "registered",
] as const;
export const SELLERS = ["one_device", "sim_farm", "swaps", "adverts", "concierge"] as const;
export type HonestGroup = (typeof HONEST)[number];
export type SellerGroup = (typeof SELLERS)[number];
export type Group = HonestGroup | SellerGroup;

export const WEEK_MS = 7 * DAY_MS;
/** Of a year; a small run has fewer. */
export const WEEKS = 52;
export const OFFICES = 6;

/** Parties that book alone, of one office in a week. Guess: an office of 50 a day. */
export const FAMILIES_A_WEEK = 180;
/** Of one office: how many there are of each, and whom they book for in ninety days, at least and at most. All guesses. */
export const CROWDS: Readonly<Record<Exclude<Group, "family">, { actors: number; least: number; most: number }>> = {
  neighbour: { actors: 8, least: 5, most: 12 },
  shared_phone: { actors: 5, least: 3, most: 8 },
  shared_network: { actors: 3, least: 20, most: 60 },
  library: { actors: 2, least: 30, most: 110 },
  helper: { actors: 2, least: 15, most: 45 },
  registered: { actors: 2, least: 20, most: 60 },
  one_device: { actors: 1, least: 25, most: 80 },
  sim_farm: { actors: 1, least: 25, most: 80 },
  swaps: { actors: 1, least: 20, most: 60 },
  adverts: { actors: 1, least: 15, most: 50 },
  concierge: { actors: 1, least: 10, most: 40 },
};

/** Days from booking to visit. */
export const LEAD_DAYS = { least: 8, most: 45 };
/** Shares of parties that do not come: families as in Berlin (2023); clients of sellers, guess. */
export const MISSED = { honest: 0.11, seller: 0.3 };
/** Contacts younger than a week when they book: most people verify theirs in order to book. Guess. */
export const FRESH = { honest: 0.55, sims: 1 };
/** Parties that give their place back, guess. */
export const CANCELLED = 0.06;
/** Families that file twice with another contact and a slip of the pen, and clients whose seller does, or is careful not to. Guess. */
export const DUPLICATES = { honest: 0.002, seller: 0.02, careful: 0.002 };
/** Share of a swapping seller's bookings that take the hour which another client gave back minutes before. */
export const SWAPS = {
  /** Freed places wait for a tick and are drawn or shared out: he gets one back by luck. Guess. */
  shipped: 0.01,
  /** Where a place that is freed is there for whoever is first. */
  open: 0.25,
};
/** Of sellers who advertise: share whose telephone is matched to a confirmed advert, and weeks until then. Guess. */
export const ADVERTS = { matched: 0.6, weeks: 4 };
/** Numbers of families that stand in a confirmed advert by mistake or malice, after a person looked. Guess. */
export const POISONED = 0.0002;

/** What comes of asking, by who holds the booking. Guesses; the rest is not reached. */
export const ANSWERS: Readonly<Record<"honest" | "contact" | "sims", { mine: number; refuted: number }>> = {
  honest: { mine: 0.9, refuted: 0 },
  contact: { mine: 0.5, refuted: 0.2 },
  sims: { mine: 0.2, refuted: 0.1 },
};
/** Of those who lost a place: who appeals, and who then wins. Guess. */
export const APPEALS = { honest: { asks: 0.6, wins: 0.95 }, seller: { asks: 0.1, wins: 0.1 } };
/** Minutes of an analyst for one case with its calls. Guess. */
export const CASE_MINUTES = 12;
