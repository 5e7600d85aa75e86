import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { Context } from "#platform/context.ts";
import { adjustment } from "../rules/stock.ts";
import { haveDay } from "../store/closings.ts";
import { countBlanks, hasBlankLine, insertBlanks, type BlankEntry } from "../store/ledger.ts";
import type { Blank, IssuingRefusal } from "../types.ts";
import { atDesk, note } from "./office.ts";

/** What is told of the stock: pieces that came, pieces that were counted, or one that was found spoiled, by its number. */
export type BlankReport = {
  /** Of this report: sent again, as after a lost answer, it is written once. */
  readonly id: string;
} & (
  | { readonly movement: "received"; readonly blank: Blank; readonly quantity: number }
  | { readonly movement: "counted"; readonly blank: Blank; readonly quantity: number }
  | { readonly movement: "spoiled"; readonly blank: Blank; readonly number: string }
);

/** Writes a movement of the stock. Returns the pieces that there are now. A count that agrees is written too: somebody counted. */
export function reportBlanks(
  ctx: Context,
  input: BlankReport,
): Promise<Outcome<{ pieces: number }, Extract<IssuingRefusal, { code: "not_allowed" | "step_does_not_follow" }>>> {
  return atDesk(ctx, "account_for_day", async ({ tx, officeId, staffId, today }) => {
    // Alone in the day: what is used while somebody counts would be counted as missing.
    const annex = await haveDay(tx, officeId, today);
    const pieces = await countBlanks(tx, officeId, input.blank);
    if (await hasBlankLine(tx, officeId, input.id)) return accept({ pieces });
    if (input.movement === "received" && input.quantity < 1) return refuse({ code: "step_does_not_follow" });
    const line: BlankEntry = {
      id: input.id,
      documentId: null,
      step: null,
      blank: input.blank,
      ...entryOf(input, pieces),
    };
    await insertBlanks(tx, { officeId, localDate: today, annex }, staffId, [line], ctx.now);
    await note(ctx, tx, { action: `blanks.${input.movement}`, officeId });
    return accept({ pieces: await countBlanks(tx, officeId, input.blank) });
  });
}

function entryOf(report: BlankReport, pieces: number): Pick<BlankEntry, "movement" | "quantity" | "number"> {
  switch (report.movement) {
    case "received":
      return { movement: "received", quantity: report.quantity, number: null };
    case "counted":
      return { movement: "adjusted", quantity: adjustment(report.quantity, pieces), number: null };
    case "spoiled":
      return { movement: "spoiled", quantity: 1, number: report.number };
  }
}
