import { describe, expect, test } from "vitest";
import type { CashParty, ClosingAnswer } from "../api/types.ts";
import { centsFor, choiceFor, money, offersWith, standing, totalFor } from "./cash.ts";
import { closingCells, closingRows, type ClosingWords } from "./closing-rows.ts";
import { able, countTabs, familiesOf, nextStep, withChanged, type ListedDocument } from "./documents.ts";

type CashDocument = CashParty["documents"][number];
const offer = (variant: string, cents: number, proofs: string[] = []) => ({
  variant,
  cents,
  proofs,
  label: { es: variant, en: variant },
  discount: proofs[0] ?? null,
  year: 2026,
});
const document = (change: Partial<ListedDocument> = {}): ListedDocument => ({
  id: "d1",
  bookingId: "b1",
  appointmentId: "a1",
  ordinal: 1,
  service: "pasaporte-adulto",
  localDate: "2026-12-03",
  folioTail: "4CDE",
  state: "paid",
  blank: "booklet",
  variant: "3y",
  dueCents: 10_100,
  promisedOn: null,
  returnOn: null,
  undoUntil: null,
  version: 1,
  late: false,
  lacksPaper: false,
  ...change,
});
const atCashier = (change: Partial<CashDocument> = {}): CashDocument => ({
  ...document({ state: "to_pay" }),
  offers: [
    offer("3y", 10_100),
    offer("6y", 13_700),
    offer("3y", 5_050, ["disability"]),
    offer("6y", 6_850, ["disability"]),
  ],
  proofs: [{ id: "disability", percent: -50 }],
  copyCents: 1_900,
  payments: [],
  ...change,
});

describe("the cashier's screen", () => {
  test("says what each choice costs, with the proofs that were seen and the copies", () => {
    const one = atCashier();
    expect(choiceFor(one, {})).toEqual({ variant: "3y", proofs: [], copies: 0 });
    expect(offersWith(one, []).map(({ cents }) => cents)).toEqual([10_100, 13_700]);
    expect(centsFor(one, { variant: "6y", proofs: ["disability"], copies: 2 })).toBe(6_850 + 3_800);
    expect(totalFor([one, atCashier({ id: "d2" })], { d2: { variant: "6y", proofs: [], copies: 0 } })).toBe(23_800);
    expect([money(0), money(6_850), money(123_456), money(-10_100)]).toEqual([
      "US$ 0.00",
      "US$ 68.50",
      "US$ 1,234.56",
      "−US$ 101.00",
    ]);
  });

  test("offers to correct what nothing took back", () => {
    const line = (id: string, corrects: string | null) => ({ id, corrects }) as CashDocument["payments"][number];
    expect(standing([line("1", null), line("2", "1"), line("3", null)]).map(({ id }) => id)).toEqual(["3"]);
  });
});

describe("the list of documents", () => {
  const list = [
    document(),
    document({ id: "d2", state: "exempt", ordinal: 2 }),
    document({ id: "d3", bookingId: "b2", state: "spoiled" }),
    document({ id: "d4", bookingId: "b3", state: "to_pay" }),
    document({ id: "d5", bookingId: "b4", lacksPaper: true }),
  ];

  test("keeps a family together, and leaves to the cashier what is to be paid", () => {
    expect(familiesOf(list, "capture").map((one) => one.documents.map(({ id }) => id))).toEqual([["d1", "d2"]]);
    expect(countTabs(list)).toEqual({ capture: 2, production: 1, ready: 0, back: 1, done: 0 });
    expect(able(list, "capture").map(({ id }) => id)).toEqual(["d1", "d2"]);
    expect(able(list, "produce").map(({ id }) => id)).toEqual(["d3"]);
    expect([nextStep("spoiled"), nextStep("to_pay"), nextStep("delivered")]).toEqual(["produce", undefined, undefined]);
  });

  test("is right at once after a step, and keeps whose a document is", () => {
    const { late: _, lacksPaper: __, ...changed } = document({ state: "captured", version: 2, ordinal: null });
    expect(withChanged(list, [changed])[0]).toMatchObject({ state: "captured", version: 2, ordinal: 1, late: false });
  });
});

test("the file of a closed day has a line for each figure of the page, and amounts in dollars", () => {
  const sum = (count: number, cents: number) => ({ count, cents });
  const blank = {
    blank: "card",
    start: 5,
    received: 0,
    adjusted: 0,
    used: 1,
    spoiled: 1,
    end: 3,
    spoiledNumbers: ["C-7"],
  };
  const closing = {
    page: {
      appointments: { served: 2, unserved: 0, missed: 1, open: 0 },
      walkIns: 3,
      outcomes: [{ service: "visa", code: "issued", count: 2 }],
      fees: {
        due: sum(2, 14_200),
        paid: sum(1, 10_100),
        exempt: sum(1, 4_100),
        open: sum(0, 0),
        means: [{ means: "card", ...sum(1, 10_100) }],
        reasons: [{ reason: "no_means", ...sum(1, 4_100) }],
        issuedUnpaid: 0,
      },
      blanks: [blank],
      uncollected: [{ service: "visa", count: 1, oldest: "2026-12-01" }],
    },
    annex: {
      payments: [{ kind: "paid", cents: -10_100, means: "card", reason: "slip", correction: true, at: "" }],
      blanks: [{ blank: "card", movement: "adjusted", quantity: 1, number: null, at: "" }],
    },
  } as unknown as ClosingAnswer;
  const same = (text: string) => text;
  const keys = new Proxy({}, { get: (_, key) => String(key) }) as never;
  const words: ClosingWords = {
    sections: keys,
    people: keys,
    fees: keys,
    blankRows: keys,
    since: same,
    outcome: same,
    service: same,
    means: same,
    reason: same,
    blank: same,
    correction: "correction",
  };
  const cells = closingCells(closingRows(closing, words)).map((line) => line.slice(1));
  expect(cells).toEqual([
    ["served", 2, null],
    ["unserved", 0, null],
    ["missed", 1, null],
    ["open", 0, null],
    ["walkIns", 3, null],
    ["visa: issued", 2, null],
    ["due", 2, 142],
    ["paid", 1, 101],
    ["paid: card", 1, 101],
    ["exempt", 1, 41],
    ["exempt: no_means", 1, 41],
    ["open", 0, 0],
    ["issuedUnpaid", 0, null],
    ["card: start", 5, null],
    ["card: received", 0, null],
    ["card: adjusted", 0, null],
    ["card: used", 1, null],
    ["card: spoiled (C-7)", 1, null],
    ["card: end", 3, null],
    ["visa (2026-12-01)", 1, null],
    ["card: correction", null, -101],
    ["card: adjusted", 1, null],
  ]);
});
