import { canonicalJson } from "#kernel/canonical-json.ts";
import { oneRow, rows, run, sql, type Tx } from "#platform/db/index.ts";
import { needText } from "../rules/leaf.ts";
import type { AppId, Assignment, Digest, DrawId, Entry, Outcome } from "../types.ts";

/** Some entries column by column: a draw has a million of them, and an object of the driver for each costs more than the draw. */
export interface EntryPage {
  readonly count: number;
  readonly app: (row: number) => AppId;
  readonly lot: (row: number) => Digest;
  readonly persons: readonly string[];
  readonly tiers: readonly string[];
  readonly contacts: readonly string[];
  readonly domains: readonly string[];
  /** Canonical JSON. */
  readonly needs: readonly string[];
  /** Ids of wishes, best first, with a space between them. */
  readonly options: readonly string[];
  /** Of a second round: what an upgrader keeps. */
  readonly holds: ReadonlyMap<AppId, Assignment>;
  /** All of it in one spelling, from which everything above is read. */
  readonly text: string;
}

/** Ids of options by their canonical text; new ones are written. Nothing of a wish says whose it is. */
export async function idsOfWishes(tx: Tx, texts: readonly string[]): Promise<Map<string, number>> {
  const wanted = [...new Set(texts)].sort();
  const found = await rows<{ id: number; text: string }>(
    tx,
    sql`select id, text from allocation.wishes where text = any(${wanted}::text[])`,
  );
  const known = new Map(found.map(({ id, text }) => [text, id]));
  const missing = wanted.filter((text) => !known.has(text));
  if (missing.length > 0) {
    // Who loses a race for the same wish reads the winner's id in the second statement.
    await run(
      tx,
      sql`insert into allocation.wishes (text) select * from unnest(${missing}::text[]) on conflict do nothing`,
    );
    for (const { id, text } of await rows<{ id: number; text: string }>(
      tx,
      sql`select id, text from allocation.wishes where text = any(${missing}::text[])`,
    ))
      known.set(text, id);
  }
  return known;
}

export async function listWishes(tx: Tx, above: number): Promise<{ id: number; text: string }[]> {
  return rows(tx, sql`select id, text from allocation.wishes where id > ${above} order by id`);
}

export interface NewEntry {
  readonly entry: Entry;
  readonly options: readonly number[];
  readonly leaf: Digest;
}

export async function insertEntries(tx: Tx, entries: readonly NewEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const of = entries.map(({ entry }) => entry);
  await run(
    tx,
    sql`insert into allocation.entries (draw_id, app_id, persons, need, tier, contact, domain, options, lot, leaf, holds)
        select draw_id, app_id, persons, need, tier, contact, domain, string_to_array(options, ' ')::int[], lot, leaf, holds
        from unnest(${of.map((one) => one.draw)}::uuid[], ${of.map((one) => one.app)}::uuid[], ${of.map((one) => one.persons)}::smallint[],
          ${of.map((one) => needText(one.need))}::text[], ${of.map((one) => one.tier)}::smallint[], ${of.map((one) => one.contact)}::text[],
          ${of.map((one) => one.domain)}::text[], ${entries.map((one) => one.options.join(" "))}::text[], ${of.map((one) => Buffer.from(one.lot, "hex"))}::bytea[],
          ${entries.map((one) => Buffer.from(one.leaf, "hex"))}::bytea[], ${of.map((one) => one.holds && canonicalJson(one.holds))}::text[])
        as t (draw_id, app_id, persons, need, tier, contact, domain, options, lot, leaf, holds)`,
  );
}

/** The next of a draw's entries in ascending order of their numbers. */
export async function listEntries(tx: Tx, drawId: DrawId, after: string, limit: number): Promise<EntryPage> {
  const page = await oneRow<Record<"apps" | "lots" | "holds" | Column, string> & { count: number }>(
    tx,
    sql`select count(*)::int as count,
               coalesce(encode(string_agg(uuid_send(app_id), ''), 'hex'), '') as apps, coalesce(encode(string_agg(lot, ''), 'hex'), '') as lots,
               coalesce(string_agg(persons::text, E'\n'), '') as persons, coalesce(string_agg(tier::text, E'\n'), '') as tiers,
               coalesce(string_agg(contact, E'\n'), '') as contacts, coalesce(string_agg(domain, E'\n'), '') as domains,
               coalesce(string_agg(need, E'\n'), '') as needs, coalesce(string_agg(array_to_string(options, ' '), E'\n'), '') as options,
               coalesce(string_agg(replace(app_id::text, '-', '') || holds, E'\n') filter (where holds is not null), '') as holds
        from (select * from allocation.entries where draw_id = ${drawId} and app_id > ${after}::uuid order by app_id limit ${limit}) page`,
  );
  const { count, apps, lots } = page;
  const column = (name: Column): string[] => {
    const values = count === 0 ? [] : page[name].split("\n");
    if (values.length !== count) throw new Error("an entry has a line break in it");
    return values;
  };
  if (lots.length !== count * LOT_DIGITS) throw new Error("a lot is no digest");
  return {
    count,
    app: (row) => apps.slice(row * APP_DIGITS, (row + 1) * APP_DIGITS) as AppId,
    lot: (row) => lots.slice(row * LOT_DIGITS, (row + 1) * LOT_DIGITS) as Digest,
    persons: column("persons"),
    tiers: column("tiers"),
    contacts: column("contacts"),
    domains: column("domains"),
    needs: column("needs"),
    options: column("options"),
    holds: heldOf(page.holds),
    // No text of the database has the sign that stands between these.
    text: [apps, lots, ...COLUMNS.map((name) => page[name]), page.holds].join("\0"),
  };
}
const COLUMNS = ["persons", "tiers", "contacts", "domains", "needs", "options"] as const;
type Column = (typeof COLUMNS)[number];

function heldOf(lines: string): Map<AppId, Assignment> {
  const found = lines === "" ? [] : lines.split("\n");
  return new Map(
    found.map((line) => [line.slice(0, APP_DIGITS) as AppId, JSON.parse(line.slice(APP_DIGITS)) as Assignment]),
  );
}
/** Hex digits of a number and of a digest. */
const APP_DIGITS = 32;
const LOT_DIGITS = 64;

export async function insertOutcomes(tx: Tx, drawId: DrawId, outcomes: readonly Outcome[]): Promise<void> {
  await run(
    tx,
    sql`insert into allocation.outcomes (draw_id, app_id, key, turn, position, option, office_id, local_date, seats)
        select ${drawId}::uuid, app_id, decode(key, 'hex'), turn, position, option, office_id, local_date, seats
        from unnest(${outcomes.map((one) => one.app)}::uuid[], ${outcomes.map((one) => one.key)}::text[], ${outcomes.map((one) => one.turn)}::smallint[],
          ${outcomes.map((one) => one.position)}::int[], ${outcomes.map((one) => one.assigned?.option ?? null)}::smallint[], ${outcomes.map((one) => one.assigned?.office ?? null)}::text[],
          ${outcomes.map((one) => one.assigned?.date ?? null)}::date[], ${outcomes.map((one) => (one.assigned ? JSON.stringify(one.assigned.seats) : null))}::text[])
        as t (app_id, key, turn, position, option, office_id, local_date, seats)`,
  );
}
