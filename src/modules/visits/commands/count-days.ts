import { addDays, localDateAt } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { countDays } from "../queries/day-counts.ts";
import { saveDayCounts } from "../store/reports.ts";

/** Days back that are counted again each day: what was typed in late is in, and no booking of them is erased yet (30 days). */
const COUNTED_DAYS = 25;

/** Counts the days of every office that are over. Counting again changes nothing. Returns how many rows there are. */
export async function countPastDays(ctx: Context): Promise<number> {
  const { offices } = await getNetwork(ctx);
  let counted = 0;
  for (const { id, zone } of offices) {
    const today = localDateAt(ctx.now, zone);
    counted += await transaction(ctx, "worker", async (tx) => {
      const counts = await countDays(tx, id, addDays(today, -COUNTED_DAYS), addDays(today, -1));
      await saveDayCounts(tx, id, counts);
      return counts.length;
    });
  }
  return counted;
}
