import { transaction, type Context } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { afterTheRush } from "#platform/rush.ts";
import { clustersOf } from "../rules/clusters.ts";
import { EntryTable, type Entry } from "../rules/entries.ts";
import { MOST_NODES } from "../rules/graph.ts";
import { flagBookings } from "../store/cases.ts";
import { dropClusters, listStaleClusters, saveCluster } from "../store/clusters.ts";
import { listEntries, listGroupsOf, listTied, listUnscored, markScored } from "../store/observations.ts";
import { readThresholds } from "../store/thresholds.ts";
import { readWeights } from "../store/weights.ts";
import type { ClusterId } from "../types.ts";

const BEFORE_ALL_IDS = "00000000-0000-0000-0000-000000000000";

/** Computes all groups anew from what is observed. Returns how many a person may have to look at. */
export async function recompute(ctx: Context): Promise<number> {
  const table = new EntryTable();
  for (let after = BEFORE_ALL_IDS; ;) {
    const page = await ctx.database.transaction("worker", {}, (tx) => listEntries(tx, after));
    for (const entry of page) table.push(entry);
    const last = page.at(-1);
    if (!last) break;
    after = last.bookingId;
  }
  const kept = await save(ctx, table);
  await transaction(ctx, "worker", async (tx) => dropClusters(tx, await listStaleClusters(tx, ctx.now)));
  return kept;
}

/** The same for what changed since, with all that is tied to it. */
export async function scoreChanged(ctx: Context, stopping?: AbortSignal): Promise<void> {
  while (!stopping?.aborted) {
    const changed = await transaction(ctx, "worker", (tx) => listUnscored(tx));
    if (changed.length === 0) return;
    const table = new EntryTable();
    for (const entry of await gather(
      ctx,
      changed.map((one) => one.id),
    ))
      table.push(entry);
    await save(ctx, table);
    await transaction(ctx, "worker", (tx) => markScored(tx, changed));
    await afterTheRush(stopping);
  }
}

/** Follows what is shared outwards until nothing is new; a group that nobody could judge is left to the night. */
async function gather(ctx: Context, from: readonly string[]): Promise<readonly Entry[]> {
  for (let ids = from; ;) {
    const tied = await transaction(ctx, "worker", (tx) => listTied(tx, ids, from.length * MOST_NODES));
    if (tied.length === ids.length || tied.length > from.length + MOST_NODES) return tied;
    ids = tied.map((one) => one.bookingId);
  }
}

/** Writes the groups that are not green, each in a transaction of its own, and flags those of their bookings that are to come. */
async function save(ctx: Context, table: EntryTable): Promise<number> {
  const [thresholds, weights] = await transaction(ctx, "worker", async (tx) => [
    await readThresholds(tx),
    await readWeights(tx),
  ]);
  const clusters = clustersOf(table, thresholds, weights);
  const taken = new Set<ClusterId>();
  for (const { members, ...cluster } of clusters) {
    const bookingIds = members.map((i) => table.bookingIds[i]!);
    await transaction(ctx, "worker", async (tx) => {
      // A group that grew keeps its name; of two that came of one the larger does.
      const known = (await listGroupsOf(tx, bookingIds)).find((one) => !taken.has(one));
      const id = known ?? newId<ClusterId>();
      taken.add(id);
      await saveCluster(tx, { id, bookingIds, cluster }, ctx.now);
      if (cluster.level === "orange" || cluster.level === "red")
        await flagBookings(tx, id, bookingIds, cluster, ctx.now);
    });
  }
  return clusters.length;
}
