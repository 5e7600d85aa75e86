import { setImmediate as othersFirst } from "node:timers/promises";
import type { Context, Tx } from "#platform/context.ts";
import { BANDS } from "#modules/schedules/index.ts";
import { openBook, type Book } from "../rules/book.ts";
import { readHasher } from "../rules/documents.ts";
import type { EntryOf } from "../rules/leaf.ts";
import { listEntries, listWishes, type EntryPage } from "../store/entries.ts";
import { listCells, listDocuments, type StoredCell } from "../store/draws.ts";
import type {
  AppId,
  Cell,
  ContactClass,
  Digest,
  DrawId,
  Entry,
  Need,
  Opening,
  Option,
  Policy,
  Tier,
} from "../types.ts";

/** Rows of one statement: few enough to be forgotten while they are young, which leaves the memory to the draw. */
export const PAGE = 2_500;
/** Stands before every number. */
export const NO_APP = "00000000-0000-0000-0000-000000000000" as AppId;

/** Reads statements one after another, in a transaction or each by itself. */
export type Read = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** Each statement by itself: for what cannot change any more. */
export function readsOf(ctx: Context): Read {
  return (work) => ctx.database.reading("worker", work);
}

/**
 * Pages in ascending order from `first`; `lastOf` a page is where the next one begins, undefined when there is none. The database
 * reads ahead by one page, and between two pages everybody else in this process has a turn.
 */
export async function* readAhead<Page>(
  ask: (after: string) => Promise<Page>,
  lastOf: (page: Page) => string | undefined,
  first: string = NO_APP,
): AsyncGenerator<Page> {
  let asked = ask(first);
  for (;;) {
    const page = await asked;
    const last = lastOf(page);
    if (last !== undefined) {
      asked = ask(last);
      // Whoever takes no further page need not hear that it failed.
      asked.catch(() => undefined);
    }
    await othersFirst();
    yield page;
    if (last === undefined) return;
  }
}

/** What a draw is worked out from, and one digest of all that was read for it: equal digests, equal leaves. */
export interface BookRead {
  readonly book: Book;
  readonly cells: Cell[];
  readonly persons: number;
  readonly digest: Digest;
}

/** All of a draw's entries in a book over the draw's committed cells; with `leaves` every leaf's hash too, for the root. */
export async function readBook(
  read: Read,
  drawId: DrawId,
  { leaves }: { readonly leaves: boolean },
): Promise<BookRead> {
  const cells = (await read((tx) => listCells(tx, drawId))).map(cellOf);
  const book = openBook(cells, await policyOfDraw(read, drawId), { leaves });
  let persons = 0;
  const hasher = readHasher();
  const texts: string[] = [];
  const options = await wishesOf(read, (option, id, text) => {
    texts[id] = text;
    return book.optionId(option);
  });
  const used = new Set<number>();
  const needs = new Map<string, number>();
  for await (const page of pagesOf(read, drawId)) {
    hasher.add(page.text);
    for (const entry of entriesOn(page, drawId, options, needs, book.needId, used)) {
      book.addNumbered(entry);
      persons += entry.persons;
    }
  }
  // Wishes are added all the time, by those who file for the next draw: only what is wished for here is of this draw.
  for (const id of [...used].sort((a, b) => a - b)) hasher.add(`${id} ${texts[id]!}`);
  return { book, cells, persons, digest: hasher.digest() };
}

/** What its opening notice says, whatever this installation measured or chose since. */
async function policyOfDraw(read: Read, drawId: DrawId): Promise<Policy> {
  const [opening] = await read((tx) => listDocuments(tx, drawId, ["opening"]));
  return (JSON.parse(opening!.line) as { body: Opening }).body.policy;
}

/** A draw's entries in ascending order of their numbers, a page in memory at a time. */
export async function* entriesOf(read: Read, drawId: DrawId): AsyncGenerator<Entry> {
  const options = await wishesOf(read, (option) => option);
  const needs = new Map<string, Need>();
  for await (const page of pagesOf(read, drawId)) yield* entriesOn(page, drawId, options, needs, (need) => need);
}

/** Every wish by its id, as `take` gives it. */
async function wishesOf<T>(read: Read, take: (option: Option, id: number, text: string) => T): Promise<T[]> {
  const wishes: T[] = [];
  for (const { id, text } of await read((tx) => listWishes(tx, 0)))
    wishes[id] = take(JSON.parse(text) as Option, id, text);
  return wishes;
}

function pagesOf(read: Read, drawId: DrawId): AsyncGenerator<EntryPage> {
  const ask = (after: string) => read((tx) => listEntries(tx, drawId, after, PAGE));
  const lastOf = ({ count, app }: EntryPage) => (count < PAGE ? undefined : app(count - 1));
  return readAhead(ask, lastOf);
}

/** Needs are mostly the same few: each text is read once. */
function* entriesOn<N, O>(
  page: EntryPage,
  draw: DrawId,
  wishes: readonly O[],
  needs: Map<string, N>,
  take: (need: Need) => N,
  used?: Set<number>,
): Generator<EntryOf<N, O>> {
  for (let row = 0; row < page.count; row++) {
    const needText = page.needs[row]!;
    let need = needs.get(needText);
    if (need === undefined) needs.set(needText, (need = take(JSON.parse(needText) as Need)));
    const app = page.app(row);
    yield {
      v: 1,
      draw,
      app,
      persons: Number(page.persons[row]),
      need,
      tier: Number(page.tiers[row]) as Tier,
      contact: page.contacts[row] as ContactClass,
      domain: page.domains[row]!,
      options: wishedFor(page.options[row]!, wishes, used),
      lot: page.lot(row),
      holds: page.holds.get(app) ?? null,
    };
  }
}

/** Ids with a space between them, digit by digit: a text for each of five million would be garbage. */
function wishedFor<O>(ids: string, wishes: readonly O[], used: Set<number> | undefined): O[] {
  const wished: O[] = [];
  let id = 0;
  for (let at = 0; at <= ids.length; at++) {
    const code = at < ids.length ? ids.charCodeAt(at) : SPACE;
    if (code !== SPACE) {
      id = id * 10 + code - DIGIT_0;
      continue;
    }
    used?.add(id);
    wished.push(wishes[id]!);
    id = 0;
  }
  return wished;
}
const [SPACE, DIGIT_0] = [" ".charCodeAt(0), "0".charCodeAt(0)] as const;

/** A stored cell as the rules and the papers have it: the part of the day by number. */
export function cellOf({ officeId, serviceGroup, localDate, band, places }: StoredCell): Cell {
  return { office: officeId, group: serviceGroup, date: localDate, band: BANDS.indexOf(band), places };
}
