import { DIGEST_BYTES, fromHex, sha256, toHex, utf8 } from "#kernel/digest.ts";
import {
  inclusionProof,
  LEAF_PREFIX,
  merkleLevels,
  merkleRoot,
  rootFromProof,
  type InclusionProof,
} from "#kernel/merkle.ts";
import type { ClosedTick, HashText, Ticket } from "../types.ts";

/** The leaf of a ticket. Its id is keyed, so whoever knows a person's rank id cannot look her up in the log. */
export function ticketLeaf(ticket: Pick<Ticket, "id" | "persons" | "tick" | "ring">): HashText {
  return leafOf(`ticket\0${ticket.id}\0${ticket.persons[0]!}\0${ticket.tick}\0${ticket.ring ?? ""}`);
}

/** The leaf of a call that rings: written before anybody knows who calls. */
export function ringLeaf(ringId: string): HashText {
  return leafOf(`ring\0${ringId}`);
}

function leafOf(text: string): HashText {
  return toHex(sha256(LEAF_PREFIX, utf8(text))) as HashText;
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
  return merkleRoot(packed(leaves));
}

/** Undefined when the leaf is not among them. */
export function proofOf(leaves: readonly HashText[], leaf: HashText): InclusionProof<HashText> | undefined {
  const index = [...leaves].sort().indexOf(leaf);
  return index < 0 ? undefined : inclusionProof(merkleLevels(packed(leaves)), index);
}

/** Whether the leaf stands in a closed tick, from public values and the holder's own proof. */
export function provesLeaf(leaf: HashText, proof: InclusionProof<HashText>, closed: ClosedTick): boolean {
  return proof.count === closed.tickets + closed.rings && rootFromProof(leaf, proof) === closed.root;
}

function packed(leaves: readonly HashText[]): Uint8Array {
  const bytes = new Uint8Array(leaves.length * DIGEST_BYTES);
  [...leaves].sort().forEach((leaf, i) => bytes.set(fromHex(leaf), i * DIGEST_BYTES));
  return bytes;
}
