import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** Lengths in bytes. */
export const DIGEST_BYTES = 32;
const BLOCK_BYTES = 64;

/** Writes a digest of `message`, a text in UTF-8, to `out` at `at`. */
export type WriteDigest = (message: Uint8Array | string, out: Uint8Array, at: number) => void;

/** Writers of SHA-256 and of HMAC-SHA256 under a key; and of the former in hex. */
export interface DigestWriters {
  hex(message: string): string;
  sha256(): WriteDigest;
  hmac(key: Uint8Array): WriteDigest;
}

/** Runs everywhere. The state is reused, because allocating it costs more than hashing. */
export const NOBLE_WRITERS: DigestWriters = {
  hex: (message) => bytesToHex(sha256(utf8ToBytes(message))),
  sha256: () => writer(sha256.create()),
  hmac: (key) => writer(hmac.create(sha256, key)),
};

interface Hasher<T> {
  update(message: Uint8Array): T;
  digestInto(out: Uint8Array): void;
  _cloneInto(to?: T): T;
}
function writer<T extends Hasher<T>>(start: T): WriteDigest {
  const encoder = new TextEncoder();
  let state = start._cloneInto();
  return (message, out, at) => {
    state = start._cloneInto(state);
    state
      .update(typeof message === "string" ? encoder.encode(message) : message)
      .digestInto(out.subarray(at, at + DIGEST_BYTES));
  };
}

/** Node's `crypto.hash`. As text its digest needs no object of its own, which costs more than hashing. */
type Hash = (algorithm: string, message: Uint8Array | string, encoding: "binary" | "hex") => string;

export function nodeWriters(hash: Hash): DigestWriters {
  const write: WriteDigest = (message, out, at) => {
    const digest = hash("sha256", message, "binary");
    for (let byte = 0; byte < DIGEST_BYTES; byte++) out[at + byte] = digest.charCodeAt(byte);
  };
  return { hex: (message) => hash("sha256", message, "hex"), sha256: () => write, hmac: (key) => hmacOf(write, key) };
}

const [INNER, OUTER] = [0x36, 0x5c];

/** RFC 2104, by one digest of the message behind a block of the key and one of that digest behind another. */
function hmacOf(write: WriteDigest, key: Uint8Array): WriteDigest {
  const block = new Uint8Array(BLOCK_BYTES);
  if (key.length > BLOCK_BYTES) write(key, block, 0);
  else block.set(key);
  let inner = block.map((byte) => byte ^ INNER);
  const outer = new Uint8Array(BLOCK_BYTES + DIGEST_BYTES);
  outer.set(block.map((byte) => byte ^ OUTER));
  const encoder = new TextEncoder();
  return (message, out, at) => {
    const bytes = typeof message === "string" ? encoder.encode(message) : message;
    const length = BLOCK_BYTES + bytes.length;
    if (inner.length !== length) {
      const other = new Uint8Array(length);
      other.set(inner.subarray(0, BLOCK_BYTES));
      inner = other;
    }
    inner.set(bytes, BLOCK_BYTES);
    write(inner, outer, BLOCK_BYTES);
    write(outer, out, at);
  };
}
