/** Flat storage for a number of rows that nobody knows beforehand. */
export interface Column<T extends Uint8Array | Uint16Array | Uint32Array | Int32Array> {
  values: T;
  length: number;
}

type Flat = Uint8Array | Uint16Array | Uint32Array | Int32Array;

const FIRST_ROWS = 64;

export function column<T extends Flat>(make: (length: number) => T): Column<T> {
  return { values: make(FIRST_ROWS), length: 0 };
}

/** Room for `more` values at the end; gives where they begin. */
export function extend<T extends Flat>(into: Column<T>, more: number): number {
  const at = into.length;
  const needed = at + more;
  if (needed > into.values.length) {
    // Half as much again: doubling would hold up to three times the rows while it copies.
    const length = Math.max(needed, Math.ceil(into.values.length * 1.5));
    const larger = new (into.values.constructor as new (length: number) => T)(length);
    larger.set(into.values);
    into.values = larger;
  }
  into.length = needed;
  return at;
}

export function push<T extends Flat>(into: Column<T>, value: number): void {
  const at = extend(into, 1);
  into.values[at] = value;
}

const HALF = 1 << 16;
/** Below this, counting 65,536 halves costs more than comparing. */
const FEW_ROWS = 4096;

/**
 * Row numbers 0 … rows-1 in ascending order of big-endian words, `width` to a row. Two passes over
 * the first word's halves sort nearly everything; the few rows that share it are compared in full.
 */
export function sortByWords(words: Uint32Array, width: number, rows: number): Uint32Array {
  const compare = (a: number, b: number): number => compareWords(words, a * width, words, b * width, width);
  let from = Uint32Array.from({ length: rows }, (_, row) => row);
  if (rows < FEW_ROWS) return from.sort(compare);
  let to = new Uint32Array(rows);
  for (const shift of [0, 16]) {
    const starts = new Uint32Array(HALF + 1);
    for (let row = 0; row < rows; row++) starts[((words[row * width]! >>> shift) & (HALF - 1)) + 1]!++;
    for (let half = 0; half < HALF; half++) starts[half + 1]! += starts[half]!;
    for (let at = 0; at < rows; at++) {
      const row = from[at]!;
      to[starts[(words[row * width]! >>> shift) & (HALF - 1)]!++] = row;
    }
    [from, to] = [to, from];
  }
  for (let start = 0; start < rows;) {
    let end = start + 1;
    while (end < rows && words[from[end]! * width] === words[from[start]! * width]) end++;
    if (end - start > 1) from.subarray(start, end).sort(compare);
    start = end;
  }
  return from;
}

export function compareWords(a: Uint32Array, atA: number, b: Uint32Array, atB: number, width: number): number {
  for (let word = 0; word < width; word++) {
    const difference = a[atA + word]! - b[atB + word]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Of lower-case digits, eight to a word. */
export function writeHexWords(hex: string, into: Uint32Array, at: number): void {
  for (let word = 0; word * 8 < hex.length; word++) {
    let value = 0;
    for (let digit = word * 8; digit < word * 8 + 8; digit++) value = (value << 4) | hexDigit(hex.charCodeAt(digit));
    into[at + word] = value;
  }
}

function hexDigit(code: number): number {
  return code < LETTER_A ? code - DIGIT_0 : code - LETTER_A + 10;
}
const [DIGIT_0, LETTER_A] = ["0".charCodeAt(0), "a".charCodeAt(0)] as const;

export function wordsToHex(words: Uint32Array, at: number, width: number): string {
  let hex = "";
  for (let word = at; word < at + width; word++)
    hex += hexOfHalf(words[word]! >>> 16) + hexOfHalf(words[word]! & 0xffff);
  return hex;
}

/** Every number of 16 bits in four digits, made when first needed: millions of keys are written out. */
const halves: string[] = [];
function hexOfHalf(half: number): string {
  if (halves.length === 0) {
    for (let each = 0; each < HALF; each++) halves.push(each.toString(16).padStart(4, "0"));
  }
  return halves[half]!;
}

export function wordsFromBytes(bytes: Uint8Array, into: Uint32Array, at: number): void {
  for (let byte = 0; byte < bytes.length; byte += 4) {
    into[at + byte / 4] =
      ((bytes[byte]! << 24) | (bytes[byte + 1]! << 16) | (bytes[byte + 2]! << 8) | bytes[byte + 3]!) >>> 0;
  }
}

export function bytesFromWords(words: Uint32Array, at: number, width: number, into: Uint8Array): void {
  for (let word = 0; word < width; word++) {
    const value = words[at + word]!;
    into[word * 4] = value >>> 24;
    into[word * 4 + 1] = value >>> 16;
    into[word * 4 + 2] = value >>> 8;
    into[word * 4 + 3] = value;
  }
}
