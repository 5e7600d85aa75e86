import { fromHex, hmacWriter, DIGEST_BYTES } from "#kernel/digest.ts";
import { BEYOND_SHARE, CONTACT_CLASSES, type ContactClass, type Digest, type ShareCutoff } from "../types.ts";
import { APP_WORDS, type Book } from "./book.ts";
import { bytesFromWords, sortByWords, wordsFromBytes, wordsToHex } from "./numbers.ts";

const PER_MILLE = 1000;
const KEY_WORDS = 8;

/** Who is asked in which order, fixed before any wish is read. */
export interface Order {
  /** Rows of the book, first to last. */
  readonly rows: Uint32Array;
  /** By row, after the caps. */
  readonly turns: Uint8Array;
  keyOf(row: number): Digest;
  readonly tierCutoffs: readonly [ShareCutoff, ShareCutoff];
  readonly contactCutoffs: Readonly<Partial<Record<ContactClass, ShareCutoff>>>;
  readonly domainCutoffs: Readonly<Record<string, Digest>>;
}

/**
 * The order of the draw: tier, then key, then number. Shares are of all places of the draw and are filled in key
 * order; the first who does not fit closes the share, so that one key says who was inside. Because the shares know
 * nothing of anybody's wishes, no list of wishes can change anybody's place.
 */
export function drawOrder(book: Book, seed: Digest): Order {
  const words = keysOf(book, seed);
  const keyOf = (row: number): Digest => wordsToHex(words, row * KEY_WORDS, KEY_WORDS) as Digest;
  // Sorted by number first and stably by key after, equal keys stand by number.
  const byKey = rowsByKey(book, words);
  const turns = book.tiers.values.slice(0, book.count);
  const share = (perMille: number): number => Math.floor((book.grid.totalPlaces * perMille) / PER_MILLE);

  const { contactCutoffs, domainCutoffs } = closeContactShares(book, byKey, turns, share, keyOf);
  const tierCutoffs = ([1, 2] as const).map((tier) => {
    const limit = share(book.policy.tierShares[tier - 1]!);
    let used = 0;
    let cutoff: ShareCutoff = null;
    for (const row of byKey) {
      if (turns[row] !== tier) continue;
      used += book.places.values[row]!;
      if (cutoff === null && used > limit) cutoff = keyOf(row);
      if (cutoff !== null) turns[row] = tier + 1;
    }
    return cutoff;
  });
  const [first = null, second = null] = tierCutoffs;
  return { rows: byTurn(byKey, turns), turns, keyOf, tierCutoffs: [first, second], contactCutoffs, domainCutoffs };
}

function keysOf(book: Book, seed: Digest): Uint32Array {
  const write = hmacWriter(fromHex(seed));
  const app = new Uint8Array(APP_WORDS * 4);
  const key = new Uint8Array(DIGEST_BYTES);
  const words = new Uint32Array(book.count * KEY_WORDS);
  for (let row = 0; row < book.count; row++) {
    bytesFromWords(book.apps.values, row * APP_WORDS, APP_WORDS, app);
    write(app, key, 0);
    wordsFromBytes(key, words, row * KEY_WORDS);
  }
  return words;
}

function rowsByKey(book: Book, words: Uint32Array): Uint32Array {
  const byApp = book.rowsByApp();
  const ranked = new Uint32Array(words.length);
  byApp.forEach((row, at) => {
    for (let word = 0; word < KEY_WORDS; word++) ranked[at * KEY_WORDS + word] = words[row * KEY_WORDS + word]!;
  });
  return sortByWords(ranked, KEY_WORDS, book.count).map((at) => byApp[at]!);
}

/**
 * Marks those beyond the share of their mail domain or of their kind of contact. Whoever is beyond the first does
 * not count in the second: otherwise one hostile domain could use up the share of everybody with an address.
 */
function closeContactShares(
  book: Book,
  byKey: Uint32Array,
  turns: Uint8Array,
  share: (perMille: number) => number,
  keyOf: (row: number) => Digest,
) {
  const { contactShares, domainShare } = book.policy;
  const limits = CONTACT_CLASSES.map((name) => {
    const perMille = contactShares[name];
    return perMille === undefined ? Infinity : share(perMille);
  });
  const domainLimit = share(domainShare);
  const usedByContact = CONTACT_CLASSES.map(() => 0);
  const usedByDomain = new Float64Array(book.domainNames.length);
  const contactKeys = new Map<ContactClass, Digest>();
  const domainKeys = new Map<string, Digest>();
  for (const row of byKey) {
    const places = book.places.values[row]!;
    const domain = book.domains.values[row]!;
    if (domain >= 0) {
      usedByDomain[domain]! += places;
      if (usedByDomain[domain]! > domainLimit) {
        const label = book.domainNames[domain]!;
        if (!domainKeys.has(label)) domainKeys.set(label, keyOf(row));
        turns[row] = BEYOND_SHARE;
        continue;
      }
    }
    const contact = book.contacts.values[row]!;
    const name = CONTACT_CLASSES[contact]!;
    usedByContact[contact]! += places;
    if (usedByContact[contact]! > limits[contact]!) {
      if (!contactKeys.has(name)) contactKeys.set(name, keyOf(row));
      turns[row] = BEYOND_SHARE;
    }
  }
  const capped = CONTACT_CLASSES.filter((name) => contactShares[name] !== undefined);
  return {
    contactCutoffs: Object.fromEntries(capped.map((name) => [name, contactKeys.get(name) ?? null])),
    domainCutoffs: Object.fromEntries([...domainKeys].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function byTurn(byKey: Uint32Array, turns: Uint8Array): Uint32Array {
  const rows = new Uint32Array(byKey.length);
  let at = 0;
  for (let turn = 1; turn <= BEYOND_SHARE; turn++) {
    for (const row of byKey) if (turns[row] === turn) rows[at++] = row;
  }
  return rows;
}
