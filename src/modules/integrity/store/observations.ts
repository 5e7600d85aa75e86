import type { BookingId, ContactId } from "#kernel/ids.ts";
import { DAY_MS } from "#kernel/time.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Entry } from "../rules/entries.ts";
import type { ClusterId, Observed, Unobserved } from "../types.ts";

/** Bookings or rows that one statement reads or writes. */
export const AT_ONCE = 500;
const PAGE = 20_000;

/** Asks that these bookings be looked at, in the transaction that tells of them. The device that booked is told once. */
export async function askToObserve(
  tx: Tx,
  asked: readonly { readonly bookingId: string; readonly deviceId: string | null }[],
): Promise<void> {
  if (asked.length === 0) return;
  await run(
    tx,
    sql`insert into integrity.unobserved as u (booking_id, device_id)
        select booking_id, max(device_id::text)::uuid from unnest(${asked.map((one) => one.bookingId)}::uuid[], ${asked.map((one) => one.deviceId)}::uuid[]) as t (booking_id, device_id)
        group by booking_id order by booking_id
        on conflict (booking_id) do update set device_id = coalesce(excluded.device_id, u.device_id), asked = default`,
  );
}

export function listUnobserved(tx: Tx): Promise<Unobserved[]> {
  return rows(
    tx,
    sql`select booking_id as "bookingId", device_id as "deviceId", asked from integrity.unobserved order by asked limit ${AT_ONCE}`,
  );
}

/** What changed again meanwhile stays. */
export async function forgetAsked(tx: Tx, asked: readonly Unobserved[]): Promise<void> {
  await run(
    tx,
    sql`delete from integrity.unobserved u using unnest(${asked.map((one) => one.bookingId)}::uuid[], ${asked.map((one) => one.asked)}::bigint[]) as t (booking_id, asked)
        where u.booking_id = t.booking_id and u.asked = t.asked`,
  );
}

export async function saveObserved(
  tx: Tx,
  observed: readonly Observed[],
  devices: ReadonlyMap<BookingId, string | null>,
  contacts: ReadonlyMap<ContactId, { readonly kind: string; readonly createdAt: Date }>,
  facts: { readonly youngUntilMs: number; readonly keptDays: number },
): Promise<void> {
  if (observed.length === 0) return;
  const isFresh = ({ contactId, bookedAt }: Observed): boolean => {
    const since = contacts.get(contactId)?.createdAt;
    return since !== undefined && bookedAt.getTime() - since.getTime() < facts.youngUntilMs;
  };
  await run(
    tx,
    sql`insert into integrity.observations as o (booking_id, office_id, contact_id, contact_kind, device_id, persons, surnames, starts_at, booked_at, cancelled_at, ended, fresh_contact, assisted, helper_id, erase_after)
        select t.booking_id, t.office_id, t.contact_id, t.contact_kind, t.device_id, t.persons::bigint[], t.surnames::int[], t.starts_at, t.booked_at, t.cancelled_at, t.ended,
          t.fresh, t.assisted, t.helper_id, (t.booked_at + make_interval(days => ${facts.keptDays}::int))::date
        from unnest(${observed.map((one) => one.bookingId)}::uuid[], ${observed.map((one) => one.officeId)}::text[], ${observed.map((one) => one.contactId)}::uuid[],
          ${observed.map((one) => devices.get(one.bookingId) ?? null)}::uuid[], ${observed.map((one) => `{${one.persons.join(",")}}`)}::text[], ${observed.map((one) => `{${one.surnames.join(",")}}`)}::text[],
          ${observed.map((one) => one.startsAt)}::timestamptz[], ${observed.map((one) => one.bookedAt)}::timestamptz[], ${observed.map((one) => one.cancelledAt)}::timestamptz[],
          ${observed.map((one) => one.ended)}::text[], ${observed.map((one) => one.assisted)}::bool[],
          ${observed.map((one) => contacts.get(one.contactId)?.kind ?? "erased")}::text[], ${observed.map(isFresh)}::bool[], ${observed.map((one) => one.helperId ?? null)}::uuid[])
          as t (booking_id, office_id, contact_id, device_id, persons, surnames, starts_at, booked_at, cancelled_at, ended, assisted, contact_kind, fresh, helper_id)
        order by t.booking_id
        on conflict (booking_id) do update set office_id = excluded.office_id, device_id = coalesce(excluded.device_id, o.device_id), starts_at = excluded.starts_at,
          cancelled_at = coalesce(o.cancelled_at, excluded.cancelled_at), ended = excluded.ended, persons = excluded.persons, surnames = excluded.surnames, helper_id = excluded.helper_id, is_scored = false, change = default`,
  );
}

/** Bookings whose day is over and of which it is not known how it ended. */
export async function listUnended(tx: Tx, before: Date): Promise<BookingId[]> {
  const found = await rows<{ id: BookingId }>(
    tx,
    sql`select booking_id as id from integrity.observations where ended is null and cancelled_at is null and starts_at between ${new Date(before.getTime() - 3 * DAY_MS)} and ${before} limit ${PAGE}`,
  );
  return found.map((one) => one.id);
}

type Row = Omit<Entry, "startsAt" | "bookedAt" | "cancelledAt" | "persons" | "surnames"> & {
  readonly startsAt: number;
  readonly bookedAt: number;
  readonly cancelledAt: number | null;
  readonly persons: string;
  readonly surnames: string;
};

function toEntry(row: Row): Entry {
  return { ...row, persons: numbersOf(row.persons), surnames: numbersOf(row.surnames) };
}

function numbersOf(list: string): number[] {
  return list === "" ? [] : list.split(",").map(Number);
}

/**
 * All that is observed, page by page in the order of the ids; `after` is the last of the page before. Instants as numbers and
 * lists as text: a million rows are read, and the driver is slow at both. A near-duplicate counts for whoever filed later with
 * another contact and showed no document, never for the person (hardening 10).
 */
export async function listEntries(tx: Tx, after: string): Promise<Entry[]> {
  const found = await rows<Row>(
    tx,
    sql`select o.booking_id as "bookingId", o.office_id as "officeId", o.contact_id as "contactId", o.contact_kind as "contactKind", o.device_id as "deviceId",
  array_to_string(o.persons, ',') as persons, array_to_string(o.surnames, ',') as surnames, extract(epoch from o.starts_at)::float8 * 1000 as "startsAt",
  extract(epoch from o.booked_at)::float8 * 1000 as "bookedAt", extract(epoch from o.cancelled_at)::float8 * 1000 as "cancelledAt", o.ended, o.fresh_contact as "freshContact", o.assisted,
  o.helper_id as "helperId", coalesce(d.bits, 0)::float8 as "duplicateBits",
          exists (select from integrity.filings m where m.source_id = o.booking_id and m.differs and not m.seen) as mismatch,
          exists (select from integrity.evidence e where e.contact_id = o.contact_id) as resale from integrity.observations o left join lateral (
            select max(p.bits) as bits from integrity.filings f join integrity.pairs p on f.person_id in (p.person_a, p.person_b) and coalesce(p.verdict, 'same') = 'same'
            join integrity.filings g on g.person_id in (p.person_a, p.person_b) and g.contact_id <> f.contact_id and g.filed_at < f.filed_at
            where f.source_id = o.booking_id and not f.seen) d on true
        where o.booking_id > ${after}::uuid order by o.booking_id limit ${PAGE}`,
  );
  return found.map(toEntry);
}

/** A booking as it was when it was read: what changed after that is another one. */
export interface Changed {
  readonly id: BookingId;
  readonly change: string;
}

/** Some that were not scored since they changed. */
export function listUnscored(tx: Tx): Promise<Changed[]> {
  return rows(
    tx,
    sql`select booking_id as id, change::text as change from integrity.observations where not is_scored limit ${AT_ONCE}`,
  );
}

/** These and whoever shares a contact or a device with one of them. */
export async function listTied(tx: Tx, ids: readonly string[], most: number): Promise<Entry[]> {
  const found = await rows<Row>(
    tx,
    sql`with own as (select contact_id, device_id, helper_id from integrity.observations where booking_id = any(${ids}::uuid[])),
          tied as (select booking_id from integrity.observations where contact_id in (select contact_id from own)
            union select booking_id from integrity.observations where device_id in (select device_id from own)
            union select booking_id from integrity.observations where helper_id in (select helper_id from own) limit ${most})
        select o.booking_id as "bookingId", o.office_id as "officeId", o.contact_id as "contactId", o.contact_kind as "contactKind", o.device_id as "deviceId",
  array_to_string(o.persons, ',') as persons, array_to_string(o.surnames, ',') as surnames, extract(epoch from o.starts_at)::float8 * 1000 as "startsAt",
  extract(epoch from o.booked_at)::float8 * 1000 as "bookedAt", extract(epoch from o.cancelled_at)::float8 * 1000 as "cancelledAt", o.ended, o.fresh_contact as "freshContact", o.assisted,
  o.helper_id as "helperId", coalesce(d.bits, 0)::float8 as "duplicateBits",
          exists (select from integrity.filings m where m.source_id = o.booking_id and m.differs and not m.seen) as mismatch,
          exists (select from integrity.evidence e where e.contact_id = o.contact_id) as resale from integrity.observations o join tied using (booking_id) left join lateral (
            select max(p.bits) as bits from integrity.filings f join integrity.pairs p on f.person_id in (p.person_a, p.person_b) and coalesce(p.verdict, 'same') = 'same'
            join integrity.filings g on g.person_id in (p.person_a, p.person_b) and g.contact_id <> f.contact_id and g.filed_at < f.filed_at
            where f.source_id = o.booking_id and not f.seen) d on true`,
  );
  return found.map(toEntry);
}

/** Of what changed again while it was computed nothing is marked: it is computed once more. */
export async function markScored(tx: Tx, read: readonly Changed[]): Promise<void> {
  await run(
    tx,
    sql`update integrity.observations o set is_scored = true from unnest(${read.map((one) => one.id)}::uuid[], ${read.map((one) => one.change)}::bigint[]) as t (id, change)
        where o.booking_id = t.id and o.change = t.change and not o.is_scored`,
  );
}

/** Which groups these bookings were in, the one with most of them first. */
export async function listGroupsOf(tx: Tx, ids: readonly string[]): Promise<ClusterId[]> {
  const found = await rows<{ id: ClusterId }>(
    tx,
    sql`select cluster_id as id from integrity.observations where booking_id = any(${ids}::uuid[]) and cluster_id is not null group by 1 order by count(*) desc, 1`,
  );
  return found.map((one) => one.id);
}

/** What is known of bookings that their contact erased, and what nobody has signed of them. */
export async function deleteObserved(tx: Tx, bookingIds: readonly string[]): Promise<void> {
  await run(tx, sql`delete from integrity.unobserved where booking_id = any(${bookingIds}::uuid[])`);
  await run(tx, sql`delete from integrity.observations where booking_id = any(${bookingIds}::uuid[])`);
  await run(tx, sql`delete from integrity.cases where booking_id = any(${bookingIds}::uuid[]) and settled_by is null`);
}

/** What was booked before is known without its helper; a row that came too late for the day before is emptied on this one. */
export function forgetHelpersBefore(tx: Tx, before: Date): Promise<number> {
  return run(
    tx,
    sql`update integrity.observations set helper_id = null where helper_id is not null and booked_at < ${before}`,
  );
}

export async function eraseObserved(tx: Tx, now: Date): Promise<number> {
  await run(tx, sql`delete from integrity.evidence where erase_after < ${now}::date`);
  return run(tx, sql`delete from integrity.observations where erase_after < ${now}::date`);
}

export function listContactKinds(tx: Tx, ids: readonly ContactId[]): Promise<{ contactId: ContactId; kind: string }[]> {
  return rows(
    tx,
    sql`select distinct contact_id as "contactId", contact_kind as kind from integrity.observations where contact_id = any(${[...ids]}::uuid[])`,
  );
}

export async function listBookedSince(tx: Tx, since: Date): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select booking_id as id from integrity.observations where booked_at >= ${since}`,
  );
  return found.map((one) => one.id);
}
