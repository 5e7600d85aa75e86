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
import { entryProblem, leafText, needText, optionProblemOf } from "./leaf.ts";
import { column, compareWords, extend, push, sortByWords, wordsToHex, writeHexWords } from "./numbers.ts";

/** Words of 32 bits in an application's number. */
export const APP_WORDS = 4;
/** More than the longest entry: eleven options over every office of the network. */
const LEAF_BUFFER_BYTES = 64 * 1024;

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
  const needs: GridNeed[] = [];
  const needPlaces: number[] = [];
  const needIds = new Map<string, number>();
  const domainNames: string[] = [];
  const domainIds = new Map<string, number>();
  // A wish is an option together with a need: whatever searched it last tells the next where to begin.
  const wishIds = new Map<number, number>();
  const wishOption: number[] = [];
  const wishNeed: number[] = [];
  const hashLeaf = leaves ? leafWriter() : undefined;

  const idOf = <K>(ids: Map<K, number>, key: K, create: () => void): number => {
    let id = ids.get(key);
    if (id === undefined) {
      ids.set(key, (id = ids.size));
      create();
    }
    return id;
  };

  function add(entry: Entry): void {
    const problem = entryProblem(entry, policy, options.problemOf);
    if (problem) throw new RangeError(`An entry of this draw is malformed: ${problem}.`);
    const row = persons.length;
    const need = idOf(needIds, needText(entry.need), () => {
      needs.push(gridNeed(grid, entry.need));
      needPlaces.push(placesOf(entry.need));
    });
    // Extending may replace the values, so it comes first.
    const appAt = extend(apps, APP_WORDS);
    writeHexWords(entry.app, apps.values, appAt);
    push(persons, entry.persons);
    push(places, needPlaces[need]!);
    push(tiers, entry.tier);
    push(contacts, CONTACT_CLASSES.indexOf(entry.contact));
    const domain = idOf(domainIds, entry.domain, () => domainNames.push(entry.domain));
    push(domains, entry.domain === "" ? -1 : domain);
    for (const option of entry.options) {
      const id = options.idOf(option);
      const wish = idOf(wishIds, id * MAX_NEEDS + need, () => {
        wishOption.push(id);
        wishNeed.push(need);
      });
      push(wishes, wish);
    }
    push(wishEnds, wishes.length);
    if (entry.holds) held.set(row, entry.holds);
    if (hashLeaf) {
      const at = extend(hashes, DIGEST_BYTES);
      hashLeaf(leafText(entry, options.textOf), hashes.values, at);
    }
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
    needs: needs as readonly GridNeed[],
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

/** Different needs of one draw; combinations of a few groups and at most eight persons stay far below. */
const MAX_NEEDS = 1 << 20;

function optionBook(grid: Grid, policy: Policy) {
  const list: GridOption[] = [];
  const texts: string[] = [];
  const ids = new Map<string, number>();
  const known = new WeakMap<Option, number>();
  const idOf = (option: Option): number => {
    let id = known.get(option);
    if (id !== undefined) return id;
    const text = canonicalJson(option);
    id = ids.get(text);
    if (id === undefined) {
      ids.set(text, (id = list.length));
      list.push(gridOption(grid, option));
      texts.push(text);
    }
    known.set(option, id);
    return id;
  };
  return {
    list: list as readonly GridOption[],
    idOf,
    textOf: (option: Option): string => texts[idOf(option)]!,
    problemOf: (option: Option) => (known.has(option) ? undefined : optionProblemOf(option, policy)),
  };
}

function leafWriter(): (text: string, out: Uint8Array, at: number) => void {
  const write = sha256Writer();
  const encoder = new TextEncoder();
  const buffer = new Uint8Array(LEAF_BUFFER_BYTES);
  buffer.set(LEAF_PREFIX);
  const body = buffer.subarray(1);
  return (text, out, at) => {
    const { read, written } = encoder.encodeInto(text, body);
    if (read !== text.length) throw new RangeError("An entry is longer than any that a form can make.");
    write(buffer.subarray(0, 1 + written), out, at);
  };
}
