import type { OfficeId, ServiceGroup, StaffId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import { newId } from "#platform/random.ts";
import type { Regime, RegimeReason } from "../rules/regime.ts";
import type { DrawId } from "../types.ts";

/** One office and service group after one draw, or a decision by hand. */
export interface Measure {
  readonly officeId: OfficeId;
  readonly serviceGroup: ServiceGroup;
  readonly measuredAt: Date;
  readonly drawId: DrawId | null;
  readonly regime: Regime;
  readonly asked: number | null;
  readonly places: number | null;
  readonly ratio: number | null;
  readonly decision: Regime;
  readonly reason: RegimeReason;
  readonly staffId: StaffId | null;
}

/** First rounds of weekly draws and demonstrations that have their result and were not measured yet, the earliest first. */
export async function listUnmeasured(tx: Tx): Promise<DrawId[]> {
  const found = await rows<{ id: DrawId }>(
    tx,
    sql`select id from allocation.draws d
        where follows is null and kind not in ('daily', 'short') and state in ('drawn', 'settled') and not exists (select from allocation.measures m where m.draw_id = d.id)
        order by draws_at`,
  );
  return found.map((one) => one.id);
}

/** Measures after a draw happen once, whichever node comes first. */
export async function lockMeasuring(tx: Tx): Promise<void> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtext('allocation.measure'))`);
}

export async function insertMeasures(tx: Tx, measures: readonly Measure[]): Promise<void> {
  await run(
    tx,
    sql`insert into allocation.measures (id, office_id, service_group, measured_at, draw_id, regime, asked, places, ratio, decision, reason, staff_id)
        select * from unnest(${measures.map(() => newId<string>())}::uuid[], ${measures.map((one) => one.officeId)}::text[], ${measures.map((one) => one.serviceGroup)}::text[],
          ${measures.map((one) => one.measuredAt)}::timestamptz[], ${measures.map((one) => one.drawId)}::uuid[], ${measures.map((one) => one.regime)}::text[],
          ${measures.map((one) => one.asked)}::numeric[], ${measures.map((one) => one.places)}::int[], ${measures.map((one) => one.ratio)}::numeric[],
          ${measures.map((one) => one.decision)}::text[], ${measures.map((one) => one.reason)}::text[], ${measures.map((one) => one.staffId)}::uuid[])`,
  );
}

/** The latest measures of each office and service group, newest first. */
export async function listMeasures(tx: Tx, each: number, officeId?: OfficeId): Promise<Measure[]> {
  return rows(
    tx,
    sql`select office_id as "officeId", service_group as "serviceGroup", measured_at as "measuredAt", draw_id as "drawId", regime,
               asked::float8 as asked, places, ratio::float8 as ratio, decision, reason, staff_id as "staffId"
        from (
          select *, row_number() over (partition by office_id, service_group order by measured_at desc, id desc) as n
          from allocation.measures where ${officeId ?? null}::text is null or office_id = ${officeId ?? null}) m
        where n <= ${each} order by office_id, service_group, n`,
  );
}
