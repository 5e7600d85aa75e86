import type { PartyState } from "../api/types.ts";

export type Tab = "expected" | "waiting" | "at_counter" | "done" | "no_show";
export const TABS: readonly Tab[] = ["expected", "waiting", "at_counter", "done", "no_show"];

export type Action = "check_in" | "call" | "serve" | "record" | "no_show";

interface StateRow {
  readonly tab: Tab;
  /** What the clerk does next with nearly every party; the button of the row. */
  readonly next: Action | undefined;
  readonly may: readonly Action[];
}

/** What may follow what. The server decides the same; the console asks first so that a disabled button can say why. */
export const PARTY_STATES: Readonly<Record<PartyState, StateRow>> = {
  expected: { tab: "expected", next: "check_in", may: ["check_in", "no_show"] },
  waiting: { tab: "waiting", next: "call", may: ["call"] },
  called: { tab: "at_counter", next: "serve", may: ["call", "serve", "record"] },
  serving: { tab: "at_counter", next: "record", may: ["record"] },
  done: { tab: "done", next: undefined, may: [] },
  left: { tab: "done", next: undefined, may: [] },
  no_show: { tab: "no_show", next: "check_in", may: ["check_in"] },
};

export type WhyNot = "not_arrived" | "already_here" | "not_called" | "already_serving" | "already_closed" | "choose_counter";

const WHY_NOT: Readonly<Record<PartyState, WhyNot>> = {
  expected: "not_arrived",
  waiting: "not_called",
  called: "already_here",
  serving: "already_serving",
  done: "already_closed",
  left: "already_closed",
  no_show: "not_arrived",
};

/** Why this cannot be done now, or undefined when it can. */
export function whyNot(action: Action, state: PartyState, counter: number | undefined): WhyNot | undefined {
  if (!PARTY_STATES[state].may.includes(action)) {
    const late = (action === "check_in" || action === "no_show") && state === "waiting";
    return late ? "already_here" : WHY_NOT[state];
  }
  return action === "call" && counter === undefined ? "choose_counter" : undefined;
}
