import { isActive } from "./mechanisms/window.ts";
import { mean } from "./metrics.ts";
import { play, type Length, type Setting } from "./run.ts";
import { STAYS_OUT, type Attack } from "./types.ts";

/** What the seller may choose from; a mechanism that ignores a choice gets one value of it. */
export interface Choices {
  readonly priceCents: readonly number[];
  readonly orders: readonly boolean[];
  readonly hoard: readonly number[];
  readonly flood: readonly number[];
  readonly tickets: readonly number[];
}

/** The seller learns on other seeds than those that are reported. */
const SEARCH_SEEDS = [9_001, 9_002];
const SEARCH_LENGTH: Length = { releases: 7, warmUp: 4 };
const SWEEPS = 2;
/** A grid of no more points than this is searched whole; a draw takes too long for that. */
const WHOLE_GRID = 40;

/**
 * The seller's best response: the whole grid where it is small, otherwise along one choice after the
 * other from two starts (orders only, stock only); kept if it earns more than staying out.
 */
export function bestResponse(setting: Setting, choices: Choices): Attack {
  const known = new Map<string, number>();
  const worth = (attack: Attack) => {
    if (!isActive(attack)) return 0;
    const name = JSON.stringify(attack.orders ? attack : { ...attack, tickets: 1 });
    const profit = known.get(name) ?? averageProfit(setting, attack);
    known.set(name, profit);
    return profit;
  };
  const points = gridOf(choices);
  const middle = choices.priceCents[Math.floor(choices.priceCents.length / 2)]!;
  const starts: Attack[] = [
    { ...STAYS_OUT, priceCents: middle, orders: choices.orders.at(-1)!, tickets: choices.tickets.at(-1)! },
    { ...STAYS_OUT, priceCents: middle, hoard: choices.hoard.at(-1)!, flood: choices.flood.at(-1)! },
  ];
  let best = STAYS_OUT;
  let most = 0;
  const candidates = points.length <= WHOLE_GRID ? points : starts.map((start) => climb(start, choices, worth));
  for (const found of candidates) {
    if (worth(found) <= most) continue;
    best = found;
    most = worth(found);
  }
  return best;
}

function gridOf({ priceCents, orders, hoard, flood, tickets }: Choices): Attack[] {
  let points: Attack[] = [STAYS_OUT];
  points = points.flatMap((point) => priceCents.map((value) => ({ ...point, priceCents: value })));
  points = points.flatMap((point) => orders.map((value) => ({ ...point, orders: value })));
  points = points.flatMap((point) => hoard.map((value) => ({ ...point, hoard: value })));
  points = points.flatMap((point) => flood.map((value) => ({ ...point, flood: value })));
  return points.flatMap((point) => tickets.map((value) => ({ ...point, tickets: value })));
}

function climb(start: Attack, choices: Choices, worth: (attack: Attack) => number): Attack {
  let best = start;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const before = best;
    for (const choice of ["hoard", "flood", "tickets", "orders", "priceCents"] as const) {
      for (const value of choices[choice]) {
        const tried = { ...best, [choice]: value };
        if (worth(tried) > worth(best)) best = tried;
      }
    }
    if (best === before) break;
  }
  return best;
}

function averageProfit(setting: Setting, attack: Attack): number {
  return mean(SEARCH_SEEDS.map((seed) => play(setting, attack, seed, SEARCH_LENGTH).profit));
}
