import type { BookingId, LocalDate, OfficeId, ServiceSlug, SessionId } from "#kernel/ids.ts";
import { addDays } from "#kernel/time.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { SuspensionReason } from "../rules/suspension.ts";
import type { Station } from "../types.ts";

/** Days after the visit for which its booking is kept (hardening.md 8). */
const KEPT_DAYS = 30;
/** First number of the advisory lock of a day at an office: what changes the whole day takes turns. */
const DAY_LOCK = 0x64_61_79;

export async function lockDay(tx: Tx, officeId: OfficeId): Promise<void> {
  await run(tx, sql`select pg_advisory_xact_lock(${DAY_LOCK}::int, hashtext(${officeId}))`);
}

/** Returns how many services were not suspended yet. */
export function insertSuspensions(
  tx: Tx,
  day: {
    readonly officeId: OfficeId;
    readonly localDate: LocalDate;
    readonly reason: SuspensionReason;
    readonly station: Station | null;
  },
  services: readonly { readonly id: string; readonly service: ServiceSlug }[],
  at: { readonly newsAt: Date; readonly startedAt: Date },
): Promise<number> {
  return run(
    tx,
    sql`insert into visits.suspensions (office_id, id, local_date, service, station, reason, news_at, started_at)
        select ${day.officeId}, id, ${day.localDate}, service, ${day.station}, ${day.reason}, ${at.newsAt}, ${at.startedAt}
        from unnest(${services.map((one) => one.id)}::uuid[], ${services.map((one) => one.service)}::text[]) as t (id, service)
        on conflict (office_id, local_date, service) where ended_at is null do nothing`,
  );
}

export function setNews(tx: Tx, officeId: OfficeId, ids: readonly string[], newsAt: Date): Promise<number> {
  return run(
    tx,
    sql`update visits.suspensions set news_at = ${newsAt} where office_id = ${officeId} and id = any(${ids}::uuid[]) and ended_at is null`,
  );
}

export function endSuspensions(
  tx: Tx,
  officeId: OfficeId,
  ids: readonly string[],
  undone: boolean,
  now: Date,
): Promise<number> {
  return run(
    tx,
    sql`update visits.suspensions set ended_at = ${now}, undone = ${undone} where office_id = ${officeId} and id = any(${ids}::uuid[]) and ended_at is null`,
  );
}

export interface RightGiven {
  readonly bookingId: BookingId;
  readonly localDate: LocalDate;
  readonly validUntil: LocalDate;
  /** Null: it stands in the hall, and is written to by nobody. */
  readonly toldNewsAt: Date | null;
}

/** Gives rights to return. Who has one for the same lost day keeps the longer; what it was told last is what counts. One of a day from which it moved away is no more. */
export async function giveRights(tx: Tx, officeId: OfficeId, rights: readonly RightGiven[], now: Date): Promise<void> {
  if (rights.length === 0) return;
  await run(
    tx,
    sql`insert into visits.return_rights as r (office_id, booking_id, local_date, valid_until, given_at, told_news_at)
        select ${officeId}, booking_id, local_date, valid_until, ${now}, told_news_at
        from unnest(${rights.map((one) => one.bookingId)}::uuid[], ${rights.map((one) => one.localDate)}::date[], ${rights.map((one) => one.validUntil)}::date[],
          ${rights.map((one) => one.toldNewsAt)}::timestamptz[]) as t (booking_id, local_date, valid_until, told_news_at)
        on conflict (office_id, booking_id) do update set
          local_date = excluded.local_date, undone_at = null,
          given_at = case when r.undone_at is null then r.given_at else excluded.given_at end,
          valid_until = case when r.local_date = excluded.local_date then greatest(r.valid_until, excluded.valid_until) else excluded.valid_until end,
          told_news_at = case when r.local_date = excluded.local_date then coalesce(excluded.told_news_at, r.told_news_at) else excluded.told_news_at end,
          told_back_at = case when r.local_date = excluded.local_date then r.told_back_at end,
          printed_at = case when r.local_date = excluded.local_date then r.printed_at end`,
  );
}

/** Of parties that were told to stay at home: they were told that they may come. */
export async function markToldBack(
  tx: Tx,
  officeId: OfficeId,
  bookingIds: readonly BookingId[],
  now: Date,
): Promise<void> {
  if (bookingIds.length === 0) return;
  await run(
    tx,
    sql`update visits.return_rights set told_news_at = null, told_back_at = ${now} where office_id = ${officeId} and booking_id = any(${bookingIds}::uuid[])`,
  );
}

/** Takes back rights of which nobody was told and no paper was printed. */
export async function undoRights(
  tx: Tx,
  officeId: OfficeId,
  bookingIds: readonly BookingId[],
  now: Date,
): Promise<void> {
  if (bookingIds.length === 0) return;
  await run(
    tx,
    sql`update visits.return_rights set undone_at = ${now} where office_id = ${officeId} and booking_id = any(${bookingIds}::uuid[])
          and printed_at is null and told_news_at is null and told_back_at is null`,
  );
}

/** Takes back the right that a key gave, with what else that key did, unless its paper was printed. */
export async function undoRightsGivenAt(
  tx: Tx,
  officeId: OfficeId,
  bookingId: BookingId,
  givenAt: Date,
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`update visits.return_rights set undone_at = ${now} where office_id = ${officeId} and booking_id = ${bookingId} and given_at = ${givenAt}
          and undone_at is null and printed_at is null and told_news_at is null and told_back_at is null`,
  );
}

/** Notes that papers were printed; a receipt's number stays when none is given. */
export async function markPrinted(
  tx: Tx,
  officeId: OfficeId,
  papers: readonly { readonly bookingId: BookingId; readonly receipt?: string | undefined }[],
  now: Date,
): Promise<{ bookingId: BookingId; validUntil: LocalDate; localDate: LocalDate; receipt: string | null }[]> {
  return rows(
    tx,
    sql`update visits.return_rights r set printed_at = coalesce(r.printed_at, ${now}), receipt = coalesce(t.receipt, r.receipt)
        from unnest(${papers.map((one) => one.bookingId)}::uuid[], ${papers.map((one) => one.receipt ?? null)}::text[]) as t (booking_id, receipt)
        where r.office_id = ${officeId} and r.booking_id = t.booking_id and r.undone_at is null
        returning r.booking_id as "bookingId", to_char(r.valid_until, 'YYYY-MM-DD') as "validUntil", to_char(r.local_date, 'YYYY-MM-DD') as "localDate", r.receipt`,
  );
}

/** Forgets the numbers of receipts of rights that are over. */
export function forgetReceipts(tx: Tx, days: ReadonlyMap<OfficeId, LocalDate>): Promise<number> {
  return run(
    tx,
    sql`update visits.return_rights r set receipt = null
        from unnest(${[...days.keys()]}::text[], ${[...days.values()]}::date[]) as t (office_id, today)
        where r.office_id = t.office_id and r.valid_until < t.today and r.receipt is not null`,
  );
}

/** What is left of days whose bookings are erased: rights to return, and hours. Returns how many. */
export async function eraseDayRows(tx: Tx, days: ReadonlyMap<OfficeId, LocalDate>): Promise<number> {
  const offices = [...days.keys()];
  const before = [...days.values()].map((today) => addDays(today, -KEPT_DAYS));
  const rights = await run(
    tx,
    sql`delete from visits.return_rights r using unnest(${offices}::text[], ${before}::date[]) as t (office_id, day) where r.office_id = t.office_id and r.local_date < t.day`,
  );
  return (
    rights +
    (await run(
      tx,
      sql`delete from visits.expected_hours e using unnest(${offices}::text[], ${before}::date[]) as t (office_id, day) where e.office_id = t.office_id and e.local_date < t.day`,
    ))
  );
}

export interface AbsentCounter {
  readonly sessionId: SessionId;
  readonly counter: number;
}

export async function insertAbsences(
  tx: Tx,
  officeId: OfficeId,
  localDate: LocalDate,
  absent: readonly AbsentCounter[],
  now: Date,
): Promise<void> {
  if (absent.length === 0) return;
  await run(
    tx,
    sql`insert into visits.absences (office_id, session_id, counter, local_date, since)
        select ${officeId}, session_id, counter, ${localDate}, ${now}
        from unnest(${absent.map((one) => one.sessionId)}::uuid[], ${absent.map((one) => one.counter)}::smallint[]) as t (session_id, counter)
        on conflict (office_id, session_id, counter, since) do update set until = null`,
  );
}

/** The clerk came after all. */
export async function endAbsences(
  tx: Tx,
  officeId: OfficeId,
  back: readonly AbsentCounter[],
  now: Date,
): Promise<void> {
  if (back.length === 0) return;
  await run(
    tx,
    sql`update visits.absences a set until = ${now}
        from unnest(${back.map((one) => one.sessionId)}::uuid[], ${back.map((one) => one.counter)}::smallint[]) as t (session_id, counter)
        where a.office_id = ${officeId} and a.session_id = t.session_id and a.counter = t.counter and a.until is null`,
  );
}

export interface HourRow {
  readonly bookingId: BookingId;
  readonly expectedAt: Date;
  readonly toldFor: Date | null;
}

export async function saveHours(
  tx: Tx,
  officeId: OfficeId,
  localDate: LocalDate,
  hours: readonly HourRow[],
): Promise<void> {
  if (hours.length === 0) return;
  await run(
    tx,
    sql`insert into visits.expected_hours (office_id, booking_id, local_date, expected_at, told_for)
        select ${officeId}, booking_id, ${localDate}, expected_at, told_for
        from unnest(${hours.map((one) => one.bookingId)}::uuid[], ${hours.map((one) => one.expectedAt)}::timestamptz[], ${hours.map((one) => one.toldFor)}::timestamptz[]) as t (booking_id, expected_at, told_for)
        on conflict (office_id, booking_id) do update set local_date = excluded.local_date, expected_at = excluded.expected_at, told_for = excluded.told_for`,
  );
}
