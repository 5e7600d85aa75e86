import { COMPETITIVE_ORDER_CENTS, NOTICEABLE, OWN_EFFORT } from "../parameters.ts";
import { type Attack, type Beliefs, type Household, type Release } from "../types.ts";

/** Most that a family pays for each place that is there to be had now. */
export function paysAtMost({ naive, worthCents, channel }: Household, beliefs: Beliefs): number {
  return naive ? worthCents : worthCents * (1 - OWN_EFFORT * beliefs.alone[channel]);
}

/**
 * A family orders beforehand, to be paid on delivery, if it believes that the seller does better
 * than it would itself, and the difference is worth the price. Naive families ask no odds.
 */
export function ordersFrom(household: Household, price: number, beliefs: Beliefs): boolean {
  if (!household.reachable) return false;
  if (household.naive) return price <= household.worthCents;
  const { alone, withSeller } = beliefs;
  const own = alone[household.channel];
  if (withSeller < own + NOTICEABLE) return false;
  return household.worthCents * (withSeller - OWN_EFFORT * own) >= withSeller * price;
}

export function orderPrice(attack: Attack, { sellers }: Release): number {
  return sellers === "cartel" ? attack.priceCents : Math.min(attack.priceCents, COMPETITIVE_ORDER_CENTS);
}

/**
 * Where several sell, the stock fetches what clears it: the price at which as many places are asked
 * for as there are, or its cost when there are more places than buyers.
 */
export function stockPrice(attack: Attack, release: Release, stock: number, costCents: number): number {
  if (release.sellers === "cartel") return attack.priceCents;
  const { beliefs, households } = release;
  const buyers = households
    .filter(({ reachable }) => reachable)
    .map((household) => ({
      most: paysAtMost(household, beliefs),
      // Those who will have found nothing themselves.
      places: household.size * (1 - beliefs.alone[household.channel]),
    }))
    .sort((a, b) => b.most - a.most);
  let asked = 0;
  for (const { most, places } of buyers) {
    if (most <= costCents) break;
    asked += places;
    if (asked >= stock) return Math.floor(most);
  }
  return costCents;
}
