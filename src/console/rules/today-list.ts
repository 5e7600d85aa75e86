import type { Party } from "../api/types.ts";
import { partyMatches } from "./filter.ts";
import { PARTY_STATES, partyState, TABS, type PartyState, type Tab } from "./party-states.ts";

export interface Line {
  readonly party: Party;
  readonly state: PartyState;
}

/** The whole day with each party's state. */
export function linesOf(parties: readonly Party[]): Line[] {
  return parties.map((party) => ({ party, state: partyState(party) }));
}

export function countTabs(lines: readonly Line[]): Record<Tab, number> {
  const counts = Object.fromEntries(TABS.map((tab) => [tab, 0])) as Record<Tab, number>;
  for (const { state } of lines) counts[PARTY_STATES[state].tab]++;
  return counts;
}

/** What the list shows: one tab, or, while something is typed, everybody who matches, wherever they stand. */
export function shownLines(lines: readonly Line[], tab: Tab, typed: string): Line[] {
  if (typed.trim() !== "") return lines.filter(({ party }) => partyMatches(party, typed));
  const ofTab = lines.filter(({ state }) => PARTY_STATES[state].tab === tab);
  if (tab === "at_counter") return ofTab.sort((a, b) => (a.party.visit?.counter ?? 0) - (b.party.visit?.counter ?? 0));
  if (tab === "done")
    return ofTab.sort((a, b) => (b.party.visit?.doneAt ?? "").localeCompare(a.party.visit?.doneAt ?? ""));
  return ofTab;
}
