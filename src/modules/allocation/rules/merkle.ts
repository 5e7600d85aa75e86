import { DIGEST_BYTES, fromHex, sha256, sha256Writer, toHex } from "#kernel/digest.ts";
import type { Digest, InclusionProof } from "../types.ts";

/** RFC 6962: an inner node's first byte. */
const NODE_PREFIX = Uint8Array.of(1);

/**
 * Merkle tree hash of RFC 6962 over leaf hashes laid end to end, in the order given. Level by level: an
 * odd last node goes up unchanged, which is the same tree as the standard's split at a power of two.
 */
export function merkleRoot(leaves: Uint8Array): Digest {
  let level: Uint8Array = leaves;
  let count = level.length / DIGEST_BYTES;
  if (count === 0) return toHex(sha256()) as Digest;
  const write = sha256Writer();
  while (count > 1) {
    const next = new Uint8Array(Math.ceil(count / 2) * DIGEST_BYTES);
    fillParents(level, count, next, write);
    level = next;
    count = Math.ceil(count / 2);
  }
  return toHex(level.subarray(0, DIGEST_BYTES)) as Digest;
}

/** The siblings that prove leaf `index`, from the bottom. */
export function inclusionProof(leaves: Uint8Array, index: number): InclusionProof {
  const total = leaves.length / DIGEST_BYTES;
  if (!Number.isSafeInteger(index) || index < 0 || index >= total) throw new RangeError("There is no such leaf.");
  const path: Digest[] = [];
  const write = sha256Writer();
  let level: Uint8Array = leaves;
  for (let count = total, at = index; count > 1; count = Math.ceil(count / 2), at >>>= 1) {
    const sibling = at ^ 1;
    if (sibling < count) path.push(toHex(nodeAt(level, sibling)) as Digest);
    const next = new Uint8Array(Math.ceil(count / 2) * DIGEST_BYTES);
    fillParents(level, count, next, write);
    level = next;
  }
  return { index, count: total, path };
}

/** The root that leaf and proof lead to (RFC 9162, 2.1.3.2); undefined when the proof has the wrong shape. */
export function rootFromProof(leaf: Digest, { index, count, path }: InclusionProof): Digest | undefined {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(count) || index < 0 || index >= count) return undefined;
  let at = index;
  let last = count - 1;
  let node: Uint8Array = fromHex(leaf);
  for (const sibling of path) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      node = sha256(NODE_PREFIX, fromHex(sibling), node);
      while (at % 2 === 0 && at !== 0) {
        at = at / 2;
        last = Math.floor(last / 2);
      }
    } else {
      node = sha256(NODE_PREFIX, node, fromHex(sibling));
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? (toHex(node) as Digest) : undefined;
}

function fillParents(
  level: Uint8Array,
  count: number,
  parents: Uint8Array,
  write: ReturnType<typeof sha256Writer>,
): void {
  const pair = new Uint8Array(NODE_PREFIX.length + 2 * DIGEST_BYTES);
  pair.set(NODE_PREFIX);
  for (let at = 0; at + 1 < count; at += 2) {
    pair.set(level.subarray(at * DIGEST_BYTES, (at + 2) * DIGEST_BYTES), NODE_PREFIX.length);
    write(pair, parents, (at / 2) * DIGEST_BYTES);
  }
  if (count % 2 === 1) parents.set(nodeAt(level, count - 1), parents.length - DIGEST_BYTES);
}

function nodeAt(level: Uint8Array, at: number): Uint8Array {
  return level.subarray(at * DIGEST_BYTES, (at + 1) * DIGEST_BYTES);
}
