import type { AppointmentId, BookingId, LocalDate, OfficeId, StaffId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { MergeConflict, Operation } from "../rules/merge.ts";
import type { OutcomeInput } from "../types.ts";

export interface Loan {
  readonly id: string;
  readonly tabletId: string;
  readonly localDate: LocalDate;
  readonly takenAt: Date;
  readonly expiresAt: Date;
  readonly mergedAt: Date | null;
  /** How many of its acts are merged. */
  readonly mergedActs: number;
  readonly lostAt: Date | null;
}

export async function insertTablet(
  tx: Tx,
  tablet: { officeId: OfficeId; id: string; name: string; secretDigest: Uint8Array; staffId: StaffId; at: Date },
): Promise<void> {
  await run(
    tx,
    sql`insert into visits.tablets (office_id, id, name, secret_digest, enrolled_by, enrolled_at)
        values (${tablet.officeId}, ${tablet.id}, ${tablet.name}, ${tablet.secretDigest}, ${tablet.staffId}, ${tablet.at})`,
  );
}

export async function isTablet(tx: Tx, officeId: OfficeId, id: string, secretDigest: Uint8Array): Promise<boolean> {
  const found = await rows(
    tx,
    sql`select from visits.tablets where office_id = ${officeId} and id = ${id} and secret_digest = ${secretDigest}`,
  );
  return found.length > 0;
}

/** False when that tablet has a list that did not come back. */
export async function insertLoan(
  tx: Tx,
  officeId: OfficeId,
  loan: Omit<Loan, "mergedAt" | "mergedActs" | "lostAt"> & {
    readonly specialDayId: string | null;
    readonly staffId: StaffId;
  },
  parties: readonly { readonly bookingId: BookingId; readonly version: number | null }[],
): Promise<boolean> {
  const inserted = await run(
    tx,
    sql`insert into visits.loans (office_id, id, tablet_id, local_date, special_day_id, taken_by, taken_at, expires_at)
        values (${officeId}, ${loan.id}, ${loan.tabletId}, ${loan.localDate}, ${loan.specialDayId}, ${loan.staffId}, ${loan.takenAt}, ${loan.expiresAt})
        on conflict (office_id, tablet_id) where merged_at is null and lost_at is null do nothing`,
  );
  if (inserted === 0) return false;
  await run(
    tx,
    sql`insert into visits.loaned (office_id, loan_id, booking_id, version, held_until)
        select ${officeId}, ${loan.id}, booking_id, version, ${loan.expiresAt}
        from unnest(${parties.map((one) => one.bookingId)}::uuid[], ${parties.map((one) => one.version)}::int[]) as t (booking_id, version)`,
  );
  return true;
}

export async function lockLoan(tx: Tx, officeId: OfficeId, id: string): Promise<Loan | undefined> {
  const [loan] = await rows<Loan>(
    tx,
    sql`select id, tablet_id as "tabletId", to_char(local_date, 'YYYY-MM-DD') as "localDate", taken_at as "takenAt", expires_at as "expiresAt",
          merged_at as "mergedAt", merged_acts as "mergedActs", lost_at as "lostAt" from visits.loans where office_id = ${officeId} and id = ${id} for update`,
  );
  return loan;
}

/** Nothing of it is waited for any more. Acts may come after a list that is back; what is lost stays lost. */
export async function endLoan(
  tx: Tx,
  officeId: OfficeId,
  id: string,
  how: { readonly mergedAt: Date; readonly acts: number } | { readonly lostAt: Date; readonly staffId: StaffId },
): Promise<void> {
  const merged = "mergedAt" in how;
  await run(
    tx,
    merged
      ? sql`update visits.loans set merged_at = ${how.mergedAt}, merged_acts = ${how.acts} where office_id = ${officeId} and id = ${id} and lost_at is null`
      : sql`update visits.loans set lost_at = ${how.lostAt}, lost_by = ${how.staffId} where office_id = ${officeId} and id = ${id} and merged_at is null and lost_at is null`,
  );
}

/** Until when its bookings are not made final: of those with something to decide longer than of the others. */
export async function holdLoaned(
  tx: Tx,
  officeId: OfficeId,
  loanId: string,
  until: { readonly others: Date; readonly disputed: Date },
): Promise<void> {
  await run(
    tx,
    sql`update visits.loaned l set held_until = case when exists (select from visits.merge_conflicts c
          where c.office_id = l.office_id and c.booking_id = l.booking_id and c.resolved_at is null) then ${until.disputed}::timestamptz else ${until.others}::timestamptz end
        where l.office_id = ${officeId} and l.loan_id = ${loanId}`,
  );
}

/** Nothing of a booking is waited for any more, unless something else of it is to be decided or its list is out still. */
export async function releaseLoaned(tx: Tx, officeId: OfficeId, bookingId: BookingId, now: Date): Promise<void> {
  await run(
    tx,
    sql`update visits.loaned l set held_until = ${now} from visits.loans o
        where o.office_id = l.office_id and o.id = l.loan_id and o.merged_at is not null and l.office_id = ${officeId} and l.booking_id = ${bookingId}
          and not exists (select from visits.merge_conflicts c where c.office_id = l.office_id and c.booking_id = l.booking_id and c.resolved_at is null)`,
  );
}

/** Keeps acts; what is kept already stays as it is. */
export async function insertOperations(
  tx: Tx,
  officeId: OfficeId,
  loanId: string,
  operations: readonly Operation[],
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`insert into visits.operations (office_id, loan_id, counter, booking_id, act, at, received_at)
        select ${officeId}, ${loanId}, counter, booking_id, act, at, ${now}
        from unnest(${operations.map((one) => one.counter)}::int[], ${operations.map((one) => one.bookingId)}::uuid[],
                    ${operations.map((one) => JSON.stringify(one.act))}::jsonb[], ${operations.map((one) => new Date(one.at))}::timestamptz[]) as t (counter, booking_id, act, at)
        on conflict (office_id, loan_id, counter) do nothing`,
  );
}

/** How many of these stand there as other acts under the same number: two histories of one tablet. */
export async function countDifferent(
  tx: Tx,
  officeId: OfficeId,
  loanId: string,
  operations: readonly Operation[],
): Promise<number> {
  const [found] = await rows<{ count: number }>(
    tx,
    sql`select count(*)::int as count from unnest(${operations.map((one) => one.counter)}::int[], ${operations.map((one) => one.bookingId)}::uuid[],
          ${operations.map((one) => JSON.stringify(one.act))}::jsonb[]) as t (counter, booking_id, act)
        join visits.operations o on o.office_id = ${officeId} and o.loan_id = ${loanId} and o.counter = t.counter
        where o.booking_id <> t.booking_id or o.act <> t.act`,
  );
  return found!.count;
}

/** Whether all of them are about parties of the list. */
export async function areLoaned(
  tx: Tx,
  officeId: OfficeId,
  loanId: string,
  bookingIds: readonly BookingId[],
): Promise<boolean> {
  const found = await rows(
    tx,
    sql`select from unnest(${[...new Set(bookingIds)]}::uuid[]) as t (id)
        where not exists (select from visits.loaned where office_id = ${officeId} and loan_id = ${loanId} and booking_id = t.id)`,
  );
  return found.length === 0;
}

export async function listOperations(tx: Tx, officeId: OfficeId, loanId: string): Promise<Operation[]> {
  const found = await rows<Omit<Operation, "at"> & { at: Date }>(
    tx,
    sql`select counter, booking_id as "bookingId", act, at from visits.operations where office_id = ${officeId} and loan_id = ${loanId} order by counter`,
  );
  return found.map(({ at, ...one }) => ({ ...one, at: at.getTime() }));
}

/** The version of a visit when the list was taken; null when there was none. */
export async function loanedVersion(
  tx: Tx,
  officeId: OfficeId,
  loanId: string,
  bookingId: BookingId,
): Promise<number | null> {
  const [row] = await rows<{ version: number | null }>(
    tx,
    sql`select version from visits.loaned where office_id = ${officeId} and loan_id = ${loanId} and booking_id = ${bookingId}`,
  );
  return row?.version ?? null;
}

export interface StoredConflict extends Omit<MergeConflict, "code"> {
  readonly id: string;
  readonly code: string;
  readonly bookingId: BookingId;
}

export async function insertConflicts(
  tx: Tx,
  officeId: OfficeId,
  loanId: string,
  conflicts: readonly StoredConflict[],
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`insert into visits.merge_conflicts (office_id, id, loan_id, booking_id, appointment_id, code, outcomes, raised_at)
        select ${officeId}, id, ${loanId}, booking_id, appointment_id, code, outcomes, ${now}
        from unnest(${conflicts.map((one) => one.id)}::uuid[], ${conflicts.map((one) => one.bookingId)}::uuid[], ${conflicts.map((one) => one.appointmentId)}::uuid[],
                    ${conflicts.map((one) => one.code)}::text[], ${conflicts.map((one) => JSON.stringify(one.outcomes))}::jsonb[]) as t (id, booking_id, appointment_id, code, outcomes)
        on conflict do nothing`,
  );
}

export async function lockConflict(
  tx: Tx,
  officeId: OfficeId,
  id: string,
): Promise<(StoredConflict & { loanId: string; kept: "office" | "tablet" | null }) | undefined> {
  const [row] = await rows<StoredConflict & { loanId: string; kept: "office" | "tablet" | null }>(
    tx,
    sql`select id, loan_id as "loanId", booking_id as "bookingId", appointment_id as "appointmentId", code, outcomes, kept
        from visits.merge_conflicts where office_id = ${officeId} and id = ${id} for update`,
  );
  return row;
}

export async function resolveConflictRow(
  tx: Tx,
  officeId: OfficeId,
  id: string,
  how: { readonly kept: "office" | "tablet"; readonly staffId: StaffId; readonly at: Date },
): Promise<void> {
  await run(
    tx,
    sql`update visits.merge_conflicts set resolved_at = ${how.at}, resolved_by = ${how.staffId}, kept = ${how.kept} where office_id = ${officeId} and id = ${id}`,
  );
}

/** Takes back what stands of one person, so that something else can be recorded. */
export async function undoOutcomesOf(
  tx: Tx,
  officeId: OfficeId,
  appointmentId: AppointmentId,
  now: Date,
): Promise<Pick<OutcomeInput, "service">[]> {
  return rows(
    tx,
    sql`update visits.outcomes set undone_at = ${now} where office_id = ${officeId} and appointment_id = ${appointmentId} and undone_at is null returning service`,
  );
}

export function deleteLoans(tx: Tx, before: LocalDate): Promise<number> {
  return run(tx, sql`delete from visits.loans where local_date < ${before}`);
}
