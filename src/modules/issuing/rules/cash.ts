import type { DiscountId } from "#modules/offices/index.ts";
import type { IssuedDocument, MoneySum, Payment } from "../types.ts";

/** Copies and duplicates that one person asks for in one visit: more is a slip of the finger. */
export const MOST_COPIES = 20;

/** What a person chooses at the window of the cashier. */
export interface CashChoice {
  /** As in offices.fees: `3y`; empty where no fee is known. */
  readonly variant: string;
  /** Discounts and surcharges whose proof the clerk saw; those by age are given unasked. */
  readonly proofs: readonly DiscountId[];
  /** Extra copies, at the price of the service's optional fee. */
  readonly copies: number;
}

/** One of the ways in which a document can be paid for. */
export interface Offer {
  readonly variant: string;
  readonly label: { readonly es: string; readonly en: string };
  readonly cents: number;
  /** Proofs with which it costs that much. */
  readonly proofs: readonly DiscountId[];
  /** The discount that is in it. */
  readonly discount: DiscountId | null;
  /** Calendar year of the tariff. */
  readonly year: number;
}

export interface Quote {
  readonly cents: number;
  readonly discount: DiscountId | null;
}

/** The line that takes another one back: the same with the opposite amount, on the same day. */
export function reversalOf<Line extends Pick<Payment, "id" | "cents">>(line: Line): Line & { corrects: Line["id"] } {
  // No -0, which has no spelling in what is signed.
  return { ...line, cents: line.cents === 0 ? 0 : -line.cents, corrects: line.id };
}

/** Lines that nothing takes back: how the money of a document stands. */
export function standingLines<Line extends Pick<Payment, "id" | "corrects">>(lines: readonly Line[]): Line[] {
  const corrected = new Set(lines.flatMap((one) => one.corrects ?? []));
  return lines.filter((one) => one.corrects === null && !corrected.has(one.id));
}

/** How the money of a document stands. What was free from the start is exempt, and has no line. */
export function settledBy(
  payments: readonly Pick<Payment, "id" | "corrects" | "kind" | "documentId">[],
  document: Pick<IssuedDocument, "id" | "dueCents">,
): "paid" | "exempt" | undefined {
  const [line] = standingLines(payments.filter((one) => one.documentId === document.id));
  return line?.kind ?? (document.dueCents === 0 ? "exempt" : undefined);
}

/** Amounts of lines and how many of them stand: a correction takes one away. */
export function sumOf(lines: readonly Pick<Payment, "cents" | "corrects">[]): MoneySum {
  return {
    count: lines.reduce((count, one) => count + (one.corrects === null ? 1 : -1), 0),
    cents: lines.reduce((cents, one) => cents + one.cents, 0),
  };
}
