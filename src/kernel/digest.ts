import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as sha256Of } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";

/** Lengths in bytes. */
export const DIGEST_BYTES = 32;

export const toHex = bytesToHex;
export const fromHex = hexToBytes;
export const utf8 = utf8ToBytes;
export const joinBytes = concatBytes;

/** SHA-256 of the parts one after the other; the same code in a browser and on a server. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = sha256Of.create();
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  return hmac(sha256Of, key, message);
}

/** Writes a digest of `message` to `out` at `at`. */
export type WriteDigest = (message: Uint8Array, out: Uint8Array, at: number) => void;

/** SHA-256 for millions of short messages: the state is reused, because allocating it costs more than hashing. */
export function sha256Writer(): WriteDigest {
  return writer(sha256Of.create());
}

/** HMAC-SHA256 under one key for millions of short messages. */
export function hmacWriter(key: Uint8Array): WriteDigest {
  return writer(hmac.create(sha256Of, key));
}

interface Hasher<T> {
  update(message: Uint8Array): T;
  digestInto(out: Uint8Array): void;
  _cloneInto(to?: T): T;
}
function writer<T extends Hasher<T>>(start: T): WriteDigest {
  let state = start._cloneInto();
  return (message, out, at) => {
    state = start._cloneInto(state);
    state.update(message).digestInto(out.subarray(at, at + DIGEST_BYTES));
  };
}

export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** Undefined unless the text is exactly the base64 of some bytes: no spaces, no loose bits, padding in place. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return toBase64(bytes) === text ? bytes : undefined;
}
