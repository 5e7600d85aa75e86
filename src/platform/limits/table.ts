/** How often something may be done: `burst` times at once, and then once in every so many seconds. */
export interface Limit {
  readonly burst: number;
  readonly everySeconds: number;
  /** Whose the budget is. Never an address of the network: a library, a parish and a whole town can share one. */
  readonly per: "contact" | "member of staff" | "kiosk" | "helper" | "person at an office on a day" | "everybody";
  readonly source: string;
  readonly reason: string;
}

/**
 * Every limit by rate. Tries at a secret (codes, PINs, birth dates, the code of the hour) are not here: those are
 * counted to an end, for a budget that fills again would be guesses for whoever waits (docs/decisions/0040-limits.md).
 */
export const LIMITS = {
  reserve: {
    burst: 40,
    everySeconds: 20 * 60,
    per: "contact",
    source: "ours; a hold lasts ten minutes",
    reason:
      "A family that loses an hour to others tries again some dozens of times in an evening. Whoever keeps a place by holding it for ever may hold it half of the time, and shows.",
  },
  times: {
    burst: 60,
    everySeconds: 2 * 60,
    per: "contact",
    source: "fairness.md 4.4.6: 30 an hour; the burst is ours",
    reason:
      "Sixty days of offices are looked through at once by whoever cannot find an hour. Whoever watches all offices day and night learns each hour that a stranger takes or gives back.",
  },
  files: {
    burst: 30,
    everySeconds: 2,
    per: "member of staff",
    source: "engineering.md 3.4: sixty in a minute",
    reason:
      "Nobody serves sixty parties in a minute; whoever copies files does. In no minute are there more than sixty.",
  },
  desk_codes: {
    burst: 20,
    everySeconds: 60,
    per: "member of staff",
    source: "ours; a desk gives a date to one household in a minute at most",
    reason: "A desk sends a code to whoever stands before it. Nobody tries telephones of a list from there.",
  },
  desk_person: {
    burst: 1,
    everySeconds: 5,
    per: "person at an office on a day",
    source: "ours; a turn is written in well under a second",
    reason:
      "Two desks that write down one person in the same second give one turn: for these seconds she is one desk's.",
  },
  public_reports: {
    burst: 1_000,
    everySeconds: 60,
    per: "everybody",
    source: "ours; the campaign of 2021 found thousands of adverts in a month (facts 3.1)",
    reason:
      "A report asks for no name, so that nobody has a budget of her own. More than anybody reports, and less than fills the disk. Staff have no such limit.",
  },
  kiosk: {
    burst: 12,
    everySeconds: 5,
    per: "kiosk",
    source: "ours; a family takes half a minute",
    reason: "Nobody tries folios at a machine that everybody can reach.",
  },
  helpers_asking: {
    burst: 200,
    everySeconds: 10 * 60,
    per: "everybody",
    source: "ours; there are 53 offices, and each knows a handful of parishes and libraries",
    reason:
      "Whoever asks to be a helper has no account yet. A flood of false ones would hide the true ones from those who judge them.",
  },
  help: {
    burst: 8,
    everySeconds: 5 * 60,
    per: "helper",
    source: "fairness.md 3.1: a cap for registered helpers; the figures are ours",
    reason:
      "Two desks begin with somebody every ten minutes, and eight at once after mass. Families and shared networks have no limit of their own: a helper is known by its sign-in. Whoever stole one begins no hundred visits.",
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;
