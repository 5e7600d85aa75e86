/** Calls of one day and agents (domain/facts.md 2.1: more than 35,000 calls a day, more than 400 agents). */
export const CALLS = 35_000;
export const AGENTS = 400;
/** Opening of a weekday, in quarter hours from midnight: 8 to 21 (the same). */
export const OPENS = 32;
export const CLOSES = 84;

/** Mean minutes of a call with writing up, and how it spreads. Guess: 87 calls an agent and day leave 5.2 at the most. */
export const HANDLING = 4.5;
export const HANDLING_SIGMA = 0.7;
/** Mean minutes for which somebody waits. Guess. */
export const PATIENCE = 4;
/** Of those who give up so many call again, after so many minutes on average. Guesses. */
export const REDIAL = 0.5;
export const REDIAL_AFTER = 15;
/** Beyond so many minutes of expected wait a call-back is offered, and so many take it. Guesses. */
export const OFFER_FROM = 2;
export const TAKES_OFFER = 0.5;
/** Minutes within which a call-back is promised: as an answer of a person (conversations, two hours). */
export const CALL_BACK_WITHIN = 120;

/** What is promised: eight of ten within half a minute, and one of twenty gives up. A contract's usual figures; ours until there is one. */
export const TARGET = { minutes: 0.5, within: 0.8, abandoned: 0.05 } as const;
/** Weeks of history before the day, and how much a day differs from another of its kind. Guess. */
export const WEEKS = 10;
export const DAY_SIGMA = 0.08;

/** Share of the day's calls in each opening hour, from 8. Guess: a morning peak, a smaller one after work. */
export const BY_HOUR = [9, 12, 12, 10.5, 9, 7.5, 7, 7, 7, 6.5, 5.5, 4, 3] as const;
/** Of a Monday's calls so many come on each weekday. Guess. */
export const BY_WEEKDAY = [1, 0.95, 0.92, 0.9, 0.85, 0.35, 0.25] as const;
