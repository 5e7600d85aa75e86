import { QUARTERS } from "./forecast.ts";

/** Quarter hours of a shift: eight hours, with half an hour of rest in the middle (Ley Federal del Trabajo, art. 61 and 63). */
const SHIFT = 32;
const REST = 2;
/** Shifts begin on the half hour. Ours. */
const EVERY = 2;
/** The rest begins so many quarters after the beginning: between the third and the fifth hour, in turns. Ours. */
const RESTS_FROM = [12, 14, 16, 18] as const;

/** Agents who begin together and rest together; quarter hours from midnight. */
export interface Shift {
  readonly from: number;
  readonly restFrom: number;
  readonly agents: number;
}

export interface Roster {
  readonly shifts: readonly Shift[];
  /** Agents at work, by quarter hour. */
  readonly working: readonly number[];
  readonly agents: number;
  /** Agents that are missing, summed over the quarter hours. */
  readonly missing: number;
}

/**
 * Shifts that carry what is needed by quarter hour, with at most so many agents. One agent after the other is given the
 * shift in which most is missing, weighed by how much; then whoever is not missed is sent home. Not the least of all
 * rosters, but one that a person can follow; what stays missing is told.
 */
export function proposeShifts(needed: readonly number[], mostAgents: number): Roster {
  const open = needed.flatMap((need, quarter) => (need > 0 ? [quarter] : []));
  const working = Array.from({ length: QUARTERS }, () => 0);
  const chosen = new Map<string, { from: number; restFrom: number; agents: number }>();
  const shifts = possible(open[0] ?? 0, open.at(-1) ?? -1);
  const gainOf = (one: Pick<Shift, "from" | "restFrom">): number =>
    quartersOf(one).reduce((sum, quarter) => sum + lack(needed, working, quarter), 0);
  let agents = 0;
  // Whoever is sent home may be missing elsewhere; each round leaves less missing, or ends.
  for (let sent = 1; sent > 0; agents -= sent) {
    for (; agents < mostAgents; agents++) {
      const best = shifts.reduce<{ one: (typeof shifts)[number]; gain: number } | undefined>((most, one) => {
        const gain = gainOf(one);
        return gain > (most?.gain ?? 0) ? { one, gain } : most;
      }, undefined);
      if (!best) break;
      add(best.one, 1);
    }
    sent = sendHome();
  }
  const kept = [...chosen.values()].filter(({ agents }) => agents > 0);
  return {
    shifts: kept.sort((a, b) => a.from - b.from || a.restFrom - b.restFrom),
    working,
    agents,
    missing: needed.reduce((sum, need, quarter) => sum + Math.max(0, need - working[quarter]!), 0),
  };

  function sendHome(): number {
    let sent = 0;
    for (const one of chosen.values())
      while (one.agents > 0 && quartersOf(one).every((quarter) => working[quarter]! > needed[quarter]!)) {
        add(one, -1);
        sent += 1;
      }
    return sent;
  }

  function add({ from, restFrom }: Pick<Shift, "from" | "restFrom">, by: 1 | -1): void {
    const key = `${from} ${restFrom}`;
    const one = chosen.get(key) ?? { from, restFrom, agents: 0 };
    one.agents += by;
    chosen.set(key, one);
    for (const quarter of quartersOf(one)) working[quarter]! += by;
  }
}

/** What another agent is worth then: more, the more are missing. */
function lack(needed: readonly number[], working: readonly number[], quarter: number): number {
  const missing = (needed[quarter] ?? 0) - working[quarter]!;
  return missing > 0 ? missing / needed[quarter]! : 0;
}

function possible(first: number, last: number): Pick<Shift, "from" | "restFrom">[] {
  const latest = Math.max(first, last + 1 - SHIFT);
  const starts = Array.from({ length: Math.floor((latest - first) / EVERY) + 1 }, (_, i) => first + i * EVERY);
  // The last shift ends with the day, on whatever quarter hour that is.
  const all = [...new Set([...starts, latest])].filter((from) => from + SHIFT <= QUARTERS);
  return all.flatMap((from) => RESTS_FROM.map((after) => ({ from, restFrom: from + after })));
}

function quartersOf({ from, restFrom }: Pick<Shift, "from" | "restFrom">): number[] {
  return Array.from({ length: SHIFT }, (_, i) => from + i).filter(
    (quarter) => quarter < restFrom || quarter >= restFrom + REST,
  );
}
