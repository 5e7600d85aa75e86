import type { BookingId, LocalDate, OfficeId, VisitId } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { Waiting } from "../rules/queue.ts";
import type { Line, Priority, Station } from "../types.ts";

/** A turn in the queue of a station. */
export interface QueuedTurn {
  readonly id: VisitId;
  readonly bookingId: BookingId;
  readonly line: Line;
  readonly priority: Priority | null;
  /** The hour at which it is expected today; null for who has none. */
  readonly dueAt: Date | null;
  readonly arrivedAt: Date;
  readonly lot: number | null;
  readonly parkedAt: Date | null;
}

/** Who waits at a station of the office today, in no order: that is a rule. Who stood at the door is not called before its lot was drawn; on a day without hours there is none. */
export function listQueue(tx: Tx, officeId: OfficeId, localDate: LocalDate, station: Station): Promise<QueuedTurn[]> {
  return rows(
    tx,
    sql`select v.id, v.booking_id as "bookingId", v.line, v.priority, coalesce(e.expected_at, v.due_at) as "dueAt", v.arrived_at as "arrivedAt", v.lot, v.parked_at as "parkedAt"
        from visits.visits v
        left join visits.expected_hours e on e.office_id = v.office_id and e.booking_id = v.booking_id and e.local_date = v.local_date
        where v.office_id = ${officeId} and v.local_date = ${localDate} and v.station = ${station} and v.state = 'waiting' and v.turn_no is not null
          and not (v.line = 'walk_in' and v.arrived_at < coalesce((select opens_at from visits.walk_in_day(v.office_id, v.local_date)), '-infinity')
            and not exists (select from visits.door_lots l where l.office_id = v.office_id and l.local_date = v.local_date))`,
  );
}

/** The same as the rule of the queue takes it. */
export function waitingOf({ dueAt, arrivedAt, parkedAt, ...turn }: QueuedTurn): Waiting {
  return {
    ...turn,
    dueAt: dueAt?.getTime() ?? null,
    arrivedAt: arrivedAt.getTime(),
    parkedAt: parkedAt?.getTime() ?? null,
  };
}
