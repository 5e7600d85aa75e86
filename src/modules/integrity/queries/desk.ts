import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { can } from "#modules/people/index.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { rows, sql } from "#platform/db/index.ts";
import { missingOf, type Attempt, type Missing } from "../rules/cases.ts";
import { areThresholds, type Thresholds } from "../rules/levels.ts";
import { previewOf, type ThresholdPreview } from "../rules/preview.ts";
import { HARD_KINDS, listAttempts, listCases } from "../store/cases.ts";
import { readThresholds } from "../store/thresholds.ts";
import type { CaseRefusal, CaseRow, ClusterId, ClusterRow } from "../types.ts";

export interface CaseView extends CaseRow {
  readonly attempts: readonly Attempt[];
  readonly missing: Missing;
  /** The asker signed it, so that somebody else decides its appeal. */
  readonly ownSignature: boolean;
}

export interface Desk {
  readonly clusters: readonly ClusterRow[];
  /** Queued and asked about, of groups and of the control sample, and whatever has an open appeal. */
  readonly cases: readonly CaseView[];
  readonly thresholds: Thresholds;
}

/** A booking of a group, for its picture: numbers stand for contacts and browsers. */
export interface ClusterNode {
  readonly contact: number;
  readonly device: number | null;
  readonly officeId: string;
  readonly people: number;
  readonly ended: "served" | "missed" | "cancelled" | null;
  readonly startsAt: Date;
}

type Read<T> = Promise<Outcome<T, Extract<CaseRefusal, { code: "not_allowed" | "unknown_case" | "wrong_thresholds" }>>>;

/** What waits for the analysts. Nothing in it names anybody. */
export function getDesk(ctx: Context): Read<Desk> {
  return asAnalyst(ctx, async (tx) => {
    const found = await listCases(tx, { states: ["queued", "challenged"], appealed: true });
    const attempts = await listAttempts(
      tx,
      found.map((one) => one.id),
    );
    const me = ctx.actor.kind === "staff" ? ctx.actor.staffId : undefined;
    const cases = found.map((one) => {
      const own = attempts.filter((attempt) => attempt.caseId === one.id);
      return { ...one, attempts: own, missing: missingOf(own), ownSignature: one.settledBy === me };
    });
    const ids = [...new Set(found.flatMap((one) => one.clusterId ?? []))];
    return accept({ clusters: await listClusters(tx, ids), cases, thresholds: await readThresholds(tx) });
  });
}

/** The bookings of one group, in the order in which they were made. */
export function getPicture(ctx: Context, clusterId: ClusterId): Read<readonly ClusterNode[]> {
  return asAnalyst(ctx, async (tx) => {
    const nodes = await rows<ClusterNode>(
      tx,
      sql`select dense_rank() over (order by contact_id)::int as contact, case when device_id is not null then dense_rank() over (order by device_id)::int end as device, office_id as "officeId",
            cardinality(persons) as people, case when cancelled_at is not null then 'cancelled' else ended end as ended, starts_at as "startsAt"
          from integrity.observations where cluster_id = ${clusterId} order by booked_at, booking_id limit ${MOST_DRAWN}`,
    );
    return nodes.length > 0 ? accept(nodes) : refuse({ code: "unknown_case" });
  });
}

/** More lines than this are a blot and no picture. */
const MOST_DRAWN = 300;

/** What other thresholds would have made of what is known; nothing is changed by looking. */
export function previewThresholds(ctx: Context, then: Thresholds): Read<ThresholdPreview> {
  return asAnalyst(ctx, async (tx) => {
    if (!areThresholds(then)) return refuse({ code: "wrong_thresholds" });
    const kindsOf = (kinds: number) => (kinds === HARD_KINDS ? Infinity : kinds);
    const groups = await rows<{ points: number; kinds: number; toCome: number }>(
      tx,
      sql`select points, case when strong then ${HARD_KINDS}::int else cardinality(families) end as kinds,
            (select count(*)::int from integrity.observations o where o.cluster_id = c.id and o.cancelled_at is null and o.ended is null and o.starts_at > ${ctx.now}) as "toCome"
          from integrity.clusters c`,
    );
    const labelled = await rows<{ points: number; kinds: number; middleman: boolean }>(
      tx,
      sql`select points, kinds, state = 'refuted' as middleman from integrity.cases where state in ('validated', 'refuted') and challenged_at is not null`,
    );
    const weighed = <T extends { kinds: number }>(some: readonly T[]) =>
      some.map((one) => ({ ...one, kinds: kindsOf(one.kinds) }));
    return accept(previewOf(weighed(groups), weighed(labelled), await readThresholds(tx), then));
  });
}

function listClusters(tx: Tx, ids: readonly ClusterId[]): Promise<ClusterRow[]> {
  return rows(
    tx,
    sql`select id, points, level, families, strong, terms, credits, persons, bookings, contacts, offices, found_at as "foundAt" from integrity.clusters
        where id = any(${[...ids]}::uuid[]) order by points desc, id`,
  );
}

async function asAnalyst<T>(ctx: Context, work: (tx: Tx) => Read<T>): Read<T> {
  if (!can(ctx.actor, "see_integrity")) return refuse({ code: "not_allowed" });
  return transaction(ctx, "console", work);
}
