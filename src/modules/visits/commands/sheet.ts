import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import type { Outcome } from "#kernel/outcome.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { getDaySheet, type DaySheet, type SheetRefusal } from "../queries/sheet.ts";

/** The list of a day to be printed: what leaves the screen is written down with who took it. */
export async function printDaySheet(
  ctx: Context,
  officeId: OfficeId,
  asked: LocalDate | "next",
): Promise<Outcome<DaySheet, SheetRefusal>> {
  const sheet = await getDaySheet(ctx, officeId, asked);
  if (!sheet.ok) return sheet;
  const entry = {
    at: ctx.now,
    actor: ctx.actor,
    channel: ctx.channel,
    action: "sheet.print",
    purpose: ctx.purpose,
    officeId,
    count: sheet.value.parties.length,
  };
  await transaction(ctx, "console", (tx) => insertAudit(tx, [entry]));
  return sheet;
}
