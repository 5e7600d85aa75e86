/** Longest text that is looked at: what one message of the app may hold. The rest is of no use to any question. */
const MOST_LETTERS = 4_096;

/** A text as it is compared: small letters, no accents, no signs that say nothing, one space between words. */
export function plain(typed: string): string {
  return typed
    .slice(0, MOST_LETTERS)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}/.,;\n -]/gu, " ")
    .replace(/[ \t]+/g, " ")
    .trim();
}
