import type { LocalDate } from "#kernel/ids.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { countDays, firstOpenDay, lastCountedDay, measureDays } from "../queries/day-counts.ts";
import { PAPER_DAYS } from "../rules/sheet.ts";
import { replaceDayMeasures, saveDayCounts } from "../store/reports.ts";

/** Days back at most, when nothing was counted for a while: no booking of them is erased yet (30 days after the visit). */
const MOST_DAYS_BACK = 30;

/**
 * Counts and measures the days of every office that are over: those of the week in which paper is typed in, any
 * before that was not counted, and those of which somebody may still come back or just did. Counting again changes nothing. Returns how many rows there are.
 */
export async function countPastDays(ctx: Context): Promise<number> {
  const { offices } = await getNetwork(ctx);
  let counted = 0;
  for (const { id, zone } of offices) {
    const today = localDateAt(ctx.now, zone);
    counted += await transaction(ctx, "worker", async (tx) => {
      const known = { last: await lastCountedDay(tx, id), open: await firstOpenDay(tx, id, addDays(today, -2)) };
      const days = { from: firstDay(today, known), to: addDays(today, -1) };
      const counts = await countDays(tx, id, days.from, days.to);
      const measures = await measureDays(tx, id, days.from, days.to);
      await saveDayCounts(tx, id, counts);
      await replaceDayMeasures(tx, id, days, measures);
      return counts.length + measures.length;
    });
  }
  return counted;
}

function firstDay(
  today: LocalDate,
  { last, open }: { last: LocalDate | undefined; open: LocalDate | undefined },
): LocalDate {
  const earliest = addDays(today, -MOST_DAYS_BACK);
  const next = last === undefined ? earliest : addDays(last, 1);
  const from = [next, addDays(today, -PAPER_DAYS - 1), open ?? next].sort()[0]!;
  return from < earliest ? earliest : from;
}
