/**
 * Which entries belong together: those that share a contact, a device or a helper that few others have (fairness.md
 * 4.4.3). The rarer what they share, the more it says: bits = log2(entries / entries that have it).
 */

/** Entries of a quarter of the network. A smaller installation weighs as if it were so large: a number that sixty share says the same there. */
export const NETWORK_ENTRIES = 1_000_000;
/** Bits from which on entries are joined. A library's public computer stays below once 3,906 people used it. */
export const JOIN_BITS = 8;
/** Nodes of a group that a person can still judge; a larger one falls into its devices. */
export const MOST_NODES = 2_000;

/** What entries share, one column for each kind: a number for each entry, -1 for none. The first is what a group too large falls into. */
export interface SharedColumns {
  readonly entries: number;
  readonly device: Int32Array;
  readonly others: readonly Int32Array[];
}

export function bitsOf(having: number, entries: number): number {
  return Math.log2(Math.max(entries, NETWORK_ENTRIES) / having);
}

/** The group of each entry, as the number of one of its entries. */
export function groupEntries({ entries, device, others }: SharedColumns): Int32Array {
  const columns = [device, ...others];
  const rare = columns.map((column) => rareValues(column, entries));
  const parent = Int32Array.from({ length: entries }, (_, i) => i);
  columns.forEach((column, c) => joinEqual(parent, column, rare[c]!));

  const nodes = countNodes(parent, columns, rare);
  const large = new Uint8Array(entries);
  for (let i = 0; i < entries; i++) if (nodes[find(parent, i)]! > MOST_NODES) large[i] = 1;
  if (!large.includes(1)) return flat(parent);

  const byDevice = Int32Array.from(device, (value, i) => (large[i] === 1 ? value : -1));
  const rest = Int32Array.from(parent, (_, i) => (large[i] === 1 ? i : find(parent, i)));
  joinEqual(rest, byDevice, rare[0]!);
  // Without a device the first other thing holds together: a contact's own entries stay one group.
  const [first] = others;
  if (first) {
    const withoutDevice = Int32Array.from(first, (value, i) => (large[i] === 1 && device[i] === -1 ? value : -1));
    joinEqual(rest, withoutDevice, rare[1]!);
  }
  return flat(rest);
}

/** For each value of the column whether so few entries have it that it joins them. */
function rareValues(column: Int32Array, entries: number): Uint8Array {
  let most = -1;
  for (const value of column) if (value > most) most = value;
  const having = new Int32Array(most + 1);
  for (const value of column) if (value >= 0) having[value]!++;
  return Uint8Array.from(having, (count) => (count > 0 && bitsOf(count, entries) >= JOIN_BITS ? 1 : 0));
}

function joinEqual(parent: Int32Array, column: Int32Array, rare: Uint8Array): void {
  const first = new Int32Array(rare.length).fill(-1);
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!;
    if (value < 0 || rare[value] === 0) continue;
    if (first[value] === -1) first[value] = i;
    else join(parent, first[value]!, i);
  }
}

/** Nodes of each group, at its root: its entries, and what they share. */
function countNodes(parent: Int32Array, columns: readonly Int32Array[], rare: readonly Uint8Array[]): Int32Array {
  const nodes = new Int32Array(parent.length);
  for (let i = 0; i < parent.length; i++) nodes[find(parent, i)]!++;
  columns.forEach((column, c) => {
    const seen = new Uint8Array(rare[c]!.length);
    for (let i = 0; i < column.length; i++) {
      const value = column[i]!;
      if (value < 0 || rare[c]![value] === 0 || seen[value] === 1) continue;
      seen[value] = 1;
      nodes[find(parent, i)]!++;
    }
  });
  return nodes;
}

function join(parent: Int32Array, a: number, b: number): void {
  const [left, right] = [find(parent, a), find(parent, b)];
  // The lower number leads, so that the same entries in the same order are the same groups.
  if (left < right) parent[right] = left;
  else parent[left] = right;
}

function find(parent: Int32Array, of: number): number {
  let at = of;
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]!]!;
    at = parent[at]!;
  }
  return at;
}

function flat(parent: Int32Array): Int32Array {
  return Int32Array.from(parent, (_, i) => find(parent, i));
}
