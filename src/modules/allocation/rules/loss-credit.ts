import type { LocalDate } from "#kernel/ids.ts";
import { weekdayOf } from "#kernel/time.ts";
import type { Cell, Option, Policy, Tier } from "../types.ts";
import { lossesAfter, tierOfMember, tierOfParty, type Losses } from "./tiers.ts";

/** Part of a day on which an office gave places for what a party needs. */
export interface OfferedCell extends Pick<Cell, "date" | "band"> {
  /** Its bit in `Option.weekdays`: read once, for a draw has thousands of cells and a lock thousands of lists. */
  readonly weekday: number;
}

export function offeredCell(date: string, band: number): OfferedCell {
  return { date, band, weekday: 1 << (weekdayOf(date as LocalDate) - 1) };
}

/**
 * Whether a list was as broad as what there was (people.md 10): its last wish takes whatever the offices that it names,
 * and those `near` the first of them, offered on the weekdays on which the party can come. "Every Saturday" is broad;
 * "ten good hours" is not, nor is a list with which nothing could be won.
 */
export function isBroad(
  options: readonly Option[],
  offeredAt: (office: string) => readonly OfferedCell[],
  near: (office: string) => readonly string[],
): boolean {
  const [first, last] = [options[0], options.at(-1)];
  if (!first || !last) return false;
  const reach = new Set([...options.flatMap((option) => option.offices), ...near(first.offices[0]!)]);
  const weekdays = options.reduce((mask, option) => mask | option.weekdays, 0);
  let any = false;
  for (const office of reach) {
    const theirs = offeredAt(office).filter(({ weekday }) => (weekdays & weekday) !== 0);
    if (theirs.length > 0 && !last.offices.includes(office)) return false;
    if (!theirs.every((cell) => takes(last, cell))) return false;
    any ||= theirs.length > 0;
  }
  return any;
}

function takes({ from, to, weekdays, bands }: Option, { date, band, weekday }: OfferedCell): boolean {
  return from <= date && date <= to && (weekdays & weekday) !== 0 && (bands & (1 << band)) !== 0;
}

/** What became of one person's request in one draw. */
export interface PastDraw {
  readonly offered: boolean;
  /** Looked at only where nothing was offered. */
  readonly broad: () => boolean;
}

/** Draws lost in a row, from the draws of one person, the latest first. It stops as soon as there are enough. */
export function lossesOf(past: readonly PastDraw[], enough: number): Losses {
  let losses: Losses = { inARow: 0 };
  for (const { offered, broad } of past) {
    if (offered || losses.inARow >= enough) return losses;
    losses = lossesAfter(losses, { broad: broad(), offered });
  }
  return losses;
}

/**
 * The tier of a party with what its people have lost. A member counts with her own losses; what she claimed herself is
 * not known here, so that of an ordinary party only losses lift anybody.
 */
export function tierWithCredit(tier: Tier, people: number, lossesOfEach: readonly Losses[], policy: Policy): Tier {
  if (tier !== 3) return tier;
  const members = Array.from({ length: people }, (_, i) => tierOfMember(3, lossesOfEach[i] ?? { inARow: 0 }, policy));
  return tierOfParty(members);
}
