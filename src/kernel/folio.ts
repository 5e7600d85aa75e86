import type { Folio } from "./ids.ts";

/** Crockford's base 32: no I, L, O or U, so that a folio survives being read out and written down. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** 12 characters of 5 bits: the 60 random bits that make guessing hopeless (hardening 18). */
const CONTENT_LENGTH = 12;
/** A prime above 32 would need extra symbols; weights mod 31 catch every single slip and every swap of neighbours but Z's. */
const CHECK_MODULUS = 31;

/** Makes a folio of 60 random bits. `bytes` must hold at least 12 random bytes; five bits of each are used. */
export function folioFrom(bytes: Uint8Array): Folio {
  if (bytes.length < CONTENT_LENGTH) throw new Error("a folio needs 12 random bytes");
  let content = "";
  for (let i = 0; i < CONTENT_LENGTH; i++) content += ALPHABET[bytes[i]! & 31];
  return (content + checkCharacter(content)) as Folio;
}

/** Reads a folio as people type it: spaces, dashes, small letters, O for 0 and I or L for 1 are forgiven. */
export function parseFolio(typed: string): Folio | undefined {
  if (typed.length > 40) return undefined;
  const plain = typed
    .toUpperCase()
    .replace(/[\s\-.·–—]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
  if (!/^[0-9A-HJKMNP-TV-Z]{13}$/.test(plain)) return undefined;
  return checkCharacter(plain.slice(0, CONTENT_LENGTH)) === plain[CONTENT_LENGTH] ? (plain as Folio) : undefined;
}

/** `7K3M-9QXA-2B4CD`: groups that can be read out. */
export function formatFolio(folio: Folio): string {
  return `${folio.slice(0, 4)}-${folio.slice(4, 8)}-${folio.slice(8)}`;
}

/** The last four characters: enough to recognise a message by, useless to open anything. */
export function folioTail(folio: Folio): string {
  return folio.slice(-4);
}

function checkCharacter(content: string): string {
  let sum = 0;
  for (let i = 0; i < content.length; i++) sum += ALPHABET.indexOf(content[i]!) * (i + 2);
  return ALPHABET[sum % CHECK_MODULUS]!;
}
