import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Cluster } from "../rules/clusters.ts";
import type { ClusterId } from "../types.ts";

/** A group with the bookings that are in it now. */
export interface FoundCluster {
  readonly id: ClusterId;
  readonly bookingIds: readonly string[];
  readonly cluster: Omit<Cluster, "members">;
}

/** Writes a group; its bookings leave the group in which they were. */
export async function saveCluster(tx: Tx, { id, bookingIds, cluster }: FoundCluster, now: Date): Promise<void> {
  const { score, level, evidence } = cluster;
  await run(
    tx,
    sql`insert into integrity.clusters (id, points, level, families, strong, terms, credits, persons, bookings, contacts, offices, found_at, scored_at)
        values (${id}, ${score.points}, ${level}, ${[...score.families]}::text[], ${score.strong}, ${JSON.stringify(score.terms)}::jsonb, ${JSON.stringify(score.credits)}::jsonb,
          ${evidence.persons}, ${bookingIds.length}, ${evidence.contacts}, ${evidence.offices}, ${now}, ${now})
        on conflict (id) do update set points = excluded.points, level = excluded.level, families = excluded.families, strong = excluded.strong, terms = excluded.terms, credits = excluded.credits,
          persons = excluded.persons, bookings = excluded.bookings, contacts = excluded.contacts, offices = excluded.offices, scored_at = excluded.scored_at`,
  );
  await run(
    tx,
    sql`update integrity.observations set cluster_id = ${id} where booking_id = any(${[...bookingIds]}::uuid[]) and cluster_id is distinct from ${id}`,
  );
}

/** Groups that nothing holds together any more; what was decided of them stays with their cases. */
export async function dropClusters(tx: Tx, ids: readonly ClusterId[]): Promise<void> {
  await run(tx, sql`update integrity.cases set cluster_id = null where cluster_id = any(${ids}::uuid[])`);
  await run(tx, sql`delete from integrity.clusters where id = any(${ids}::uuid[])`);
}

export async function listStaleClusters(tx: Tx, scoredBefore: Date): Promise<ClusterId[]> {
  const found = await rows<{ id: ClusterId }>(
    tx,
    sql`select id from integrity.clusters where scored_at < ${scoredBefore}`,
  );
  return found.map((one) => one.id);
}
