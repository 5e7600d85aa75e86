import { addDays } from "../parts/format.ts";

/** Days after its end until a month of counts stands (decision 0050); the server refuses an earlier one. */
const STANDS_AFTER_DAYS = 31;
/** Months that are offered: two years back. */
const MONTHS_OFFERED = 24;

export type ReleaseStep = "sign" | "wait" | "take" | "answer";

/** What is left to do with a release for whoever looks; the server decides. */
export function stepOf(one: {
  readonly kind: "counts" | "disclosure";
  readonly signed: number;
  readonly mine: boolean;
}): ReleaseStep {
  if (one.signed >= 2) return one.kind === "counts" ? "take" : "answer";
  return one.mine ? "wait" : "sign";
}

/** Months that stand on `today`, as `2026-09`, the newest first. */
export function monthsThatStand(today: string): string[] {
  const from = addDays(today, -STANDS_AFTER_DAYS);
  const newest = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 2;
  return Array.from({ length: MONTHS_OFFERED }, (_, back) => {
    const month = newest - back;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
  });
}
