/** How alike two words are, and how a surname sounds: what slips of the pen, of the ear and of the keyboard leave. */

/** Jaro and Winkler, 0 to 1: letters in common, nearly in place, and the beginning counts more. */
export function jaroWinkler(one: string, other: string): number {
  if (one === other) return 1;
  // Which letter pairs with which depends on who is read first, so the order is always the same.
  const [a, b] = one < other ? [one, other] : [other, one];
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Uint8Array(b.length);
  const common: string[] = [];
  for (let i = 0; i < a.length; i++) {
    const to = Math.min(b.length, i + reach + 1);
    for (let j = Math.max(0, i - reach); j < to; j++) {
      if (taken[j] || a[i] !== b[j]) continue;
      taken[j] = 1;
      common.push(a[i]!);
      break;
    }
  }
  if (common.length === 0) return 0;
  let moved = 0;
  let k = 0;
  for (let j = 0; j < b.length; j++) if (taken[j] && b[j] !== common[k++]) moved++;
  const m = common.length;
  const jaro = (m / a.length + m / b.length + (m - moved / 2) / m) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}

/** Damerau and Levenshtein: letters put in, left out, changed, or two neighbours changed about. */
export function damerau(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}

/** Letters that Spanish as it is spoken in Mexico does not tell apart. Order matters: digraphs first. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/[^A-Z]/g, ""],
  [/PH/g, "F"],
  [/QU(?=[EI])/g, "K"],
  [/GU(?=[EI])/g, "G"],
  [/CH/g, "#"],
  [/H/g, ""],
  [/LL/g, "Y"],
  [/C(?=[EI])/g, "S"],
  [/[GX](?=[EI])/g, "J"],
  [/[CQ]/g, "K"],
  [/[ZX]/g, "S"],
  [/V/g, "B"],
  [/W/g, "U"],
  [/Y(?=[AEIOU])/g, "L"],
  [/Y/g, "I"],
];
const CONSONANTS: Readonly<Record<string, string>> = {
  B: "1", F: "1", P: "1",
  K: "2", G: "2", J: "2", S: "2", "#": "2",
  D: "3", T: "3",
  L: "4",
  M: "5", N: "5",
  R: "6",
}; // prettier-ignore
const SOUND_LENGTH = 4;

/** A surname as it sounds, four characters: its first sound and its next consonants by where they are spoken. */
export function soundexEs(surname: string): string {
  const sounds = SOUNDS.reduce((text, [letters, sound]) => text.replace(letters, sound), surname.split(" ")[0]!);
  let code = sounds.slice(0, 1);
  let last = CONSONANTS[code];
  for (const letter of sounds.slice(1)) {
    const consonant = CONSONANTS[letter];
    if (consonant !== undefined && consonant !== last) code += consonant;
    last = consonant;
    if (code.length === SOUND_LENGTH) break;
  }
  return code.padEnd(SOUND_LENGTH, "0");
}

export type DateLikeness = "equal" | "swapped" | "digit" | "other";

/** How two dates (`YYYY-MM-DD`) may be one: equal, day and month changed about, or one digit of them another. */
export function dateLikeness(a: string, b: string): DateLikeness {
  if (a === b) return "equal";
  const [year, month, day] = a.split("-");
  if (b === `${year}-${day}-${month}`) return "swapped";
  let differing = 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) differing++;
  return a.length === b.length && differing === 1 ? "digit" : "other";
}
