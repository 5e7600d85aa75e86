import type { ClosingAnswer } from "../api/types.ts";
import type { Cell } from "./csv.ts";
import { dollars } from "./cash.ts";

type Page = ClosingAnswer["page"];

/** Words for whatever a row names. */
export interface ClosingWords {
  readonly sections: Readonly<Record<"people" | "outcomes" | "fees" | "blanks" | "uncollected" | "annex", string>>;
  readonly people: Readonly<Record<"served" | "unserved" | "missed" | "open" | "walkIns", string>>;
  readonly fees: Readonly<Record<"due" | "paid" | "exempt" | "open" | "issuedUnpaid", string>>;
  readonly blankRows: Readonly<Record<"start" | "received" | "adjusted" | "used" | "spoiled" | "end", string>>;
  readonly since: (day: string) => string;
  readonly outcome: (code: string) => string;
  readonly service: (slug: string) => string;
  readonly means: (means: string) => string;
  readonly reason: (reason: string) => string;
  readonly blank: (blank: string) => string;
  readonly correction: string;
}

/** One figure of the page: how many, and how much in dollars where it is money. */
export interface ClosingRow {
  readonly section: string;
  readonly what: string;
  readonly count: number | null;
  readonly dollars: number | null;
}

/** Every figure of the page as a line of its own: what the spreadsheet holds is what the screen shows. */
export function closingRows({ page, annex }: Pick<ClosingAnswer, "page" | "annex">, w: ClosingWords): ClosingRow[] {
  const { sections } = w;
  const count = (section: string, what: string, value: number): ClosingRow => ({
    section,
    what,
    count: value,
    dollars: null,
  });
  const sum = (what: string, { count: many, cents }: { count: number; cents: number }): ClosingRow => ({
    section: sections.fees,
    what,
    count: many,
    dollars: dollars(cents),
  });
  const { appointments, walkIns, outcomes, fees, blanks, uncollected } = page;
  return [
    ...(["served", "unserved", "missed", "open"] as const).map((key) =>
      count(sections.people, w.people[key], appointments[key]),
    ),
    count(sections.people, w.people.walkIns, walkIns),
    ...outcomes.map((one) => count(sections.outcomes, `${w.service(one.service)}: ${w.outcome(one.code)}`, one.count)),
    sum(w.fees.due, fees.due),
    sum(w.fees.paid, fees.paid),
    ...fees.means.map((one) => sum(`${w.fees.paid}: ${w.means(one.means)}`, one)),
    sum(w.fees.exempt, fees.exempt),
    ...fees.reasons.map((one) => sum(`${w.fees.exempt}: ${w.reason(one.reason)}`, one)),
    sum(w.fees.open, fees.open),
    count(sections.fees, w.fees.issuedUnpaid, fees.issuedUnpaid),
    ...blanks.flatMap((one) =>
      BLANK_ROWS.map((key) =>
        count(sections.blanks, `${w.blank(one.blank)}: ${w.blankRows[key]}${numbersOf(one, key)}`, one[key]),
      ),
    ),
    ...uncollected.map((one) =>
      count(sections.uncollected, `${w.service(one.service)} (${w.since(one.oldest)})`, one.count),
    ),
    ...annex.payments.map((one): ClosingRow => {
      const kind = one.kind === "paid" ? w.means(one.means ?? "") : w.reason(one.reason ?? "");
      const what = one.correction ? `${kind}: ${w.correction}` : kind;
      return { section: sections.annex, what, count: null, dollars: dollars(one.cents) };
    }),
    ...annex.blanks.map((one) =>
      count(sections.annex, `${w.blank(one.blank)}: ${w.blankRows[one.movement]}`, one.quantity),
    ),
  ];
}

export const BLANK_ROWS = ["start", "received", "adjusted", "used", "spoiled", "end"] as const;

function numbersOf({ spoiledNumbers }: Page["blanks"][number], key: (typeof BLANK_ROWS)[number]): string {
  return key === "spoiled" && spoiledNumbers.length > 0 ? ` (${spoiledNumbers.join(", ")})` : "";
}

/** The same as cells of a file. */
export function closingCells(rows: readonly ClosingRow[]): readonly (readonly Cell[])[] {
  return rows.map((one) => [one.section, one.what, one.count, one.dollars]);
}
