import type { LocalDate, OfficeId, StaffId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { addDays } from "#kernel/time.ts";
import type { ClosingPage, ClosingRefusal, MoneySum, Payment } from "../types.ts";
import { sumOf } from "./cash.ts";
import { blankDays, type DatedBlank } from "./stock.ts";

/** Days after which a day is closed no more, as with lists typed in from paper. */
export const CLOSE_WITHIN_DAYS = 7;

/** Everything of which a page is made, as it was read. */
export interface DayFacts {
  readonly officeId: OfficeId;
  readonly localDate: LocalDate;
  readonly appointments: readonly { readonly walkIn: boolean; readonly state: string; readonly count: number }[];
  readonly outcomes: readonly { readonly service: string; readonly code: string; readonly count: number }[];
  /** Lines of that day that are no annex. */
  readonly payments: readonly Pick<Payment, "id" | "kind" | "cents" | "means" | "reason" | "corrects">[];
  /** Documents of who was in the hall that day that are still to be paid. */
  readonly open: MoneySum;
  readonly issuedUnpaid: number;
  readonly blanks: readonly DatedBlank[];
  readonly uncollected: ClosingPage["uncollected"];
}

/** The page of a day. Every sum follows from the lines, so that it adds up to the cent and to the booklet. */
export function closingPage(facts: DayFacts): ClosingPage {
  const { officeId, localDate, payments, open } = facts;
  const paid = payments.filter((one) => one.kind === "paid");
  const exempt = payments.filter((one) => one.kind === "exempt");
  const [paidSum, exemptSum] = [sumOf(paid), sumOf(exempt)];
  const people = (states: readonly string[]): number =>
    facts.appointments
      .filter((one) => !one.walkIn && states.includes(one.state))
      .reduce((sum, one) => sum + one.count, 0);
  return {
    officeId,
    localDate,
    appointments: {
      served: people(["served"]),
      unserved: people(["unserved"]),
      missed: people(["missed"]),
      open: people(["booked"]),
    },
    walkIns: facts.appointments.filter((one) => one.walkIn).reduce((sum, one) => sum + one.count, 0),
    outcomes: facts.outcomes,
    fees: {
      due: {
        count: paidSum.count + exemptSum.count + open.count,
        cents: paidSum.cents + exemptSum.cents + open.cents,
      },
      paid: paidSum,
      exempt: exemptSum,
      open,
      means: grouped(paid, (one) => one.means!).map(([means, sum]) => ({ means, ...sum })),
      reasons: grouped(exempt, (one) => reasonOf(one, exempt)).map(([reason, sum]) => ({ reason, ...sum })),
      issuedUnpaid: facts.issuedUnpaid,
    },
    blanks: blankDays(facts.blanks),
    uncollected: facts.uncollected,
  };
}

/** A correction says why it corrects; what it takes away counts under the reason of its line. */
function reasonOf(line: DayFacts["payments"][number], all: DayFacts["payments"]): string {
  const corrected = line.corrects === null ? line : all.find((one) => one.id === line.corrects);
  return (corrected ?? line).reason ?? "other_reason";
}

function grouped<Line extends Pick<Payment, "cents" | "corrects">>(
  lines: readonly Line[],
  keyOf: (line: Line) => string,
): (readonly [string, MoneySum])[] {
  const keys = [...new Set(lines.map(keyOf))].sort();
  return keys.map((key) => [key, sumOf(lines.filter((one) => keyOf(one) === key))] as const);
}

/** Whether that day may be closed: today, or one of the week before. */
export function isClosable(on: LocalDate, today: LocalDate): boolean {
  return on <= today && on >= addDays(today, -CLOSE_WITHIN_DAYS);
}

/** Who signs: `leads` runs the office. */
export interface Signer {
  readonly staffId: StaffId;
  readonly leads: boolean;
}

/** Signatures so far; `leads` of the first is as it is now. */
export interface SignedSoFar {
  readonly digest: string;
  readonly firstBy: StaffId;
  readonly firstLeads: boolean;
  readonly secondBy: StaffId | null;
}

/**
 * What a signature becomes. The second is of the same figures, by somebody else, and one of the two runs the office.
 * Figures that changed since the first signature want a first one again: nobody's name stands under what she did not see.
 */
export function judgeSignature(
  so: SignedSoFar | undefined,
  { digest, seen }: { readonly digest: string; readonly seen: string },
  signer: Signer,
): Outcome<"first" | "second", Exclude<ClosingRefusal, { code: "not_allowed" | "day_not_closable" }>> {
  if (so && so.secondBy !== null) return refuse({ code: "signed_already" });
  if (seen !== digest) return refuse({ code: "page_changed" });
  if (!so || so.digest !== digest) return accept("first");
  if (so.firstBy === signer.staffId) return refuse({ code: "same_person" });
  return so.firstLeads || signer.leads ? accept("second") : refuse({ code: "needs_supervisor" });
}
