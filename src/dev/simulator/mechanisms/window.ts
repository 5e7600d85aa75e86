import { createAgenda } from "../agenda.ts";
import { type Chance } from "../chance.ts";
import { wantedCells } from "../market.ts";
import * as p from "../parameters.ts";
import { ordersFrom, orderPrice, paysAtMost, stockPrice } from "../strategies/buyers.ts";
import { camperTakesIt } from "../strategies/camper.ts";
import { handsOver } from "../strategies/swap.ts";
import { type Attack, type Release, type ReleaseOutcome, type Result } from "../types.ts";

export interface PoolRules {
  /** A freed place is on public view at once, or goes to one of those waiting by lot, or to later draws. */
  readonly freed: "on_view" | "to_waiters" | "to_draws";
  /** The name of a booking may be edited (A18). */
  readonly renames: boolean;
  /** What the seller spends on each place that he takes. */
  readonly grabCents: number;
}

type Happening =
  | { readonly kind: "opening"; readonly act: () => void }
  | { readonly kind: "attempt" | "meets_seller" | "cancels"; readonly family: number }
  | { readonly kind: "found_out"; readonly cell: number }
  | { readonly kind: "comes_free"; readonly cell: number; readonly places: number };

/**
 * The days after an opening: families try, fail and try again, some cancel, the seller camps and
 * sells. How the places were given out at the opening is up to the mechanism that uses it.
 */
export interface Window {
  readonly wanted: readonly (readonly number[])[];
  readonly free: number[];
  /** Held by the seller under invented names. */
  readonly held: number[];
  readonly results: Result[];
  readonly ordered: readonly boolean[];
  plan: (time: number, happening: Happening) => void;
  /** Takes a place for a family now, if there is one that it wants. */
  book: (family: number, time: number) => boolean;
  /** Records a place that a draw gave; whoever ordered pays for it. */
  give: (family: number, cell: number, time: number) => void;
  /** A family cancels; whoever had paid has paid. */
  giveBack: (family: number) => void;
  spend: (cents: number) => void;
  watch: (minutes: number) => void;
  /** Stands on the list of those waiting for a freed place. */
  wait: (family: number) => void;
  close: () => ReleaseOutcome;
}

export function isActive({ orders, hoard, flood }: Attack): boolean {
  return orders || hoard > 0 || flood > 0;
}

export function openWindow(release: Release, attack: Attack, rules: PoolRules, chance: Chance): Window {
  const { households, cells, beliefs } = release;
  const agenda = createAgenda<Happening>();
  const wanted = households.map((household) => wantedCells(household, cells));
  const free = cells.map(({ places }) => places);
  const held = cells.map(() => 0);
  const results = households.map((): Result => "none");
  const perOrder = orderPrice(attack, release);
  const ordered = households.map((household) => attack.orders && ordersFrom(household, perOrder, beliefs));
  const cellOf = households.map(() => -1);
  const met = households.map(() => false);
  const waiting = new Set<number>();
  let revenueCents = 0;
  let costCents = isActive(attack) ? p.RELEASE_COST_CENTS : 0;
  let soldPlaces = 0;
  let watchingMinutes = 0;
  let perPlace: number | undefined;

  const settle = (family: number, cell: number, time: number, how: Result, price: number) => {
    const { size } = households[family]!;
    results[family] = how;
    cellOf[family] = cell;
    waiting.delete(family);
    if (how === "bought") {
      soldPlaces += size;
      revenueCents += size * price;
    }
    if (rules.freed !== "to_draws" && chance.happens(p.CANCEL_SHARE)) {
      agenda.put(chance.between(time, p.RELEASE_SECONDS), { kind: "cancels", family });
    }
  };
  const give = (family: number, cell: number, time: number) =>
    settle(family, cell, time, ordered[family] ? "bought" : "free", perOrder);
  const giveBack = (family: number) => {
    if (results[family] === "bought") soldPlaces -= households[family]!.size;
  };
  const fits = (family: number, cell: number, places: number) =>
    results[family] === "none" && households[family]!.size <= places && wanted[family]!.includes(cell);

  const book = (family: number, time: number) => {
    const { size } = households[family]!;
    const cell = wanted[family]!.find((candidate) => free[candidate]! >= size);
    if (cell === undefined) return false;
    free[cell]! -= size;
    give(family, cell, time);
    return true;
  };

  /** The seller asks every few seconds: clients first, then his stock. */
  const camp = (cell: number, places: number) => {
    let left = places;
    ordered.forEach((hasOrdered, family) => {
      if (!hasOrdered || !fits(family, cell, left)) return;
      left -= households[family]!.size;
      costCents += rules.grabCents * households[family]!.size;
      give(family, cell, p.RELEASE_SECONDS);
    });
    if (attack.hoard > 0 || attack.flood > 0) {
      held[cell]! += left;
      costCents += left * rules.grabCents;
    } else free[cell]! += left;
  };

  const comesFree = (cell: number, places: number, time: number, client?: number) => {
    if (rules.freed === "on_view") {
      if (isActive(attack) && camperTakesIt(chance)) camp(cell, places);
      else free[cell]! += places;
      return;
    }
    let left = places;
    for (;;) {
      const eligible = [...waiting].filter((family) => fits(family, cell, left));
      if (eligible.length === 0) break;
      const family = eligible[chance.below(eligible.length)]!;
      left -= households[family]!.size;
      if (family === client) settle(family, cell, time, "bought", attack.priceCents);
      else give(family, cell, time);
    }
    free[cell]! += left;
  };

  const meetsSeller = (family: number, time: number) => {
    const household = households[family]!;
    const cell = wanted[family]!.find((candidate) => held[candidate]! >= household.size);
    if (results[family] !== "none" || cell === undefined) return;
    perPlace ??= stockPrice(attack, release, sumOf(held), rules.grabCents);
    if (paysAtMost(household, beliefs) < perPlace) return;
    held[cell]! -= household.size;
    if (rules.freed !== "on_view") comesFree(cell, household.size, time, family);
    else if (handsOver(chance, rules)) settle(family, cell, time, "bought", perPlace);
    else free[cell]! += household.size;
  };

  const attempt = (family: number, time: number) => {
    if (results[family] !== "none") return;
    const household = households[family]!;
    const { rechecksPerDay, minutesPerAttempt } = p.HABITS[household.channel];
    if (!waiting.has(family)) watchingMinutes += minutesPerAttempt;
    if (book(family, time)) return;
    if (household.reachable && !met[family]) {
      met[family] = true;
      agenda.put(time + chance.exponential(p.MEETS_SELLER_MEAN), { kind: "meets_seller", family });
    }
    if (waiting.has(family)) return;
    agenda.put(time + chance.exponential(p.DAY / rechecksPerDay), { kind: "attempt", family });
  };

  const happen = (time: number, happening: Happening) => {
    switch (happening.kind) {
      case "opening":
        return happening.act();
      case "attempt":
        return attempt(happening.family, time);
      case "meets_seller":
        return meetsSeller(happening.family, time);
      case "cancels":
        giveBack(happening.family);
        return comesFree(cellOf[happening.family]!, households[happening.family]!.size, time);
      case "comes_free":
        return comesFree(happening.cell, happening.places, time);
      case "found_out":
        if (held[happening.cell] === 0) return;
        held[happening.cell]! -= 1;
        return comesFree(happening.cell, 1, time);
    }
  };

  return {
    wanted,
    free,
    held,
    results,
    ordered,
    plan: agenda.put,
    book,
    give,
    giveBack,
    spend: (cents) => (costCents += cents),
    watch: (minutes) => (watchingMinutes += minutes),
    wait: (family) => waiting.add(family),
    close: () => {
      for (let due = agenda.take(); due && due.time < p.RELEASE_SECONDS; due = agenda.take()) {
        happen(due.time, due.item);
      }
      const unusedPlaces = sumOf(held);
      return { results, ordered, soldPlaces, unusedPlaces, revenueCents, costCents, watchingMinutes };
    },
  };
}

export function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
