import type { DrawHead, DrawMonitor, RegimeRow } from "../api/types.ts";

/** Asked for divided by what there is, `1.25`; a dash where it cannot be told. */
export function perPlace(asked: number | null, places: number | null): string {
  return asked === null || places === null || places === 0 ? "–" : (asked / places).toFixed(2);
}

/** First rounds, the latest first: a second round is opened from its first. */
export function firstRounds(draws: readonly DrawHead[]): DrawHead[] {
  return draws
    .filter((draw) => draw.follows === null)
    .sort((a, b) => (a.opensAt === b.opensAt ? 0 : a.opensAt < b.opensAt ? 1 : -1));
}

/** What is shown first: the latest that has something to tell, otherwise the one that is open. */
export function firstShown(draws: readonly DrawHead[]): string | undefined {
  const rounds = firstRounds(draws).filter(({ kind }) => kind !== "daily");
  return (rounds.find(({ state }) => state === "locked" || state === "drawn") ?? rounds[0] ?? draws[0])?.id;
}

/** One line for each office, group and day, as one list of days for each office and group. */
export function daysByOffice(
  days: DrawMonitor["days"],
): { officeId: string; serviceGroup: string; days: DrawMonitor["days"] }[] {
  const found = new Map<string, DrawMonitor["days"]>();
  for (const day of days) {
    const key = `${day.officeId} ${day.serviceGroup}`;
    found.set(key, [...(found.get(key) ?? []), day]);
  }
  return [...found.values()].map((own) => ({
    officeId: own[0]!.officeId,
    serviceGroup: own[0]!.serviceGroup,
    days: own,
  }));
}

/** Asked for so much of what there is, or more, and a row is worth a look. */
const WORTH_A_LOOK = 0.8;

/** Rows that somebody should look at first: drawn, decided by people, or nearly full; the others wait behind a line. */
export function sortRegimes(rows: readonly RegimeRow[]): { first: RegimeRow[]; others: RegimeRow[] } {
  const ratio = (row: RegimeRow): number => row.measures[0]?.ratio ?? 0;
  const isFirst = (row: RegimeRow): boolean =>
    row.regime === "draw" || row.decidedBy !== "measure" || ratio(row) > WORTH_A_LOOK;
  const byRatio = [...rows].sort((a, b) => ratio(b) - ratio(a));
  return { first: byRatio.filter(isFirst), others: byRatio.filter((row) => !isFirst(row)) };
}
