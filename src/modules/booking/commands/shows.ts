import { addDays, localDateAt } from "#kernel/time.ts";
import { findUncounted, recordShows } from "#modules/allocation/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { listEnded } from "../store/shows.ts";

/** Days after which a visit's outcome stands: who was not recorded counts as missed by then. */
const SETTLED_DAYS = 2;
/** Days that are still caught up with when nothing ran; a booking is erased thirty days after its visit. */
const CAUGHT_UP_DAYS = 14;

/**
 * Counts, once for each day, how many of those whose place was drawn came, by kind of contact: the shares of the next
 * draw follow from it. A day is one transaction. Returns how many days were counted.
 */
export async function countShows(ctx: Context): Promise<number> {
  const last = addDays(localDateAt(ctx.now, "UTC"), -SETTLED_DAYS);
  const { offices } = await getNetwork(ctx);
  for (let counted = 0; ; counted++) {
    const isLeft = await transaction(ctx, "worker", async (tx) => {
      const day = await findUncounted(tx, addDays(last, -CAUGHT_UP_DAYS), last);
      if (day === undefined) return false;
      const ids = offices.map(({ id }) => id);
      await recordShows(tx, day, await listEnded(tx, ids, day));
      return true;
    });
    if (!isLeft) return counted;
  }
}
