import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as sha256Of } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { NOBLE_WRITERS, nodeWriters, type WriteDigest } from "./digest-writers.ts";

export { DIGEST_BYTES, type WriteDigest } from "./digest-writers.ts";

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

/** SHA-256 for millions of short messages. */
export const sha256Writer = (): WriteDigest => writers.sha256();

/** SHA-256 of a text in hex, for the same. */
export const sha256Hex = (message: string): string => writers.hex(message);

/** HMAC-SHA256 under one key for millions of short messages. */
export const hmacWriter = (key: Uint8Array): WriteDigest => writers.hmac(key);

/** A draw hashes several million short messages: Node's own takes a fifth of the time. A browser has none that answers at once. */
const node = (globalThis as { process?: Partial<NodeJS.Process> }).process?.getBuiltinModule?.("node:crypto");
const writers = node ? nodeWriters(node.hash) : NOBLE_WRITERS;

export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** Undefined unless the text is exactly the base64 of some bytes: no spaces, no loose bits, padding in place. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return toBase64(bytes) === text ? bytes : undefined;
}
