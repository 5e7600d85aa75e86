import type { Policy, Tier } from "../types.ts";
import { COMPANIONS } from "./policy.ts";

/**
 * The tier a party may claim: the best tier that enough of its members have, when each carries
 * herself and two companions. A neighbour's baby does not lift five adults.
 */
export function tierOfParty(members: readonly Tier[]): Tier {
  for (const tier of [1, 2] as const) {
    const holders = members.filter((member) => member <= tier).length;
    if (holders > 0 && holders * (1 + COMPANIONS) >= members.length) return tier;
  }
  return 3;
}

export interface Losses {
  /** Draws in a row with a broad list and no offer, per person. */
  readonly inARow: number;
}

/** A member's tier after the loss credit; without the credit it is what her dates and declarations give. */
export function tierOfMember(claimed: Tier, { inARow }: Losses, { lossCredit }: Policy): Tier {
  return lossCredit.enabled && inARow >= lossCredit.losses && claimed === 3 ? 2 : claimed;
}

/**
 * Losses after a draw: one more for a broad list that got nothing, unchanged for a narrow one, none
 * after any offer. An offer uses up the credit of every member of the party.
 */
export function lossesAfter(before: Losses, list: { broad: boolean; offered: boolean }): Losses {
  if (list.offered) return { inARow: 0 };
  return list.broad ? { inARow: before.inARow + 1 } : before;
}
