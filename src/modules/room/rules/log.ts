import { DIGEST_BYTES, fromHex, sha256, sha256Writer, toHex, utf8 } from "#kernel/digest.ts";
import type { ClosedTick, HashText, Ticket } from "../types.ts";

/** RFC 6962: what is hashed as a leaf can never pass for a node. */
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The leaf of a ticket. Its id is keyed, so whoever knows a person's rank id cannot look her up in the log. */
export function ticketLeaf(ticket: Pick<Ticket, "id" | "persons" | "tick" | "ring">): HashText {
  return leafOf(`ticket\0${ticket.id}\0${ticket.persons[0]!}\0${ticket.tick}\0${ticket.ring ?? ""}`);
}

/** The leaf of a call that rings: written before anybody knows who calls. */
export function ringLeaf(ringId: string): HashText {
  return leafOf(`ring\0${ringId}`);
}

function leafOf(text: string): HashText {
  return toHex(sha256(LEAF, utf8(text))) as HashText;
}

/** Closes the tick after `before`: from here on its root says who is in it, and a ticket that is not is nobody's. */
export function closeTick(
  before: ClosedTick | undefined,
  arrivals: { readonly tickets: readonly HashText[]; readonly rings: readonly HashText[] },
): ClosedTick {
  const tick = before === undefined ? 0 : before.tick + 1;
  const [tickets, rings] = [arrivals.tickets.length, arrivals.rings.length];
  const root = rootOf([...arrivals.tickets, ...arrivals.rings]);
  const line = `${before?.head ?? ""}\0${tick}\0${tickets}\0${rings}\0${root}`;
  return { tick, tickets, rings, root, head: toHex(sha256(utf8(line))) as HashText };
}

/** The root over leaves in any order: they are put into the order of their hashes. */
export function rootOf(leaves: readonly HashText[]): HashText {
  return toHex(levelsOf(leaves).at(-1)!) as HashText;
}

export interface Proof {
  readonly index: number;
  /** The hashes beside the leaf's way to the root, from below. */
  readonly beside: readonly HashText[];
}

/** Undefined when the leaf is not among them. */
export function proofOf(leaves: readonly HashText[], leaf: HashText): Proof | undefined {
  const index = [...leaves].sort().indexOf(leaf);
  if (index < 0) return undefined;
  const beside: HashText[] = [];
  let at = index;
  for (const level of levelsOf(leaves).slice(0, -1)) {
    const other = at ^ 1;
    if (other * DIGEST_BYTES < level.length) beside.push(toHex(hashAt(level, other)) as HashText);
    at >>= 1;
  }
  return { index, beside };
}

/** Whether the leaf stands in a closed tick, from public values and the holder's own proof. */
export function provesLeaf(leaf: HashText, proof: Proof, closed: ClosedTick): boolean {
  let [at, last] = [proof.index, closed.tickets + closed.rings - 1];
  if (!Number.isSafeInteger(at) || at < 0 || at > last) return false;
  let hash: Uint8Array = fromHex(leaf);
  const beside = [...proof.beside];
  for (; last > 0; at >>= 1, last >>= 1) {
    // The last of an odd row has nobody beside it and goes up as it is.
    if (at === last && at % 2 === 0) continue;
    const other = beside.shift();
    if (other === undefined) return false;
    hash = at % 2 === 0 ? sha256(NODE, hash, fromHex(other)) : sha256(NODE, fromHex(other), hash);
  }
  return beside.length === 0 && toHex(hash) === closed.root;
}

/** All rows of the tree, each packed into one array: the leaves first, the root last. */
function levelsOf(leaves: readonly HashText[]): Uint8Array[] {
  if (leaves.length === 0) return [sha256()];
  const packed = new Uint8Array(leaves.length * DIGEST_BYTES);
  [...leaves].sort().forEach((leaf, i) => packed.set(fromHex(leaf), i * DIGEST_BYTES));
  const levels: Uint8Array[] = [packed];
  while (levels.at(-1)!.length > DIGEST_BYTES) levels.push(rowAbove(levels.at(-1)!));
  return levels;
}

function rowAbove(row: Uint8Array): Uint8Array {
  const count = row.length / DIGEST_BYTES;
  const above = new Uint8Array(Math.ceil(count / 2) * DIGEST_BYTES);
  const write = sha256Writer();
  const pair = new Uint8Array(NODE.length + 2 * DIGEST_BYTES);
  pair.set(NODE);
  for (let i = 0; i + 1 < count; i += 2) {
    pair.set(row.subarray(i * DIGEST_BYTES, (i + 2) * DIGEST_BYTES), NODE.length);
    write(pair, above, (i / 2) * DIGEST_BYTES);
  }
  // The last of an odd row goes up as it is, which makes the same tree as the standard's.
  if (count % 2 === 1) above.set(hashAt(row, count - 1), above.length - DIGEST_BYTES);
  return above;
}

function hashAt(row: Uint8Array, index: number): Uint8Array {
  return row.subarray(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES);
}
