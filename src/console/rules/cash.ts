import type { CashParty } from "../api/types.ts";

type CashDocument = CashParty["documents"][number];

/** What the clerk has chosen for one document. */
export interface CashChoice {
  readonly variant: string;
  readonly proofs: readonly string[];
  readonly copies: number;
}

/** By id of the document. */
export type CashChoices = Readonly<Record<string, CashChoice | undefined>>;

/** What is proposed: what was chosen before, else the first of the tariff. */
export function choiceFor({ id, variant }: Pick<CashDocument, "id" | "variant">, choices: CashChoices): CashChoice {
  return choices[id] ?? { variant, proofs: [], copies: 0 };
}

/** One offer for each validity, with the proofs that were seen. */
export function offersWith(
  { offers }: Pick<CashDocument, "offers">,
  proofs: readonly string[],
): CashDocument["offers"] {
  return offers.filter((one) => one.proofs.length === proofs.length && one.proofs.every((id) => proofs.includes(id)));
}

/** The server computes it again, and refuses another amount. */
export function centsFor(document: CashDocument, choice: CashChoice): number {
  const offer = offersWith(document, choice.proofs).find((one) => one.variant === choice.variant);
  return (offer?.cents ?? 0) + choice.copies * (document.copyCents ?? 0);
}

/** What costs nothing by itself and was settled by nobody: extra copies of it can be paid for. */
export function isFree({ state, payments }: Pick<CashDocument, "state" | "payments">): boolean {
  return state === "exempt" && payments.length === 0;
}

/** What is still to be paid by a party. */
export function toPay(documents: readonly CashDocument[], choices: CashChoices): CashDocument[] {
  return documents.filter((one) => one.state === "to_pay" || (isFree(one) && choiceFor(one, choices).copies > 0));
}

export function totalFor(documents: readonly CashDocument[], choices: CashChoices): number {
  return documents.reduce((sum, one) => sum + centsFor(one, choiceFor(one, choices)), 0);
}

/** Lines that nothing takes back. */
export function standing(payments: CashDocument["payments"]): CashDocument["payments"] {
  const corrected = new Set(payments.flatMap((one) => one.corrects ?? []));
  return payments.filter((one) => one.corrects === null && !corrected.has(one.id));
}

/** `US$ 1,137.50`: dollars as they are written at the window. */
export function money(cents: number): string {
  const sign = cents < 0 ? "−" : "";
  return `${sign}US$ ${(Math.abs(cents) / 100).toLocaleString("en-US", { minimumFractionDigits: 2 })}`;
}

/** Cents as a cell of a spreadsheet. */
export function dollars(cents: number): number {
  return cents / 100;
}
