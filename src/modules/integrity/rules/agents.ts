/**
 * Figures by which one member of staff among forty shows who sells places (fairness.md 3.2). They accuse nobody: an alarm is
 * a sentence for a person, and whoever gives no alarm is told nowhere, so that honest clerks are never ranked.
 */

/** How often something happened to one, out of how often it could have. */
export interface Rate {
  readonly count: number;
  readonly of: number;
}

/** How much rarer than this the peers must be before one stands out: twice as often (fairness.md 3.2). */
export const TIMES_PEERS = 2;
/** How sure that must be (fairness.md 3.2). */
export const SURE = 0.99;
/** A rate that nobody has shown yet is expected of one in a hundred, as if a hundred had been seen. Our own number. */
const PRIOR_OF = 100;
/** What the peers say of her weighs at most as much as twenty acts of her own: an office of honest clerks must not speak for a seller. Our own number. */
const MOST_WEIGHT = 20;
/** Peers below whom nothing is compared: of two colleagues each would stand out beside the other. Our own number. */
export const FEWEST_PEERS = 5;
/** What a sum of deviations lets pass each day, and from where it is an alarm, in standard deviations (fairness.md 3.2). */
const CUSUM_SLACK = 0.5;
export const CUSUM_ALARM = 5;
/** Shuffles behind the baseline of concentration: one in a thousand is told apart. */
const SHUFFLES = 1_000;
/** As rare by chance that one contact came back so often to one member of staff. Our own number. */
export const CHANCE_OF_CONCENTRATION = 0.001;
/** Dates of one member of staff below which a concentration is an accident. Our own number. */
const FEWEST_DATES = 8;

/**
 * How sure it is that she does this more than twice as often as her peers: her rate as a Beta distribution whose beginning
 * is that of the peers, by moments. 0 with too few peers.
 */
export function surpasses(own: Rate, peers: readonly Rate[]): number {
  if (peers.length < FEWEST_PEERS || own.of === 0) return 0;
  const { alpha, beta, mean } = priorOf(peers);
  const most = Math.min(1, TIMES_PEERS * mean);
  return 1 - betaBelow(most, own.count + alpha, own.of - own.count + beta);
}

/** Beta by moments over the peers' rates; where they say too little, their mean. */
function priorOf(peers: readonly Rate[]): { alpha: number; beta: number; mean: number } {
  const [count, of] = [sum(peers.map((one) => one.count)), sum(peers.map((one) => one.of))];
  const mean = (count + 1) / (of + PRIOR_OF);
  const rates = peers.filter((one) => one.of > 0).map((one) => one.count / one.of);
  const middle = sum(rates) / Math.max(1, rates.length);
  const spread = sum(rates.map((rate) => (rate - middle) ** 2)) / Math.max(1, rates.length - 1);
  const weight = spread > 0 ? (mean * (1 - mean)) / spread - 1 : MOST_WEIGHT;
  const kept = Math.min(MOST_WEIGHT, Math.max(2, weight));
  return { alpha: mean * kept, beta: (1 - mean) * kept, mean };
}

/** The highest that the sum of deviations rose, day after day: a small excess that goes on adds up, one busy day does not. */
export function cusum(days: readonly number[], mean: number, deviation: number): number {
  if (deviation <= 0) return 0;
  let [now, highest] = [0, 0];
  for (const day of days) {
    now = Math.max(0, now + (day - mean) / deviation - CUSUM_SLACK);
    highest = Math.max(highest, now);
  }
  return highest;
}

/** A date that a member of staff booked on a contact, or a group of contacts. */
export interface Given {
  readonly agent: string;
  readonly contact: string;
}

/** Herfindahl's index of one's dates over contacts: 1 when all were one contact's, 1/n when each was another's. */
export function concentration(contacts: readonly string[]): number {
  const times = new Map<string, number>();
  for (const one of contacts) times.set(one, (times.get(one) ?? 0) + 1);
  return sum([...times.values()].map((n) => (n / contacts.length) ** 2));
}

/**
 * Whose dates go to so few contacts that chance would not bring it about: the same dates are dealt anew among the same
 * members of staff, and counted how often she would be as concentrated. A contact that comes back to everybody is nobody's.
 */
export function concentrated(given: readonly Given[], random: () => number): string[] {
  const agents = [...new Set(given.map((one) => one.agent))];
  const contactsOf = (dealt: readonly string[]) => {
    const own = new Map<string, string[]>(agents.map((agent) => [agent, []]));
    for (const [i, contact] of dealt.entries()) own.get(given[i]!.agent)!.push(contact);
    return own;
  };
  const contacts = given.map((one) => one.contact);
  const real = contactsOf(contacts);
  const asMuch = new Map<string, number>();
  for (let round = 0; round < SHUFFLES; round++) {
    const dealt = contactsOf(shuffled(contacts, random));
    for (const agent of agents)
      if (concentration(dealt.get(agent)!) >= concentration(real.get(agent)!))
        asMuch.set(agent, (asMuch.get(agent) ?? 0) + 1);
  }
  return agents.filter(
    (agent) =>
      real.get(agent)!.length >= FEWEST_DATES &&
      ((asMuch.get(agent) ?? 0) + 1) / (SHUFFLES + 1) <= CHANCE_OF_CONCENTRATION,
  );
}

/** Chance for shuffling alone, from a seed (mulberry32): a million draws in some milliseconds. */
export function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled<T>(all: readonly T[], random: () => number): T[] {
  const dealt = [...all];
  for (let i = dealt.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [dealt[i], dealt[j]] = [dealt[j]!, dealt[i]!];
  }
  return dealt;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** Lanczos' coefficients for g = 7: fifteen digits. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  const series = LANCZOS.slice(1).reduce((all, c, i) => all + c / (z + i + 1), LANCZOS[0]!);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(series);
}

/** The regularized incomplete beta function, by its continued fraction (Lentz): how sure a Beta(a, b) is below x. */
export function betaBelow(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaBelow(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x)) / a;
  const TINY = 1e-300;
  const guard = (value: number) => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    const step = d * c;
    fraction *= step;
    if (Math.abs(step - 1) < 1e-12) break;
  }
  return front * fraction;
}
