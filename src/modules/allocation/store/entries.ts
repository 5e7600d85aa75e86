import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import { needText } from "../rules/leaf.ts";
import type { AppId, Digest, DrawId, Entry, Outcome } from "../types.ts";

/** An entry as it is stored: wishes by their ids. */
export interface EntryRow {
  readonly app: AppId;
  readonly persons: number;
  readonly need: string;
  readonly tier: number;
  readonly contact: string;
  readonly domain: string;
  readonly options: readonly number[];
  readonly lot: Buffer;
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
    sql`insert into allocation.entries (draw_id, app_id, persons, need, tier, contact, domain, options, lot, leaf)
        select draw_id, app_id, persons, need, tier, contact, domain, string_to_array(options, ' ')::int[], lot, leaf
        from unnest(${of.map((one) => one.draw)}::uuid[], ${of.map((one) => one.app)}::uuid[], ${of.map((one) => one.persons)}::smallint[],
          ${of.map((one) => needText(one.need))}::text[], ${of.map((one) => one.tier)}::smallint[], ${of.map((one) => one.contact)}::text[],
          ${of.map((one) => one.domain)}::text[], ${entries.map((one) => one.options.join(" "))}::text[], ${of.map((one) => Buffer.from(one.lot, "hex"))}::bytea[],
          ${entries.map((one) => Buffer.from(one.leaf, "hex"))}::bytea[])
        as t (draw_id, app_id, persons, need, tier, contact, domain, options, lot, leaf)`,
  );
}

/** The next rows of a draw's entries in ascending order of their numbers. */
export async function listEntries(tx: Tx, drawId: DrawId, after: string, limit: number): Promise<EntryRow[]> {
  return rows(
    tx,
    sql`select replace(app_id::text, '-', '') as app, persons, need, tier, contact, domain, options, lot
        from allocation.entries where draw_id = ${drawId} and app_id > ${after}::uuid order by app_id limit ${limit}`,
  );
}

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
