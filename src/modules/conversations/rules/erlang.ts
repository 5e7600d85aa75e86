/** One quarter hour of a call centre. Times in minutes. */
export interface Load {
  /** Calls that come in a minute. */
  readonly rate: number;
  /** Mean of talking and writing up. */
  readonly handling: number;
  /** Mean time that somebody waits before she gives up. */
  readonly patience: number;
}

/** What callers meet with so many agents. */
export interface Met {
  /** Share that is answered at all. */
  readonly answered: number;
  readonly abandoned: number;
  /** Share of all that is answered within the agreed time. */
  readonly within: number;
  /** Mean minutes in the queue, of all. */
  readonly wait: number;
  /** Share of an agent's time at work. */
  readonly busy: number;
}

/** What callers are promised. */
export interface Target {
  /** Minutes within which a call is to be answered. */
  readonly minutes: number;
  /** Share of calls that is to be answered within them. */
  readonly within: number;
  /** Share that may give up. */
  readonly abandoned: number;
}

/** States of the queue less likely than this change nothing that is told. */
const NEGLIGIBLE = 1e-12;
const LARGE = 1e60;

/**
 * Erlang A (M/M/n+M; Palm 1957, Garnett, Mandelbaum and Reiman 2002): calls come by chance, `agents` handle them, and whoever
 * waits gives up by chance. The queue's states are a birth-and-death chain. Whoever finds m callers before her waits the
 * sum of m + 1 exponential times whose rates are evenly spaced, and e to the minus of it over the patience is a Beta
 * variable: so that the share within a time is exact, and no simulation.
 */
export function erlangA({ rate, handling, patience }: Load, agents: number, minutes: number): Met {
  if (rate === 0) return { answered: 1, abandoned: 0, within: 1, wait: 0, busy: 0 };
  if (agents === 0) return { answered: 0, abandoned: 1, within: 0, wait: patience, busy: 0 };
  let free = weightOfFree(rate * handling, agents);
  if (free > 1 / NEGLIGIBLE ** 2)
    return { answered: 1, abandoned: 0, within: 1, wait: 0, busy: (rate * handling) / agents };
  // Weights of the states relative to "all agents busy, nobody waits".
  const c = (agents * patience) / handling;
  const edge = Math.exp(-minutes / patience);
  let weight = 1;
  let whole = free + 1;
  let waiting = 0;
  let inTime = 0;
  const share = betaTail(c, edge);
  for (let queue = 0; ; queue++) {
    // Served in time, of those who find so many before them.
    inTime += weight * (c / (c + queue + 1)) * share.next();
    const next = weight * (rate / (agents / handling + (queue + 1) / patience));
    whole += next;
    waiting += (queue + 1) * next;
    if (!(next >= NEGLIGIBLE * whole)) break;
    weight = next;
    // A centre that is far too small has states whose weights are beyond any number: all are told in a smaller measure.
    if (weight > LARGE) {
      weight /= LARGE;
      whole /= LARGE;
      waiting /= LARGE;
      inTime /= LARGE;
      free /= LARGE;
    }
  }
  const abandoned = waiting / whole / patience / rate;
  return {
    answered: 1 - abandoned,
    abandoned,
    within: Math.min(1, (free + inTime) / whole),
    wait: waiting / whole / rate,
    busy: ((1 - abandoned) * rate * handling) / agents,
  };
}

/** Weight of all states in which an agent is free, where that of "all busy, nobody waits" is 1. */
function weightOfFree(offered: number, agents: number): number {
  let weight = 1;
  let sum = 0;
  for (let busy = agents; busy > 0 && weight > NEGLIGIBLE * sum && sum < LARGE; busy--) {
    weight *= busy / offered;
    sum += weight;
  }
  return sum;
}

/** P(X > x) of X ~ Beta(c + 1, m + 1) for m = 0, 1, 2 …, each from the one before. */
function betaTail(c: number, x: number): { next: () => number } {
  let m = 0;
  const log = Math.log(x);
  let below = Math.exp((c + 1) * log);
  // x^(c+1) (1-x)^b / (b B(c+1, b)) for b = 1: the step to b + 1.
  let step = below * (1 - x) * (c + 1);
  return {
    next() {
      if (m > 0) {
        below += step;
        step *= ((1 - x) * (c + 1 + m)) / (m + 1);
      }
      m += 1;
      return Math.max(0, 1 - below);
    },
  };
}

/** The fewest agents that keep the promise; `most` where even they do not. */
export function agentsFor(load: Load, target: Target, most: number): number {
  if (load.rate === 0) return 0;
  let [low, high] = [0, most];
  while (low < high) {
    const middle = (low + high) >> 1;
    const met = erlangA(load, middle, target.minutes);
    if (met.within >= target.within && met.abandoned <= target.abandoned) high = middle;
    else low = middle + 1;
  }
  return low;
}
