import type { LocalDate, StaffId } from "#kernel/ids.ts";
import { run, sql, type Tx } from "#platform/db/index.ts";
import type { AgentSign } from "../queries/agents.ts";

export interface FoundAlarm {
  readonly staffId: StaffId;
  readonly sign: AgentSign;
  readonly count: number;
  readonly of: number;
  readonly peersCount: number;
  readonly peersOf: number;
}

/** Writes what stood out tonight; what stood out before keeps the night on which it was found. */
export async function saveAlarms(tx: Tx, alarms: readonly FoundAlarm[], today: LocalDate): Promise<void> {
  if (alarms.length === 0) return;
  await run(
    tx,
    sql`insert into integrity.agent_alarms (staff_id, sign, count, of, peers_count, peers_of, found_on, last_on)
        select s, sign, c, o, pc, po, ${today}::date, ${today}::date
        from unnest(${alarms.map((one) => one.staffId)}::uuid[], ${alarms.map((one) => one.sign)}::text[], ${alarms.map((one) => one.count)}::int[],
          ${alarms.map((one) => one.of)}::int[], ${alarms.map((one) => one.peersCount)}::int[], ${alarms.map((one) => one.peersOf)}::int[]) as t (s, sign, c, o, pc, po)
        on conflict (staff_id, sign) do update set count = excluded.count, of = excluded.of, peers_count = excluded.peers_count, peers_of = excluded.peers_of, last_on = excluded.last_on`,
  );
}

/** Files of nobody that somebody opened, at once and not at night; each look counts. */
export async function saveHoneyLooks(tx: Tx, looks: readonly { staffId: StaffId; on: LocalDate }[]): Promise<void> {
  for (const { staffId, on } of looks)
    await run(
      tx,
      sql`insert into integrity.agent_alarms (staff_id, sign, count, of, peers_count, peers_of, found_on, last_on)
          values (${staffId}, 'honey', 1, 1, 0, 0, ${on}::date, ${on}::date)
          on conflict (staff_id, sign) do update set count = agent_alarms.count + 1, of = agent_alarms.of + 1, last_on = excluded.last_on`,
    );
}

/** Nothing of it stood out for so long: it is over. */
export function deleteAlarmsBefore(tx: Tx, before: LocalDate): Promise<number> {
  return run(tx, sql`delete from integrity.agent_alarms where last_on < ${before}::date`);
}
