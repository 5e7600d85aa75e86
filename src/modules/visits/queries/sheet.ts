import type { AppointmentId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import { listDay } from "#modules/booking/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { SHEET_DAYS_AHEAD, sheetOf, sheetParties, type SheetParty } from "../rules/sheet.ts";
import { readDayNotices } from "./day-notices.ts";
import { listCounters } from "./counters.ts";

/** The list of a day by hour, without names. */
export interface DaySheet {
  readonly officeId: OfficeId;
  readonly zone: string;
  readonly localDate: LocalDate;
  /** Whether what was written on it can be typed in today. */
  readonly typed: boolean;
  readonly parties: readonly SheetParty[];
}

export type SheetRefusal = { readonly code: "not_allowed" } | { readonly code: "no_such_sheet" };

/**
 * The list of the own office: from a week back, to type in what was worked on paper, to a week ahead; `next` is the
 * next day on which somebody is expected. A line of the audit log, as the day's list is.
 */
export async function getDaySheet(
  ctx: Context,
  officeId: OfficeId,
  asked: LocalDate | "next",
): Promise<Outcome<DaySheet, SheetRefusal>> {
  const { zone } = (await getNetwork(ctx)).officeById.get(officeId)!;
  const today = localDateAt(ctx.now, zone);
  const localDate = asked === "next" ? await nextDay(ctx, officeId, today) : asked;
  const { shown, typed } = sheetOf(localDate, today);
  if (!shown) return refuse({ code: "no_such_sheet" });
  const day = await listDay(ctx, officeId, localDate);
  if (!day.ok) return day;
  const [counterOf, hall, notices] = await Promise.all([
    transaction(ctx, "console", (tx) => listCountersOf(tx, officeId, localDate)),
    listCounters(ctx, officeId, localDate),
    readDayNotices(ctx, officeId, localDate),
  ]);
  return accept({
    officeId,
    zone,
    localDate,
    typed,
    parties: sheetParties(day.value, counterOf, hall, notices.parties),
  });
}

/** Tomorrow where nobody is expected in all the days of the lists. */
function nextDay(ctx: Context, officeId: OfficeId, today: LocalDate): Promise<LocalDate> {
  return transaction(ctx, "console", async (tx) => {
    const [next] = await rows<{ day: LocalDate | null }>(
      tx,
      sql`select to_char(min(local_date), 'YYYY-MM-DD') as day from booking.bookings
          where office_id = ${officeId} and local_date > ${today} and local_date <= ${addDays(today, SHEET_DAYS_AHEAD)} and state = 'active'`,
    );
    return next?.day ?? addDays(today, 1);
  });
}

async function listCountersOf(tx: Tx, officeId: OfficeId, localDate: LocalDate): Promise<Map<string, number>> {
  const found = await rows<{ id: AppointmentId; counter: number }>(
    tx,
    sql`select id, counter from booking.appointments where office_id = ${officeId} and local_date = ${localDate}`,
  );
  return new Map(found.map(({ id, counter }) => [id, counter]));
}
