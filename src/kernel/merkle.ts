import { DIGEST_BYTES, fromHex, sha256, sha256Writer, toHex } from "./digest.ts";

/** RFC 6962: the first byte of what is hashed, so that a leaf can never pass for an inner node. */
export const LEAF_PREFIX = Uint8Array.of(0);
const NODE_PREFIX = Uint8Array.of(1);

/** A leaf's way up to the root: `index` of `count`, the siblings from the bottom. Hashes are lower-case hex. */
export interface InclusionProof<Hex extends string> {
  readonly index: number;
  readonly count: number;
  readonly path: readonly Hex[];
}

/**
 * Merkle tree hash of RFC 6962 over leaf hashes laid end to end, in the order given. Level by level: an
 * odd last node goes up unchanged, which is the same tree as the standard's split at a power of two.
 */
export function merkleRoot<Hex extends string>(leaves: Uint8Array): Hex {
  let top = leaves;
  for (const level of levelsAbove(leaves)) top = level;
  return toHex(top.length === 0 ? sha256() : top) as Hex;
}

/** Every level of that tree, the leaves first: twice their bytes, for whoever proves many of them. */
export function merkleLevels(leaves: Uint8Array): Uint8Array[] {
  return [leaves, ...levelsAbove(leaves)];
}

/** The siblings that prove leaf `index`, from the bottom. */
export function inclusionProof<Hex extends string>(levels: readonly Uint8Array[], index: number): InclusionProof<Hex> {
  const count = levels[0]!.length / DIGEST_BYTES;
  if (!Number.isSafeInteger(index) || index < 0 || index >= count) throw new RangeError("There is no such leaf.");
  const path: Hex[] = [];
  let at = index;
  for (const level of levels.slice(0, -1)) {
    const sibling = nodeAt(level, at ^ 1);
    if (sibling.length > 0) path.push(toHex(sibling) as Hex);
    at >>>= 1;
  }
  return { index, count, path };
}

function* levelsAbove(leaves: Uint8Array): Generator<Uint8Array> {
  const write = sha256Writer();
  let level = leaves;
  for (let count = leaves.length / DIGEST_BYTES; count > 1;) {
    const next = new Uint8Array(Math.ceil(count / 2) * DIGEST_BYTES);
    fillParents(level, count, next, write);
    yield next;
    level = next;
    count = Math.ceil(count / 2);
  }
}

/** The root that leaf and proof lead to (RFC 9162, 2.1.3.2); undefined when the proof has the wrong shape. */
export function rootFromProof<Hex extends string>(
  leaf: Hex,
  { index, count, path }: InclusionProof<Hex>,
): Hex | undefined {
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
  return last === 0 ? (toHex(node) as Hex) : undefined;
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
