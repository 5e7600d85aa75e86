import type { Context, Tx } from "#platform/context.ts";
import { BANDS } from "#modules/schedules/index.ts";
import { openBook, type Book } from "../rules/book.ts";
import { DRAW_POLICY } from "../rules/policy.ts";
import { listEntries, listWishes, type EntryRow } from "../store/entries.ts";
import { listCells, type StoredCell } from "../store/draws.ts";
import type { AppId, Cell, Digest, DrawId, Entry, Need, Option, Tier, ContactClass } from "../types.ts";

/** Rows of one statement: a second of work, and few enough to leave the memory to the draw. */
export const PAGE = 10_000;
/** Stands before every number. */
export const NO_APP = "00000000-0000-0000-0000-000000000000" as AppId;

/** Reads statements one after another, in a transaction or each by itself. */
export type Read = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** Each statement by itself: for what cannot change any more. */
export function readsOf(ctx: Context): Read {
  return (work) => ctx.database.reading("worker", work);
}

/** All of a draw's entries in a book with their leaves, over the draw's committed cells. */
export async function readBook(read: Read, drawId: DrawId): Promise<{ book: Book; cells: Cell[]; persons: number }> {
  const cells = (await read((tx) => listCells(tx, drawId))).map(cellOf);
  const book = openBook(cells, DRAW_POLICY, { leaves: true });
  let persons = 0;
  for await (const entry of entriesOf(read, drawId)) {
    book.add(entry);
    persons += entry.persons;
  }
  return { book, cells, persons };
}

/** A draw's entries in ascending order of their numbers, a page in memory at a time. */
export async function* entriesOf(read: Read, drawId: DrawId): AsyncGenerator<Entry> {
  const wishes = new Map<number, Option>();
  for (const { id, text } of await read((tx) => listWishes(tx, 0))) wishes.set(id, JSON.parse(text) as Option);
  const needs = new Map<string, Need>();
  let after = NO_APP;
  for (;;) {
    const page = await read((tx) => listEntries(tx, drawId, after, PAGE));
    for (const row of page) yield entryOf(drawId, row, wishes, needs);
    if (page.length < PAGE) return;
    after = page.at(-1)!.app;
  }
}

function entryOf(draw: DrawId, row: EntryRow, wishes: ReadonlyMap<number, Option>, needs: Map<string, Need>): Entry {
  let need = needs.get(row.need);
  if (!need) needs.set(row.need, (need = JSON.parse(row.need) as Need));
  return {
    v: 1,
    draw,
    app: row.app,
    persons: row.persons,
    need,
    tier: row.tier as Tier,
    contact: row.contact as ContactClass,
    domain: row.domain,
    options: row.options.map((id) => wishes.get(id)!),
    lot: row.lot.toString("hex") as Digest,
    holds: null,
  };
}

/** A stored cell as the rules and the papers have it: the part of the day by number. */
export function cellOf({ officeId, serviceGroup, localDate, band, places }: StoredCell): Cell {
  return { office: officeId, group: serviceGroup, date: localDate, band: BANDS.indexOf(band), places };
}
