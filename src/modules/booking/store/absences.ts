import type { BookingId, LocalDate } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";

export interface SaidAbsence {
  readonly id: string;
  /** Null for a folio that nobody has. */
  readonly bookingId: BookingId | null;
  readonly delicate: boolean;
  readonly ahead: boolean;
}

export async function insertAbsence(
  tx: Tx,
  said: { id: string; folioKeys: readonly Buffer[]; at: Date; channel: string; eraseAfter: LocalDate },
): Promise<void> {
  await run(
    tx,
    sql`insert into booking.absences (id, folio_keys, said_at, channel, erase_after)
        values (${said.id}, ${said.folioKeys}::bytea[], ${said.at}, ${said.channel}, ${said.eraseAfter}::date)`,
  );
}

/** What was said and not looked up yet, with the booking of that folio (role worker). Of two workers one has each. */
export function lockSaid(tx: Tx, now: Date, limit: number): Promise<SaidAbsence[]> {
  return rows(
    tx,
    sql`select a.id, b.id as "bookingId", coalesce(b.delicate, false) as delicate, coalesce(b.state = 'active' and b.starts_at > ${now}, false) as ahead
        from booking.absences a left join booking.bookings b on b.folio_digest = any(a.folio_keys)
        where a.state = 'said' order by a.said_at limit ${limit} for update of a skip locked`,
  );
}

export async function settleAbsence(
  tx: Tx,
  { id, bookingId, state }: { id: string; bookingId: BookingId; state: "released" | "left" },
): Promise<void> {
  await run(tx, sql`update booking.absences set state = ${state}, booking_id = ${bookingId} where id = ${id}`);
}

export async function deleteAbsences(tx: Tx, ids: readonly string[]): Promise<void> {
  await run(tx, sql`delete from booking.absences where id = any(${ids}::uuid[])`);
}

/** Returns how many went. */
export function deleteAbsencesBefore(tx: Tx, today: LocalDate): Promise<number> {
  return run(tx, sql`delete from booking.absences where erase_after < ${today}::date`);
}
