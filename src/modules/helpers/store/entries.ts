import type { BookingId, LocalDate } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Visits } from "../rules/allowance.ts";
import type { HelperId, HelpLanguage } from "../types.ts";

/** Entries that one statement reads or erases. */
export const AT_ONCE = 500;

export interface NewEntry {
  readonly entryId: string;
  readonly helperId: HelperId;
  readonly kind: "booking" | "request";
  readonly persons: number;
  readonly language: HelpLanguage;
  readonly madeAt: Date;
  readonly day: LocalDate;
}

/** Writes who made it and counts it, once however often the event is delivered. */
export async function insertEntry(tx: Tx, one: NewEntry): Promise<void> {
  const inserted = await run(
    tx,
    sql`insert into helpers.entries (entry_id, helper_id, kind, persons, made_at)
        values (${one.entryId}, ${one.helperId}, ${one.kind}, ${one.persons}, ${one.madeAt}) on conflict (entry_id) do nothing`,
  );
  if (inserted === 0) return;
  await addToDay(tx, one.helperId, one.day, { entries: 1, persons: one.persons });
  await run(
    tx,
    sql`insert into helpers.languages as l (helper_id, language, entries) values (${one.helperId}, ${one.language}, 1)
        on conflict (helper_id, language) do update set entries = l.entries + 1`,
  );
}

export async function addToDay(
  tx: Tx,
  helperId: HelperId,
  day: LocalDate,
  more: { readonly entries?: number; readonly persons?: number; readonly kept?: number; readonly missed?: number },
): Promise<void> {
  const { entries = 0, persons = 0, kept = 0, missed = 0 } = more;
  await run(
    tx,
    sql`insert into helpers.days as d (helper_id, day, entries, persons, kept, missed) values (${helperId}, ${day}::date, ${entries}, ${persons}, ${kept}, ${missed})
        on conflict (helper_id, day) do update set entries = d.entries + excluded.entries, persons = d.persons + excluded.persons,
          kept = d.kept + excluded.kept, missed = d.missed + excluded.missed`,
  );
}

/** Bookings of which it is not known how they ended, page by page; held until the transaction ends. */
export function lockUnended(tx: Tx, after: string): Promise<{ id: BookingId; helperId: HelperId }[]> {
  return rows(
    tx,
    sql`select entry_id as id, helper_id as "helperId" from helpers.entries
        where kind = 'booking' and ended is null and entry_id > ${after}::uuid order by entry_id limit ${AT_ONCE} for update`,
  );
}

export async function saveEnded(tx: Tx, id: string, ended: "served" | "missed" | "cancelled"): Promise<void> {
  await run(tx, sql`update helpers.entries set ended = ${ended} where entry_id = ${id}`);
}

/** With which helper each of these was made, for as long as that is known. */
export function listHelpersOf(tx: Tx, ids: readonly string[]): Promise<{ entryId: string; helperId: HelperId }[]> {
  return rows(
    tx,
    sql`select entry_id as "entryId", helper_id as "helperId" from helpers.entries where entry_id = any(${ids}::uuid[])`,
  );
}

/** Destroys the links of what was made before. Returns how many. */
export function deleteEntriesBefore(tx: Tx, before: Date): Promise<number> {
  return run(tx, sql`delete from helpers.entries where made_at < ${before}`);
}

export function deleteEntries(tx: Tx, ids: readonly string[]): Promise<number> {
  return run(tx, sql`delete from helpers.entries where entry_id = any(${ids}::uuid[])`);
}

/** Forgets which visits were opened before, and sign-ins that are long over. */
export async function deleteHelpsBefore(tx: Tx, before: Date, signedInBefore: Date): Promise<void> {
  await run(tx, sql`delete from helpers.helps where begun_at < ${before}`);
  await run(tx, sql`delete from helpers.sessions where expires_at < ${signedInBefore}`);
  await run(tx, sql`delete from helpers.enrolments where expires_at < ${signedInBefore}`);
}

/** Ends registrations whose year is over, and those that nobody judged in time; erases what is to be erased. Returns how many were erased. */
export async function endAndErase(
  tx: Tx,
  now: Date,
  {
    today,
    askedBefore,
    keptUntil,
  }: { readonly today: LocalDate; readonly askedBefore: Date; readonly keptUntil: LocalDate },
): Promise<number> {
  await run(
    tx,
    sql`update helpers.helpers set state = 'ended', reason = 'own_wish', changed_at = ${now}, version = version + 1, erase_after = least(erase_after, ${keptUntil}::date)
        where state in ('approved', 'suspended') and ends_on < ${today}::date`,
  );
  await run(tx, sql`delete from helpers.helpers where state = 'asked' and asked_at < ${askedBefore}`);
  return run(tx, sql`delete from helpers.helpers where erase_after < ${today}::date`);
}

export interface Totals extends Visits {
  readonly persons: number;
}

export async function readTotals(tx: Tx, id: HelperId): Promise<Totals> {
  const [row] = await rows<Totals>(
    tx,
    sql`select coalesce(sum(persons), 0)::int as persons, coalesce(sum(kept), 0)::int as kept, coalesce(sum(missed), 0)::int as missed from helpers.days where helper_id = ${id}`,
  );
  return row!;
}

export function readLanguages(tx: Tx, id: HelperId): Promise<{ language: HelpLanguage; entries: number }[]> {
  return rows(
    tx,
    sql`select language, entries from helpers.languages where helper_id = ${id} order by entries desc, language`,
  );
}
