import type { LocalDate } from "#kernel/ids.ts";
import type { BlankLine, DocumentState, IssuedDocument } from "../types.ts";

/** Seconds for which a step can be taken back, as with outcomes (issue 3: "undo within a minute"). */
export const UNDO_SECONDS = 60;

export const DOCUMENT_ACTIONS = [
  "capture",
  "produce",
  "ready",
  "deliver",
  "mail",
  "spoil",
  "return",
  "resume",
] as const;
export type DocumentAction = (typeof DOCUMENT_ACTIONS)[number];
/** What the cashier does to a document, beside its money. */
export type CashAction = "pay" | "exempt" | "unpay";

type Steps = Readonly<Partial<Record<DocumentState, DocumentState>>>;

/** What each action makes of a document; a state that is not here refuses it. */
const STEPS: Readonly<Record<DocumentAction | CashAction, Steps>> = {
  pay: { to_pay: "paid" },
  exempt: { to_pay: "exempt" },
  // After production a payment is taken back only for what is spoiled: a paper that exists was paid for.
  unpay: { paid: "to_pay", exempt: "to_pay", captured: "to_pay", spoiled: "to_pay", return_on: "return_on" },
  capture: { paid: "captured", exempt: "captured" },
  produce: { captured: "in_production", spoiled: "in_production" },
  // A deed or a certificate is made at the window: nothing is in production between.
  ready: { captured: "ready", in_production: "ready" },
  deliver: { ready: "delivered" },
  mail: { captured: "by_mail", in_production: "by_mail", ready: "by_mail" },
  spoil: { in_production: "spoiled", ready: "spoiled" },
  return: { to_pay: "return_on", paid: "return_on", exempt: "return_on", captured: "return_on" },
  // Where it goes on depends on whether it was paid.
  resume: { return_on: "to_pay" },
};

/** States in which a paper exists or is being made. */
const PRODUCED: ReadonlySet<DocumentState> = new Set(["in_production", "ready", "delivered", "by_mail"]);

/** The state after an action; undefined when the action does not fit. `settled`: how its money stands, for who comes back. */
export function documentAfter(
  state: DocumentState,
  action: DocumentAction | CashAction,
  settled?: "paid" | "exempt",
): DocumentState | undefined {
  const next = STEPS[action][state];
  return next !== undefined && action === "resume" ? (settled ?? "to_pay") : next;
}

export function isProduced(state: DocumentState): boolean {
  return PRODUCED.has(state);
}

/** What a step takes from the stock or gives back to it: a blank is used once it is printed. */
export function blanksOf(
  { state, blank }: Pick<IssuedDocument, "state" | "blank">,
  action: DocumentAction,
  number: string | null,
): BlankLine[] {
  if (blank === null) return [];
  const used = (quantity: number): BlankLine => ({ blank, movement: "used", quantity, number: null });
  switch (action) {
    case "ready":
      return [used(1)];
    case "mail":
      return state === "ready" ? [] : [used(1)];
    case "spoil":
      // What was counted as used is spoiled instead: it is one piece of paper.
      return [...(state === "ready" ? [used(-1)] : []), { blank, movement: "spoiled", quantity: 1, number }];
    default:
      return [];
  }
}

/** Until when the last step can be taken back; undefined when there is none. The instant itself is too late. */
export function undoUntil({ before, changedAt }: Pick<IssuedDocument, "before" | "changedAt">): Date | undefined {
  return before === null ? undefined : new Date(changedAt.getTime() + UNDO_SECONDS * 1_000);
}

/** A document as its morning begins: what is free is paid already. */
export function firstState(dueCents: number): DocumentState {
  return dueCents === 0 ? "exempt" : "to_pay";
}

/** Fetched and not, the morning after: late where its day of delivery is over. */
export function isLate({ state, promisedOn }: Pick<IssuedDocument, "state" | "promisedOn">, today: LocalDate): boolean {
  const isUnderWay = state === "captured" || state === "in_production" || state === "spoiled";
  return isUnderWay && promisedOn !== null && promisedOn < today;
}
