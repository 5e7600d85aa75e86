import type { BookingId, Folio, LocalDate } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { listFolios } from "#modules/booking/index.ts";
import { insertAudit } from "#platform/audit.ts";
import type { Context } from "#platform/context.ts";
import { listClosedDays } from "../queries/the-day.ts";
import { lastReturnDay, returnFrom } from "../rules/suspension.ts";
import { lockDay, markPrinted } from "../store/the-day.ts";
import { inHall } from "./office.ts";

export interface ReturnPaper {
  readonly bookingId: BookingId;
  readonly folio: Folio;
  /** The day that was lost. */
  readonly localDate: LocalDate;
  /** The next day on which the office opens: a date to leave with, though any day until the last is as good. */
  readonly from: LocalDate;
  readonly validUntil: LocalDate;
  readonly receipt: string | null;
}

/**
 * Papers with which parties come back without an appointment: by folio, without a name. Whoever has no right to return
 * gets none. Printing again changes nothing but a receipt's number that is given.
 */
export function printReturns(
  ctx: Context,
  papers: readonly { readonly bookingId: BookingId; readonly receipt?: string | undefined }[],
): Promise<Outcome<ReturnPaper[], { readonly code: "not_allowed" | "no_right_to_return" }>> {
  return inHall(ctx, "receive", async ({ tx, officeId, today }) => {
    // Rights are written by what changes the whole day too: all of them take turns.
    await lockDay(tx, officeId);
    const own = [...new Map(papers.map((one) => [one.bookingId, one])).values()];
    const printed = await markPrinted(tx, officeId, own, ctx.now);
    if (printed.length === 0) return refuse({ code: "no_right_to_return" });
    const folios = await listFolios(
      ctx,
      tx,
      officeId,
      printed.map((one) => one.bookingId),
    );
    const from = returnFrom(today, await listClosedDays(tx, officeId, today, lastReturnDay(today)));
    const line = { ...ctx, at: ctx.now, action: "day.print_returns", officeId, count: printed.length };
    await insertAudit(tx, [line]);
    const order = new Map(own.map((one, i) => [one.bookingId, i]));
    return accept(
      printed
        .flatMap((one): ReturnPaper[] => {
          const folio = folios.get(one.bookingId);
          return folio === undefined ? [] : [{ ...one, from, folio }];
        })
        .sort((a, b) => order.get(a.bookingId)! - order.get(b.bookingId)!),
    );
  });
}
