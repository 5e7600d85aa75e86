import fc from "fast-check";
import { expect, test } from "vitest";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { canonicalJson } from "#kernel/canonical-json.ts";
import { BLANKS, type Blank, type Payment, type PaymentId } from "../types.ts";
import { reversalOf, standingLines } from "./cash.ts";
import { closingPage } from "./closing.ts";
import { blanksOf, documentAfter, DOCUMENT_ACTIONS, type DocumentAction } from "./documents.ts";
import type { DatedBlank } from "./stock.ts";
import type { DocumentState } from "../types.ts";

const MEANS = ["cash", "card", "money_order"] as const;
const REASONS = ["no_means", "office_error"] as const;

/** What a day at the desks is made of; `pick` chooses among whatever is there at that moment. */
const operation = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant("settle" as const),
      pick: fc.nat(),
      cents: fc.integer({ min: 1, max: 40_000 }),
      way: fc.nat(4),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant("correct" as const),
      pick: fc.nat(),
      cents: fc.integer({ min: 0, max: 40_000 }),
      way: fc.nat(4),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant("move" as const),
      pick: fc.nat(),
      step: fc.nat(),
      slip: fc.nat(3),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant("receive" as const),
      blank: fc.constantFrom(...BLANKS),
      pieces: fc.integer({ min: 1, max: 500 }),
      before: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant("count" as const),
      blank: fc.constantFrom(...BLANKS),
      off: fc.integer({ min: -3, max: 3 }),
    }),
  },
);

interface Paper {
  state: DocumentState;
  readonly blank: Blank | null;
  line: Payment | undefined;
}

/** An office with its lines on one side, and on the other a safe and two shelves that somebody counts by hand. */
function aDay(
  papers: Paper[],
  operations: readonly (typeof operation extends fc.Arbitrary<infer One> ? One : never)[],
) {
  const payments: Payment[] = [];
  const blanks: DatedBlank[] = [];
  const safe: Record<string, number> = {};
  const shelf: Record<Blank, number> = { booklet: 0, card: 0 };
  let id = 0;
  const lineFor = (document: Paper, cents: number, way: number): Payment => ({
    id: String((id += 1)) as PaymentId,
    documentId: String(papers.indexOf(document)) as never,
    localDate: "2026-12-03" as LocalDate,
    annex: false,
    kind: way < MEANS.length ? "paid" : "exempt",
    variant: "",
    cents,
    means: MEANS[way] ?? null,
    receipt: null,
    discount: null,
    reason: way < MEANS.length ? null : REASONS[way - MEANS.length]!,
    corrects: null,
    step: 1,
    at: new Date(0),
  });
  const count = (line: Payment, sign: number) => {
    const key = line.means ?? line.reason!;
    safe[key] = (safe[key] ?? 0) + sign * line.cents;
  };
  const write = (document: Paper, line: Payment) => {
    payments.push(line);
    document.line = line;
    count(line, 1);
  };
  for (const one of operations) {
    if (one.does === "receive" || one.does === "count") {
      const quantity = one.does === "receive" ? one.pieces : one.off;
      blanks.push({
        blank: one.blank,
        movement: one.does === "receive" ? "received" : "adjusted",
        quantity,
        number: null,
        ofTheDay: one.does === "count" || !one.before,
      });
      shelf[one.blank] += quantity;
      continue;
    }
    const document = papers[one.pick % papers.length]!;
    if (one.does === "settle") {
      const state = documentAfter(document.state, one.way < MEANS.length ? "pay" : "exempt");
      if (!state) continue;
      document.state = state;
      write(document, lineFor(document, one.cents, one.way));
    } else if (one.does === "correct") {
      const line = document.line;
      if (!line) continue;
      const state = documentAfter(document.state, "unpay");
      if (one.cents === 0 && !state) continue;
      payments.push({ ...reversalOf(line), id: String((id += 1)) as PaymentId, reason: "slip" });
      count(line, -1);
      document.line = undefined;
      if (one.cents > 0) write(document, lineFor(document, one.cents, one.way));
      else document.state = state!;
    } else {
      // Only what may follow: random letters would hardly ever print a passport.
      const possible = DOCUMENT_ACTIONS.filter((action) => documentAfter(document.state, action) !== undefined);
      if (possible.length > 0) move(document, possible[one.step % possible.length]!, one.slip === 0);
    }
  }
  return { payments, blanks, safe, shelf };

  function move(document: Paper, action: DocumentAction, slip: boolean) {
    const state = documentAfter(document.state, action, document.line?.kind);
    if (!state) return;
    const lines = blanksOf(document, action, `N${blanks.length}`);
    for (const line of lines) blanks.push({ ...line, ofTheDay: true });
    if (slip) for (const line of lines) blanks.push({ ...line, quantity: -line.quantity, ofTheDay: true });
    if (slip) return;
    // By hand: a blank leaves the shelf when ink is on it, and never comes back.
    const hasInk = (at: DocumentState) => at === "ready" || at === "delivered" || at === "by_mail" || at === "spoiled";
    if (document.blank && hasInk(state) && !(hasInk(document.state) && document.state !== "spoiled"))
      shelf[document.blank] -= 1;
    document.state = state;
  }
}

test("whatever happens at the desks, the page adds up to the cent and to the booklet", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom<Blank | null>("booklet", "card", null), { minLength: 1, maxLength: 5 }),
      fc.array(operation, { maxLength: 120, size: "max" }),
      fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 5 }),
      (kinds, operations, unpaid) => {
        const papers = kinds.map((blank): Paper => ({ state: "to_pay", blank, line: undefined }));
        const { payments, blanks, safe, shelf } = aDay(papers, operations);
        const open = { count: unpaid.length, cents: unpaid.reduce((sum, one) => sum + one, 0) };
        const page = closingPage({
          officeId: "fresno" as OfficeId,
          localDate: "2026-12-03" as LocalDate,
          appointments: [],
          outcomes: [],
          payments,
          open,
          issuedUnpaid: 0,
          blanks,
          uncollected: [],
        });
        const { fees } = page;
        expect(Object.fromEntries(fees.means.map((one) => [one.means, one.cents]))).toEqual(only(safe, MEANS));
        expect(Object.fromEntries(fees.reasons.map((one) => [one.reason, one.cents]))).toEqual(only(safe, REASONS));
        expect(fees.due.cents).toBe(fees.paid.cents + fees.exempt.cents + fees.open.cents);
        expect(fees.due.cents).toBe(Object.values(safe).reduce((sum, one) => sum + one, 0) + open.cents);
        expect(fees.paid.count + fees.exempt.count).toBe(standingLines(payments).length);
        expect(fees.paid.count + fees.exempt.count).toBe(papers.filter((one) => one.line).length);
        for (const one of page.blanks) {
          expect(one.start + one.received + one.adjusted - one.used - one.spoiled).toBe(one.end);
          expect(one.end).toBe(shelf[one.blank]);
          expect(one.spoiledNumbers).toHaveLength(one.spoiled);
        }
        // What two sign has one spelling.
        expect(canonicalJson(page)).toBe(canonicalJson(JSON.parse(JSON.stringify(page))));
      },
    ),
    { numRuns: 300 },
  );
});

/** Keys that were ever written, as the page has them. */
function only(safe: Readonly<Record<string, number>>, keys: readonly string[]) {
  return Object.fromEntries(Object.entries(safe).filter(([key]) => keys.includes(key)));
}
