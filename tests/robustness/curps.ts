const CONSONANTS = "BCDFGHJKLMNPQRSTVWXYZ";
const ALPHABET = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";

/** A CURP of nobody, with the right check digit: each number is another. */
export function aCurp(number: number): string {
  const letter = (place: number) => CONSONANTS[Math.floor(number / 21 ** place) % 21]!;
  const head = `X${"AEIOU"[Math.floor(number / 92_610) % 5]}XX900517MNE${letter(0)}${letter(1)}${letter(2)}${Math.floor(number / 9_261) % 10}`;
  const sum = [...head].reduce((total, character, i) => total + ALPHABET.indexOf(character) * (18 - i), 0);
  return `${head}${(10 - (sum % 10)) % 10}`;
}
