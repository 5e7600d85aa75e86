import type { LocalDate, OfficeId, ServiceGroup, SessionId } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";

/** A session of one day as whoever plans it sees it. */
export interface SessionOfDay {
  readonly id: SessionId;
  readonly serviceGroup: ServiceGroup;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly counters: number;
  /** Steps of counters, and how many of them a cut took. */
  readonly places: number;
  readonly cut: number;
}

/** The sessions of an office on one day, in their order; what is over is still listed. */
export function listSessionsOfDay(tx: Tx, officeId: OfficeId, localDate: LocalDate): Promise<SessionOfDay[]> {
  return rows(
    tx,
    sql`select s.id, s.service_group as "serviceGroup", s.starts_at as "startsAt", s.ends_at as "endsAt", s.counters,
               count(p.counter)::int as places, count(p.cut_id)::int as cut
        from schedules.sessions s left join schedules.places p on p.office_id = s.office_id and p.session_id = s.id
        where s.office_id = ${officeId} and s.local_date = ${localDate}
        group by s.office_id, s.id order by s.starts_at, s.service_group`,
  );
}
