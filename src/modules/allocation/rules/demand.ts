import { regimeKey, type AlikeEntries } from "./regime.ts";
import { shownOf } from "./shares.ts";

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

/** The rows that staff may see: none of fewer than ten entries, and none that the published total gives away (hardening.md 3 and 21). */
export function visibleDemand(rows: readonly OfficeDemand[]): OfficeDemand[] {
  const groups = [...new Set(rows.map((row) => row.group))];
  const shown = groups.map((group) =>
    shownOf(
      rows.filter((row) => row.group === group),
      ({ entries }) => [entries],
      ({ entries }) => entries,
    ),
  );
  return rows.filter((row) => shown.some((own) => own.has(row)));
}
