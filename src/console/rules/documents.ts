import type { Documents } from "../api/types.ts";

export type ListedDocument = Documents["documents"][number];
export type DocumentState = ListedDocument["state"];
export type DocumentAction = "capture" | "produce" | "ready" | "deliver" | "mail" | "spoil" | "return" | "resume";

/** What is done next with nearly every document in that state; the server decides the same. */
const NEXT: Readonly<Partial<Record<DocumentState, DocumentAction>>> = {
  paid: "capture",
  exempt: "capture",
  captured: "produce",
  spoiled: "produce",
  in_production: "ready",
  ready: "deliver",
  return_on: "resume",
};

/** What else may be done. */
const ALSO: Readonly<Partial<Record<DocumentState, readonly DocumentAction[]>>> = {
  to_pay: ["return"],
  paid: ["return"],
  exempt: ["return"],
  captured: ["ready", "mail", "return"],
  in_production: ["mail", "spoil"],
  ready: ["mail", "spoil"],
};

export const DOCUMENT_TABS = ["capture", "production", "ready", "back", "done"] as const;
export type DocumentTab = (typeof DOCUMENT_TABS)[number];

const TAB_OF: Readonly<Record<DocumentState, DocumentTab | undefined>> = {
  to_pay: undefined,
  paid: "capture",
  exempt: "capture",
  captured: "production",
  in_production: "production",
  spoiled: "production",
  ready: "ready",
  return_on: "back",
  delivered: "done",
  by_mail: "done",
};

/** Whoever lacks a paper is waited for, wherever her document stood. */
function tabOf({ state, lacksPaper }: ListedDocument): DocumentTab | undefined {
  return lacksPaper ? "back" : TAB_OF[state];
}

export function nextStep(state: DocumentState): DocumentAction | undefined {
  return NEXT[state];
}

export function otherSteps(state: DocumentState): readonly DocumentAction[] {
  return ALSO[state] ?? [];
}

/** A family's documents that stand at the same point: one key takes them on together. */
export interface Family {
  readonly bookingId: string;
  readonly documents: readonly ListedDocument[];
}

/** Families of a tab in the order of the list. What is to be paid is the cashier's. */
export function familiesOf(documents: readonly ListedDocument[], tab: DocumentTab): Family[] {
  const families = new Map<string, ListedDocument[]>();
  for (const one of documents) {
    if (tabOf(one) !== tab) continue;
    const family = families.get(one.bookingId);
    if (family) family.push(one);
    else families.set(one.bookingId, [one]);
  }
  return [...families].map(([bookingId, own]) => ({ bookingId, documents: own }));
}

export function countTabs(documents: readonly ListedDocument[]): Readonly<Record<DocumentTab, number>> {
  const counts = { capture: 0, production: 0, ready: 0, back: 0, done: 0 };
  for (const one of documents) {
    const tab = tabOf(one);
    if (tab) counts[tab] += 1;
  }
  return counts;
}

/** The list after a step, before it is read again: a key that follows at once acts on what stands now. */
export function withChanged(
  known: readonly ListedDocument[],
  changed: readonly Omit<ListedDocument, "late" | "lacksPaper">[],
): ListedDocument[] {
  const after = new Map(changed.map((one) => [one.id, one]));
  return known.map((one) => ({ ...one, ...after.get(one.id), ordinal: one.ordinal }));
}

/** Those of a family with which that can be done now. */
export function able(documents: readonly ListedDocument[], action: DocumentAction): ListedDocument[] {
  return documents.filter(
    ({ state, lacksPaper }) => !lacksPaper && (NEXT[state] === action || ALSO[state]?.includes(action)),
  );
}
