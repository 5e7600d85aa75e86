import type { Choice, Draft, OwnItem } from "../types.ts";
import type { State } from "./state.ts";

/** Bookings and requests of hers that a dialogue keeps: the one that is spoken of, those to choose from, and those of the steps before. */
export function ownItemsIn(state: State): OwnItem[] {
  const items = [state, ...state.trail].flatMap(({ draft, found }) => itemsOf(draft, found));
  return [...new Map(items.map((one) => [one.id, one])).values()];
}

function itemsOf(draft: Draft, found: readonly Choice[]): OwnItem[] {
  const listed = found.flatMap(({ value }) => {
    if (!value.startsWith("{")) return [];
    const item = JSON.parse(value) as Partial<OwnItem>;
    return item.kind === "booking" || item.kind === "request" ? [item as OwnItem] : [];
  });
  return draft.own ? [draft.own, ...listed] : listed;
}
