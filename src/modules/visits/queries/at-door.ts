import type { BookingId, LocalDate, OfficeId, VisitId } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { VisitState } from "../types.ts";

/** What a door needs of a party; nothing in it names anybody. */
export interface PartyAtDoor {
  readonly mayCome: boolean;
  readonly localDate: LocalDate;
  readonly people: number;
  readonly dueAt: Date;
  readonly returnUntil: LocalDate | null;
  readonly visitId: VisitId | null;
  readonly visit: VisitState | null;
  readonly turnNo: number | null;
  /** An emergency that two people signed, or what a colleague saw. */
  readonly marked: boolean;
  /** All that could be done was recorded, and somebody may come back with a paper. */
  readonly bringsPaper: boolean;
  readonly stepFree: boolean;
}

export async function findAtDoor(
  tx: Tx,
  officeId: OfficeId,
  bookingId: BookingId,
  today: LocalDate,
): Promise<PartyAtDoor | undefined> {
  const [party] = await rows<PartyAtDoor>(
    tx,
    sql`select b.state in ('active', 'missed') as "mayCome", to_char(b.local_date, 'YYYY-MM-DD') as "localDate", b.people, coalesce(e.expected_at, b.starts_at) as "dueAt",
          to_char(r.valid_until, 'YYYY-MM-DD') as "returnUntil", v.id as "visitId", v.state as visit, v.turn_no as "turnNo",
          v.priority is not null as marked, coalesce(b.state = 'active' and v.state = 'done', false) as "bringsPaper", coalesce(a.step_free, false) as "stepFree"
        from booking.bookings b
        left join visits.visits v on v.office_id = b.office_id and v.booking_id = b.id and v.local_date = ${today}
        left join visits.arrivals a on a.office_id = v.office_id and a.visit_id = v.id
        left join visits.expected_hours e on e.office_id = b.office_id and e.booking_id = b.id and e.local_date = ${today}
        left join visits.return_rights r on r.office_id = b.office_id and r.booking_id = b.id and r.local_date = b.local_date and r.undone_at is null
        where b.office_id = ${officeId} and b.id = ${bookingId}`,
  );
  return party;
}
