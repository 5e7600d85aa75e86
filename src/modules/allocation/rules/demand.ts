import { SMALLEST_COUNT } from "./counts.ts";
import { regimeKey, type AlikeEntries } from "./regime.ts";

/** How many asked first for one office, by service group. */
export interface OfficeDemand {
  readonly office: string;
  readonly group: string;
  readonly entries: number;
  readonly people: number;
}

/** Entries by the first office of their first wish, as the manifest counts them, for each group that they need. */
export function demandByOffice(
  alike: Iterable<AlikeEntries & { readonly people: number }>,
  isGroup: (name: string) => boolean,
): OfficeDemand[] {
  const found = new Map<string, OfficeDemand>();
  for (const { option, need, entries, people } of alike) {
    const office = option.offices[0]!;
    for (const group of Object.keys(need).filter(isGroup)) {
      const key = regimeKey(office, group);
      const before = found.get(key) ?? { office, group, entries: 0, people: 0 };
      found.set(key, { ...before, entries: before.entries + entries, people: before.people + people });
    }
  }
  return [...found.values()];
}

/**
 * The rows that staff may see: none of fewer than ten entries (hardening.md 3 and 21). The total over all offices is
 * published, so where one office of a group is hidden alone, the smallest of the others goes with it.
 */
export function visibleDemand(rows: readonly OfficeDemand[]): OfficeDemand[] {
  const shown = new Set(rows.filter(({ entries }) => entries >= SMALLEST_COUNT));
  for (const group of new Set(rows.map((row) => row.group))) {
    const own = rows.filter((row) => row.group === group);
    const visible = own.filter((row) => shown.has(row));
    if (own.length - visible.length !== 1 || visible.length === 0) continue;
    shown.delete(visible.reduce((least, row) => (row.entries < least.entries ? row : least)));
  }
  return rows.filter((row) => shown.has(row));
}
