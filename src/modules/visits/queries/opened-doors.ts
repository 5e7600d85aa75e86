import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";

/** A door that has opened today and whose lot is still to be drawn. */
export interface OpenedDoor {
  readonly officeId: OfficeId;
  readonly localDate: LocalDate;
  readonly opensAt: Date;
}

/** Offices whose door had opened at that instant of today with somebody before it who has no appointment. */
export function listOpenedDoors(tx: Tx, days: ReadonlyMap<OfficeId, LocalDate>, at: Date): Promise<OpenedDoor[]> {
  return rows(
    tx,
    sql`select t.office_id as "officeId", to_char(t.today, 'YYYY-MM-DD') as "localDate", o.opens_at as "opensAt"
        from unnest(${[...days.keys()]}::text[], ${[...days.values()]}::date[]) as t (office_id, today)
        cross join lateral visits.walk_in_day(t.office_id, t.today) o
        where o.opens_at <= ${at}
          and not exists (select from visits.door_lots l where l.office_id = t.office_id and l.local_date = t.today)
          and exists (select from visits.visits v where v.office_id = t.office_id and v.local_date = t.today and v.line = 'walk_in' and v.arrived_at < o.opens_at)
        order by 1`,
  );
}
