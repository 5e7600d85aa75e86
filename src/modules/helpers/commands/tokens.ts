import { createHash } from "node:crypto";
import { randomBytes } from "#platform/random.ts";

const TOKEN_BYTES = 32;
/** Bits of a code that somebody types: 100, five for each of its twenty letters. */
const CODE_LETTERS = 20;
/** Crockford's alphabet: no letter is taken for another. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A secret to give away and what is kept of it: nobody who reads the table can use it. */
export function newToken(): { token: string; tokenDigest: Buffer } {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  return { token, tokenDigest: digestOf(token) };
}

/** A code in groups of four, for a paper. */
export function newCode(): { code: string; codeDigest: Buffer } {
  const letters = Array.from(randomBytes(CODE_LETTERS), (byte) => ALPHABET[byte % ALPHABET.length]!).join("");
  return { code: letters.replace(/(.{4})(?=.)/g, "$1-"), codeDigest: digestOf(letters) };
}

/** The digest of a code as it was typed: small letters, blanks and look-alikes are forgiven. */
export function digestOfCode(typed: string): Buffer {
  const letters = typed.toUpperCase().replace(/[^0-9A-Z]/g, "");
  return digestOf(letters.replace(/O/g, "0").replace(/[IL]/g, "1"));
}

export function digestOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
