import { type Chance } from "../chance.ts";
import * as p from "../parameters.ts";
import { hoardFrom } from "../strategies/hoarder.ts";
import { sniperActsAt } from "../strategies/sniper.ts";
import { type Attack, type Household, type Mechanism, type Release } from "../types.ts";
import { openWindow, type PoolRules, type Window } from "./window.ts";

interface RaceRules extends PoolRules {
  /** Of the stock, what the office finds and takes back. */
  readonly blockedShare: number;
}

/** Whoever is first, and the name may be changed afterwards. */
export const raceEditable = raceWith({ freed: "on_view", renames: true, grabCents: p.GRAB_CENTS, blockedShare: 0 });

/** Whoever is first; names fixed, five places an account (A9), mailboxes blocked. */
export const raceWithLimits = raceWith({
  freed: "on_view",
  renames: false,
  grabCents: p.LIMITED_GRAB_CENTS,
  blockedShare: p.BLOCKED_SHARE,
});

function raceWith(rules: RaceRules): Mechanism {
  return (release, attack, chance) => {
    const window = openWindow(release, attack, rules, chance);
    window.plan(sniperActsAt(chance), {
      kind: "opening",
      act: () => strike(window, release, attack, rules, chance),
    });
    release.households.forEach((household, family) => {
      if (!window.ordered[family]) window.plan(firstAttempt(household, chance), { kind: "attempt", family });
    });
    return window.close();
  };
}

/** The seller's first second: what is ordered, then his stock. */
function strike(window: Window, release: Release, attack: Attack, rules: RaceRules, chance: Chance): void {
  release.households.forEach(({ size }, family) => {
    if (window.ordered[family] && window.book(family, 0)) window.spend(size * rules.grabCents);
  });
  hoardFrom(release.cells, attack.hoard).forEach((wished, cell) => {
    const taken = Math.min(wished, window.free[cell]!);
    window.free[cell]! -= taken;
    window.held[cell]! += taken;
    window.spend(taken * rules.grabCents);
    for (let place = 0; place < taken; place++) {
      if (!chance.happens(rules.blockedShare)) continue;
      window.plan(chance.between(0, 3 * p.DAY), { kind: "found_out", cell });
    }
  });
}

export function firstAttempt({ channel }: Household, chance: Chance): number {
  const { presentAtOpening, reaction, laterWithin } = p.HABITS[channel];
  const [fixed, mean] = reaction;
  const reacts = fixed + chance.exponential(mean);
  return chance.happens(presentAtOpening) ? reacts : reacts + chance.between(0, laterWithin);
}
