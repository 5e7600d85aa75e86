/**
 * Assumptions of the simulated year. Where a source says more, it is named; the rest is a guess that the report calls a
 * guess. Shares of households, of cancellations and of contacts are those of the adversary simulation.
 */

/** The year that is told, of both holiday calendars and with both clock changes. */
export const YEAR = { from: "2027-01-01", days: 365 } as const;
/** Days before it that are simulated and not told, so that the first told day is as full as any: the horizon. */
export const WARM_UP_DAYS = 56;

/** Steps asked for on a working day, for each place that there is. Guess: full, and no more. */
export const DEMAND = 0.97;
/** The same at the offices that draw. Guess: a third more than there is. */
export const DEMAND_WHERE_DRAWN = 1.3;
/** Where documents are drawn: the five busiest of the first half of 2022, all services together (Jornada 2022-08-04). */
export const DRAWING_OFFICES: readonly string[] = ["dallas", "chicago", "houston", "los-angeles", "new-york"];
/** Demand of each month against the mean of the year: summer and the winter journeys home are high. Guess. */
export const MONTHS = [1.05, 1.0, 1.05, 0.98, 0.98, 1.08, 1.1, 1.02, 0.92, 0.92, 0.95, 0.95] as const;

/** Days ahead that a household has in mind; it takes the first day from there on that has room. Mean of an exponential; guess. */
export const WISHED_DAYS_AHEAD = 16;
/** Days after the wished one at which it looks before it tries again tomorrow. Guess. */
export const LOOKS_AT_DAYS = 20;
/** Days on which a household tries before it gives up. Guess. */
export const TRIES = 6;
/** Holds that end without a booking: somebody went to look for a paper. Guess. */
export const HOLDS_THAT_LAPSE = 0.1;
/** Bookings that are moved once by their contact. Guess. */
export const MOVE_SHARE = 0.06;
/** Parties that do not come: 11 % in Berlin in the first quarter of 2023 (peers.md, section 1). */
export const NO_SHOW_SHARE = 0.11;
/** People with a second service of the same counter: passport and matrícula is the ordinary case (people.md 1). Guess. */
export const SECOND_SERVICE_SHARE = 0.2;
/** Households for documents of whom one needs the civil registry too. Guess. */
export const TWO_GROUPS_SHARE = 0.04;

/** What people come for, by weight: shares of the first half of 2022 (facts, section 4), split by age by guess. */
export const SERVICE_WEIGHTS: Readonly<Record<string, number>> = {
  "pasaporte-adulto": 32,
  "pasaporte-menor-3-a-17": 12,
  "pasaporte-menor-3": 3,
  "matricula-consular": 26,
  "credencial-votar": 8,
  "declaratoria-nacionalidad": 1,
  "registro-nacimiento": 6,
  "copia-acta": 6,
  matrimonio: 1,
  "poder-notarial": 4,
  "certificados-legalizaciones": 4,
  visa: 6,
};

/** Answers to a proposed place: yes, no, silence. Guess. */
export const SAYS_YES = 0.78;
export const SAYS_NO = 0.1;
/** Hours until the answer, mean of an exponential. Guess. */
export const ANSWERS_AFTER_HOURS = 9;
/** Share of the work list that finds another day on one day, by itself or with staff. Guess. */
export const FOUND_PER_DAY = 0.45;

/** Storms in a year of each kind, their months (1 is January) and what they close; frequencies are guesses. */
export const STORMS = [
  // Yonkers and Mamaroneck 2026-01, Portland 2017, Reno 2023: snow closes for a day or two.
  { kind: "snow", each: 9, months: [12, 1, 2, 3], north: 39, withinKm: 420, days: [1, 2] },
  // Texas 2021: ice in the south is rare and stays.
  { kind: "ice", each: 2, months: [1, 2], north: 29, south: 37, withinKm: 500, days: [2, 3] },
  // Florence 2018: hurricanes at the Atlantic and the Gulf.
  { kind: "hurricane", each: 3, months: [8, 9, 10], south: 36, east: -98, withinKm: 350, days: [2, 4] },
  { kind: "smoke", each: 3, months: [7, 8, 9], north: 34, west: -115, withinKm: 250, days: [1, 2] },
] as const satisfies readonly StormKind[];

export interface StormKind {
  readonly kind: string;
  /** Storms a year over the whole network. */
  readonly each: number;
  readonly months: readonly number[];
  /** Degrees that the office at its middle lies beyond. */
  readonly north?: number;
  readonly south?: number;
  readonly east?: number;
  readonly west?: number;
  readonly withinKm: number;
  /** Fewest and most days. */
  readonly days: readonly [number, number];
}

/** Storms that are over sooner than was thought: their last day is opened again. Guess. */
export const UNDONE_SHARE = 0.3;
/** Counters of one session that nobody else can take over for a day, by counter and day. Guess. */
export const ABSENCE_SHARE = 0.006;
/** Hours without a system, by office and day. Guess: twice a year. */
export const OUTAGE_SHARE = 2 / 250;

/** Mobile consulates and consulates on wheels a week, network: 243 from January to 4 June 2021 (facts, section 5). */
export const MOBILE_WEEKENDS_A_WEEK = 73 / 22;
export const WHEELS_DAYS_A_WEEK = 170 / 22;
/** Of 120 to 500 people a day at mobile consulates (facts, section 4). */
export const MOBILE_COUNTERS = { mobile: 9, on_wheels: 5 } as const;
/** Days ahead at which such a day is made: three weeks (facts 2.6), some at short notice, which are drawn. */
export const MOBILE_AHEAD_DAYS = 22;
export const SHORT_NOTICE_AHEAD_DAYS = 9;
export const SHORT_NOTICE_SHARE = 0.15;

/** First and last days of a weekly draw, counted from the day on which it is held (fairness.md 4.0: two to six weeks). */
export const DRAWN_DAYS_AHEAD = [14, 42] as const;
/** Households that leave the line after a weekly draw without a place. Guess. */
export const LEAVES_LINE = 0.12;
/** Households that are drawn and say no. Guess. */
export const DECLINES_OFFER = 0.05;
/** Hours from the draw to the answer. Guess. */
export const OFFER_HOURS = 30;
