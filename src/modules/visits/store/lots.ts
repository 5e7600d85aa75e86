import type { OfficeId, VisitId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { OpenedDoor } from "../queries/opened-doors.ts";
import type { Priority } from "../types.ts";

export interface DoorLot extends OpenedDoor {
  readonly source: "drand" | "operator";
  readonly round: number;
  /** 64 hexadecimal digits. */
  readonly randomness: string;
  /** Numbers of the turns in their order. */
  readonly drawn: readonly number[];
  /** How many of them went first by priority. */
  readonly first: number;
  readonly drawnAt: Date;
}

/** False when another node drew it. */
export async function insertLot(tx: Tx, lot: DoorLot): Promise<boolean> {
  const inserted = await run(
    tx,
    sql`insert into visits.door_lots (office_id, local_date, opens_at, source, round, randomness, drawn, first, drawn_at)
        values (${lot.officeId}, ${lot.localDate}, ${lot.opensAt}, ${lot.source}, ${lot.round}, ${lot.randomness}, ${lot.drawn}, ${lot.first}, ${lot.drawnAt}) on conflict do nothing`,
  );
  return inserted === 1;
}

/** Turns without an appointment that were registered before the door opened, whatever became of them since. */
export function listAtDoor(
  tx: Tx,
  { officeId, localDate, opensAt }: OpenedDoor,
): Promise<{ id: VisitId; turnNo: number; priority: Priority | null }[]> {
  return rows(
    tx,
    sql`select id, turn_no as "turnNo", priority from visits.visits
        where office_id = ${officeId} and local_date = ${localDate} and line = 'walk_in' and arrived_at < ${opensAt} and turn_no is not null
        order by turn_no`,
  );
}

export async function saveLots(tx: Tx, officeId: OfficeId, ids: readonly VisitId[]): Promise<void> {
  await run(
    tx,
    sql`update visits.visits v set lot = t.lot from unnest(${ids}::uuid[]) with ordinality as t (id, lot)
        where v.office_id = ${officeId} and v.id = t.id`,
  );
}
