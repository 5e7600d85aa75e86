import type { BookingId, LocalDate, OfficeId, StaffId, VisitId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { OfficeNotice, OutcomeInput, Visit } from "../types.ts";

/** The table's columns that a visit has, as they are named there. */
interface VisitRow {
  readonly office_id: OfficeId;
  readonly id: VisitId;
  readonly booking_id: BookingId;
  readonly day: LocalDate;
  readonly state: Visit["state"];
  readonly counter: number | null;
  readonly arrived_at: Date | null;
  readonly called_at: Date | null;
  readonly served_at: Date | null;
  readonly recorded_at: Date | null;
  readonly done_at: Date | null;
  readonly settled_at: Date | null;
  readonly turn_no: number | null;
  readonly line: Visit["line"];
  readonly people: number;
  readonly due_at: Date | null;
  readonly lot: number | null;
  readonly priority: Visit["priority"];
  readonly station: Visit["station"];
  readonly route: Visit["route"];
  readonly station_since: Date | null;
  readonly parked_at: Date | null;
  readonly calls: number;
  readonly first_called_at: Date | null;
  readonly version: number;
}

export function visitFrom(row: VisitRow): Visit {
  return {
    officeId: row.office_id,
    id: row.id,
    bookingId: row.booking_id,
    localDate: row.day,
    state: row.state,
    counter: row.counter,
    arrivedAt: row.arrived_at,
    calledAt: row.called_at,
    servedAt: row.served_at,
    recordedAt: row.recorded_at,
    doneAt: row.done_at,
    settledAt: row.settled_at,
    turnNo: row.turn_no,
    line: row.line,
    people: row.people,
    dueAt: row.due_at,
    lot: row.lot,
    priority: row.priority,
    station: row.station,
    route: row.route,
    stationSince: row.station_since,
    parkedAt: row.parked_at,
    calls: row.calls,
    firstCalledAt: row.first_called_at,
    version: row.version,
  };
}

/** Locks one visit of the office until the transaction ends. */
export async function lockVisit(tx: Tx, officeId: OfficeId, id: VisitId): Promise<Visit | undefined> {
  const [row] = await rows<VisitRow>(
    tx,
    sql`select *, to_char(local_date, 'YYYY-MM-DD') as day
        from visits.visits where office_id = ${officeId} and id = ${id} and booking_id is not null for update`,
  );
  return row && visitFrom(row);
}

/** The same for the visit of a booking. */
export async function lockVisitOf(tx: Tx, officeId: OfficeId, bookingId: BookingId): Promise<Visit | undefined> {
  const [row] = await rows<VisitRow>(
    tx,
    sql`select *, to_char(local_date, 'YYYY-MM-DD') as day
        from visits.visits where office_id = ${officeId} and booking_id = ${bookingId} for update`,
  );
  return row && visitFrom(row);
}

/** The visit of a booking as it is committed now, without waiting for whoever changes it. */
export async function findVisitOf(tx: Tx, officeId: OfficeId, bookingId: BookingId): Promise<Visit | undefined> {
  const [row] = await rows<VisitRow>(
    tx,
    sql`select *, to_char(local_date, 'YYYY-MM-DD') as day
        from visits.visits where office_id = ${officeId} and booking_id = ${bookingId}`,
  );
  return row && visitFrom(row);
}

/** False when another clerk was faster: that booking has its visit already. */
export async function insertVisit(tx: Tx, visit: Visit): Promise<boolean> {
  const inserted = await run(
    tx,
    sql`insert into visits.visits (office_id, id, booking_id, local_date, state, arrived_at, recorded_at, turn_no, line, people, due_at, priority, station, route, station_since, version)
        values (${visit.officeId}, ${visit.id}, ${visit.bookingId}, ${visit.localDate}, ${visit.state}, ${visit.arrivedAt}, ${visit.recordedAt}, ${visit.turnNo}, ${visit.line}, ${visit.people},
                ${visit.dueAt}, ${visit.priority}, ${visit.station}, ${visit.route}, ${visit.stationSince}, ${visit.version})
        on conflict (office_id, booking_id) do nothing`,
  );
  return inserted === 1;
}

export async function saveVisit(tx: Tx, visit: Visit): Promise<void> {
  await run(
    tx,
    sql`update visits.visits set state = ${visit.state}, local_date = ${visit.localDate}, counter = ${visit.counter}, arrived_at = ${visit.arrivedAt}, called_at = ${visit.calledAt}, served_at = ${visit.servedAt},
          recorded_at = ${visit.recordedAt}, done_at = ${visit.doneAt}, turn_no = ${visit.turnNo}, line = ${visit.line}, due_at = ${visit.dueAt}, lot = ${visit.lot}, priority = ${visit.priority}, station = ${visit.station},
          route = ${visit.route}, station_since = ${visit.stationSince}, parked_at = ${visit.parkedAt}, calls = ${visit.calls}, first_called_at = ${visit.firstCalledAt}, version = ${visit.version}
        where office_id = ${visit.officeId} and id = ${visit.id}`,
  );
}

export async function insertOutcomes(
  tx: Tx,
  visit: Pick<Visit, "officeId" | "id">,
  outcomes: readonly (OutcomeInput & { readonly outcomeId: string })[],
  staffId: StaffId,
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`insert into visits.outcomes (office_id, id, visit_id, appointment_id, service, code, reason, staff_id, recorded_at)
        select ${visit.officeId}, id, ${visit.id}, appointment_id, service, code, reason, ${staffId}, ${now}
        from unnest(${outcomes.map((one) => one.outcomeId)}::uuid[], ${outcomes.map((one) => one.appointmentId)}::uuid[], ${outcomes.map((one) => one.service)}::text[],
                    ${outcomes.map((one) => one.code)}::text[], ${outcomes.map((one) => one.reason ?? null)}::text[]) as t (id, appointment_id, service, code, reason)`,
  );
}

/** Takes back what was recorded in that instant; returns the appointments that it was about. */
export async function undoOutcomes<Id extends string>(
  tx: Tx,
  visit: Pick<Visit, "officeId" | "id">,
  recordedAt: Date,
  now: Date,
): Promise<Id[]> {
  const undone = await rows<{ id: Id }>(
    tx,
    sql`update visits.outcomes set undone_at = ${now}
        where office_id = ${visit.officeId} and visit_id = ${visit.id} and recorded_at = ${recordedAt} and undone_at is null returning appointment_id as id`,
  );
  return [...new Set(undone.map((one) => one.id))];
}

/** Somebody came back with the paper that she lacked: what says so stands no more, and her service is open again. */
export async function reopenMissing(tx: Tx, visit: Pick<Visit, "officeId" | "id">, now: Date): Promise<void> {
  await run(
    tx,
    sql`update visits.outcomes set undone_at = ${now} where office_id = ${visit.officeId} and visit_id = ${visit.id} and code = 'missing_document' and undone_at is null`,
  );
}

/** Locks a visit that is still to be settled; undefined when another node did it or has it in hand. */
export async function lockUnsettled(tx: Tx, officeId: OfficeId, id: VisitId): Promise<Visit | undefined> {
  const [row] = await rows<VisitRow>(
    tx,
    sql`select *, to_char(local_date, 'YYYY-MM-DD') as day
        from visits.visits where office_id = ${officeId} and id = ${id} and settled_at is null for update skip locked`,
  );
  return row && visitFrom(row);
}

export async function settleVisit(tx: Tx, officeId: OfficeId, id: VisitId, now: Date): Promise<void> {
  await run(
    tx,
    sql`update visits.visits set settled_at = ${now}, version = version + 1 where office_id = ${officeId} and id = ${id}`,
  );
}

/** Ends visits of days that are over: whoever was in the hall is done, the others never came. */
export async function endVisitsOf(
  tx: Tx,
  bookings: readonly { officeId: OfficeId; bookingId: BookingId }[],
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`update visits.visits v set state = case when v.state in ('expected', 'left') then 'left' else 'done' end, done_at = coalesce(v.done_at, ${now}), settled_at = ${now}, version = v.version + 1
        from unnest(${bookings.map((one) => one.officeId)}::text[], ${bookings.map((one) => one.bookingId)}::uuid[]) as t (office_id, booking_id)
        where v.office_id = t.office_id and v.booking_id = t.booking_id and v.settled_at is null`,
  );
}

/** Bytes that PostgreSQL takes in one notification, with room to spare. */
const MOST_NOTIFIED_BYTES = 7_500;

/** Tells every node what changed at its office, ids and codes only; delivered when the transaction commits. */
export async function notifyOffices(tx: Tx, notices: readonly OfficeNotice[]): Promise<void> {
  const payloads = notices.map((notice) => {
    const text = JSON.stringify(notice);
    return Buffer.byteLength(text) < MOST_NOTIFIED_BYTES ? text : notice.officeId;
  });
  if (payloads.length > 0)
    await run(tx, sql`select pg_notify('visits', payload) from unnest(${payloads}::text[]) as payload`);
}
