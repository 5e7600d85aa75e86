import type { Party, Station, Visit } from "../api/types.ts";

/** Where a party stands on its day: the booking's state and the visit's, read as one. */
export type PartyState = "expected" | "waiting" | "called" | "serving" | "done" | "went_away" | "no_show" | "cancelled";

export type Tab = "expected" | "waiting" | "at_counter" | "done" | "no_show";
export const TABS: readonly Tab[] = ["expected", "waiting", "at_counter", "done", "no_show"];

export type Action = "check_in" | "call" | "serve" | "pass" | "park" | "unpark" | "record" | "no_show";

interface StateRow {
  readonly tab: Tab;
  /** What the clerk does next with nearly every party; the button of the row. */
  readonly next: Action | undefined;
  readonly may: readonly Action[];
}

/** What may follow what. The server decides the same; the console asks first so that a button that cannot work says why. */
export const PARTY_STATES: Readonly<Record<PartyState, StateRow>> = {
  expected: { tab: "expected", next: "check_in", may: ["check_in", "no_show"] },
  waiting: { tab: "waiting", next: "call", may: ["call", "serve", "park", "unpark", "record", "no_show"] },
  called: { tab: "at_counter", next: "serve", may: ["call", "serve", "pass", "park", "record", "no_show"] },
  serving: { tab: "at_counter", next: "record", may: ["pass", "park", "record"] },
  done: { tab: "done", next: undefined, may: [] },
  // Whoever comes late, or comes back, is received on the same day.
  went_away: { tab: "done", next: undefined, may: ["check_in"] },
  no_show: { tab: "no_show", next: "check_in", may: ["check_in"] },
  cancelled: { tab: "no_show", next: undefined, may: [] },
};

/** The station after this one on its route; undefined at the last, where outcomes are recorded. */
export function stationAfter({ route, station }: Pick<Visit, "route" | "station">): Station | undefined {
  return route[route.indexOf(station) + 1];
}

/** The button of a row: on to the next station while there is one, back in the queue for who was set aside. */
export function nextAction(state: PartyState, visit: Visit | null): Action | undefined {
  if (state === "waiting" && visit?.parkedAt) return "unpark";
  if (state === "serving" && visit && stationAfter(visit)) return "pass";
  return PARTY_STATES[state].next;
}

interface Standing extends Pick<Party, "state"> {
  readonly visit: Visit | null;
  readonly appointments?: readonly Pick<Party["appointments"][number], "outcomes">[];
}

export function partyState({ state, visit, appointments = [] }: Standing): PartyState {
  if (state === "cancelled" || state === "lapsed") return "cancelled";
  // Somebody of it comes back with a paper, today or another day.
  const lacksPaper = appointments.some(({ outcomes }) => outcomes.some(({ code }) => code === "missing_document"));
  if (visit?.state === "done" && state === "active" && lacksPaper) return "went_away";
  if (visit?.state === "left") return visit.arrivedAt === null ? "no_show" : "went_away";
  if (visit) return visit.state;
  if (state === "completed") return "done";
  return state === "missed" ? "no_show" : "expected";
}

export type WhyNot =
  "suspended" | "not_arrived" | "already_here" | "already_serving" | "already_closed" | "choose_counter";

const WHY_NOT: Readonly<Record<PartyState, WhyNot>> = {
  expected: "not_arrived",
  waiting: "already_here",
  called: "already_here",
  serving: "already_serving",
  done: "already_closed",
  went_away: "already_closed",
  no_show: "already_closed",
  cancelled: "already_closed",
};

/** Why this cannot be done now, or undefined when it can. `held`: all that it comes for stands still. */
export function whyNot(
  action: Action,
  state: PartyState,
  counter: number | undefined,
  held = false,
): WhyNot | undefined {
  if (!PARTY_STATES[state].may.includes(action)) return WHY_NOT[state];
  if (held && state === "waiting" && (action === "call" || action === "serve")) return "suspended";
  return action === "call" && counter === undefined ? "choose_counter" : undefined;
}
