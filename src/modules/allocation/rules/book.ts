import { canonicalJson } from "#kernel/canonical-json.ts";
import { DIGEST_BYTES, sha256Writer } from "#kernel/digest.ts";
import { LEAF_PREFIX, merkleRoot } from "#kernel/merkle.ts";
import {
  CONTACT_CLASSES,
  type AppId,
  type Assignment,
  type Cell,
  type Digest,
  type Entry,
  type Need,
  type Option,
  type Policy,
} from "../types.ts";
import { gridNeed, gridOf, gridOption, isPart, type Grid, type GridNeed, type GridOption } from "./grid.ts";
import {
  entryProblem,
  groupsOfNeed,
  leafText,
  needProblemOf,
  needText,
  optionProblemOf,
  type EntryOf,
  type EntryProblem,
} from "./leaf.ts";
import { column, compareWords, extend, push, sortByWords, wordsToHex, writeHexWords } from "./numbers.ts";

/** Words of 32 bits in an application's number. */
export const APP_WORDS = 4;
/** Stands before the text of a leaf: the mark of RFC 6962 that no inner node has. */
const LEAF_MARK = String.fromCharCode(...LEAF_PREFIX);

/** A draw's entries, taken in one by one and kept flat: about 130 bytes each, whatever their number. */
export type Book = ReturnType<typeof openBook>;

/** With `leaves` the book also keeps every leaf's hash, for the root and the proofs. */
export function openBook(cells: readonly Cell[], policy: Policy, { leaves = false } = {}) {
  const grid = gridOf(cells, policy);
  const apps = column((length) => new Uint32Array(length));
  const hashes = column((length) => new Uint8Array(length));
  const persons = column((length) => new Uint8Array(length));
  const places = column((length) => new Uint8Array(length));
  const tiers = column((length) => new Uint8Array(length));
  const contacts = column((length) => new Uint8Array(length));
  const domains = column((length) => new Int32Array(length));
  const wishEnds = column((length) => new Uint32Array(length));
  const wishes = column((length) => new Uint32Array(length));
  const held = new Map<number, Assignment>();
  const options = optionBook(grid, policy);
  const needs = needBook(grid, policy);
  const domainNames: string[] = [];
  const domainIds = new Map<string, number>();
  // A wish is an option together with a need: whatever searched it last tells the next where to begin.
  // By option, then by need: an option is wished for with a few different needs.
  const wishIds: number[][] = [];
  const wishOption: number[] = [];
  const wishNeed: number[] = [];
  const write = leaves ? sha256Writer() : undefined;

  function needId(need: Need): number {
    refuse(needs.problemOf(need));
    return needs.idOf(need);
  }

  function optionId(option: Option): number {
    refuse(options.problemOf(option));
    return options.idOf(option);
  }

  /** An entry that names need and options by the numbers that `needId` and `optionId` gave them. */
  function addNumbered(entry: EntryOf<number, number>): void {
    refuse(entryProblem(entry, policy, noProblem, noProblem, needs.groupsOf));
    append(entry);
  }

  function add(entry: Entry): void {
    refuse(entryProblem(entry, policy, needs.problemOf, options.problemOf, groupsOfNeed));
    append({ ...entry, need: needs.idOf(entry.need), options: entry.options.map(options.idOf) });
  }

  function append(entry: EntryOf<number, number>): void {
    const { app, need, domain } = entry;
    const row = persons.length;
    // Extending may replace the values, so it comes first.
    const appAt = extend(apps, APP_WORDS);
    writeHexWords(app, apps.values, appAt);
    push(persons, entry.persons);
    push(places, needs.places[need]!);
    push(tiers, entry.tier);
    push(contacts, CONTACT_CLASSES.indexOf(entry.contact));
    push(domains, domain === "" ? -1 : domainIdOf(domain));
    for (const option of entry.options) push(wishes, ((wishIds[option] ??= [])[need] ??= newWish(option, need)));
    push(wishEnds, wishes.length);
    if (entry.holds) held.set(row, entry.holds);
    if (write) {
      const at = extend(hashes, DIGEST_BYTES);
      write(LEAF_MARK + leafText(entry, needs.textOf, options.textOf), hashes.values, at);
    }
  }

  function newWish(option: number, need: number): number {
    wishNeed.push(need);
    return wishOption.push(option) - 1;
  }

  function domainIdOf(name: string): number {
    let id = domainIds.get(name);
    if (id === undefined) domainIds.set(name, (id = domainNames.push(name) - 1));
    return id;
  }

  let byApp: Uint32Array | undefined;
  /** Rows in ascending order of application; refuses two entries of one number. */
  function rowsByApp(): Uint32Array {
    if (byApp?.length === persons.length) return byApp;
    byApp = sortByWords(apps.values, APP_WORDS, persons.length);
    for (let at = 1; at < byApp.length; at++) {
      const [before, row] = [byApp[at - 1]! * APP_WORDS, byApp[at]! * APP_WORDS];
      if (compareWords(apps.values, before, apps.values, row, APP_WORDS) === 0)
        throw new RangeError("Two entries have one number.");
    }
    return byApp;
  }
  const appOf = (row: number): AppId => wordsToHex(apps.values, row * APP_WORDS, APP_WORDS) as AppId;

  /** Leaf hashes in the order of the tree. */
  function leafHashes(): Uint8Array {
    if (!leaves) throw new Error("This book keeps no leaves.");
    const rows = rowsByApp();
    const sorted = new Uint8Array(rows.length * DIGEST_BYTES);
    rows.forEach((row, at) => {
      sorted.set(hashes.values.subarray(row * DIGEST_BYTES, (row + 1) * DIGEST_BYTES), at * DIGEST_BYTES);
    });
    return sorted;
  }

  return {
    grid,
    policy,
    add,
    addNumbered,
    needId,
    optionId,
    rowsByApp,
    appOf,
    leafHashes,
    root: (): Digest => merkleRoot(leafHashes()),
    apps,
    persons,
    places,
    tiers,
    contacts,
    domains,
    domainNames: domainNames as readonly string[],
    wishes,
    wishEnds,
    held: held as ReadonlyMap<number, Assignment>,
    options: options.list,
    needs: needs.list,
    wishOption: wishOption as readonly number[],
    wishNeed: wishNeed as readonly number[],
    get count() {
      return persons.length;
    },
  };
}

/** Places that a need takes; those of its parts are among them. */
function placesOf(need: Need): number {
  return Object.entries(need).reduce((sum, [group, count]) => (isPart(group) ? sum : sum + count), 0);
}

function refuse(problem: EntryProblem | undefined): void {
  if (problem) throw new RangeError(`An entry of this draw is malformed: ${problem}.`);
}

/** What has a number was looked at when it got it. */
const noProblem = (): undefined => undefined;

function needBook(grid: Grid, policy: Policy) {
  const list: GridNeed[] = [];
  const places: number[] = [];
  const groups: string[][] = [];
  const numbers = numbered<Need>(needText, (need) => {
    list.push(gridNeed(grid, need));
    places.push(placesOf(need));
    groups.push(groupsOfNeed(need));
  });
  const problemOf = (need: Need) => (numbers.has(need) ? undefined : needProblemOf(need, policy));
  const groupsOf = (id: number): readonly string[] => groups[id]!;
  return { ...numbers, problemOf, groupsOf, list: list as readonly GridNeed[], places: places as readonly number[] };
}

function optionBook(grid: Grid, policy: Policy) {
  const list: GridOption[] = [];
  const numbers = numbered<Option>(canonicalJson, (option) => list.push(gridOption(grid, option)));
  const problemOf = (option: Option) => (numbers.has(option) ? undefined : optionProblemOf(option, policy));
  return { ...numbers, problemOf, list: list as readonly GridOption[] };
}

/** Numbers, from 0, of values that are mostly the same few; `take` sees each text once. */
function numbered<T extends object>(spell: (value: T) => string, take: (value: T) => void) {
  const texts: string[] = [];
  const ids = new Map<string, number>();
  const known = new WeakMap<T, number>();
  return {
    has: (value: T): boolean => known.has(value),
    textOf: (id: number): string => texts[id]!,
    idOf: (value: T): number => {
      let id = known.get(value);
      if (id !== undefined) return id;
      const text = spell(value);
      id = ids.get(text);
      if (id === undefined) {
        ids.set(text, (id = texts.push(text) - 1));
        take(value);
      }
      known.set(value, id);
      return id;
    },
  };
}
