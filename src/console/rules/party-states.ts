import type { Party, Visit } from "../api/types.ts";

/** Where a party stands on its day: the booking's state and the visit's, read as one. */
export type PartyState = "expected" | "waiting" | "called" | "serving" | "done" | "went_away" | "no_show" | "cancelled";

export type Tab = "expected" | "waiting" | "at_counter" | "done" | "no_show";
export const TABS: readonly Tab[] = ["expected", "waiting", "at_counter", "done", "no_show"];

export type Action = "check_in" | "call" | "serve" | "record" | "no_show";

interface StateRow {
  readonly tab: Tab;
  /** What the clerk does next with nearly every party; the button of the row. */
  readonly next: Action | undefined;
  readonly may: readonly Action[];
}

/** What may follow what. The server decides the same; the console asks first so that a button that cannot work says why. */
export const PARTY_STATES: Readonly<Record<PartyState, StateRow>> = {
  expected: { tab: "expected", next: "check_in", may: ["check_in", "no_show"] },
  waiting: { tab: "waiting", next: "call", may: ["call", "serve", "record", "no_show"] },
  called: { tab: "at_counter", next: "serve", may: ["call", "serve", "record", "no_show"] },
  serving: { tab: "at_counter", next: "record", may: ["record"] },
  done: { tab: "done", next: undefined, may: [] },
  // Whoever comes late, or comes back, is received on the same day.
  went_away: { tab: "done", next: undefined, may: ["check_in"] },
  no_show: { tab: "no_show", next: "check_in", may: ["check_in"] },
  cancelled: { tab: "no_show", next: undefined, may: [] },
};

export function partyState({ state, visit }: Pick<Party, "state"> & { readonly visit: Visit | null }): PartyState {
  if (state === "cancelled" || state === "lapsed") return "cancelled";
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
