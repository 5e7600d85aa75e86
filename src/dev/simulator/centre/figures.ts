import {
  agentsFor,
  erlangA,
  forecast,
  proposeShifts,
  QUARTERS,
  type DayKind,
  type DayOfCalls,
  type Roster,
} from "#modules/conversations/index.ts";
import { chanceFrom, partSeed, type Chance } from "../chance.ts";
import * as p from "./parameters.ts";
import { playDay, type DayPlayed } from "./play.ts";

const MINUTES_OF_A_QUARTER = 15;
/** More agents than anybody would ask for: what the promise needs is looked for below it. */
const MOST_AGENTS = 2_000;
/** Near its limit a centre differs much from day to day. */
const STEADY_DAYS = 30;

export interface CentreFigures {
  /** Calls that are expected, by quarter hour, and what came on the day that is played. */
  readonly expected: readonly number[];
  readonly came: readonly number[];
  /** Mean error of the forecast by quarter hour, of the calls that came. */
  readonly error: number;
  readonly needed: readonly number[];
  readonly rosters: readonly { readonly name: RosterName; readonly roster: Roster }[];
  readonly days: readonly { readonly name: RosterName; readonly callBacks: boolean; readonly played: DayPlayed }[];
  /** Shares of steady days beside what Erlang A says of them. */
  readonly steady: Shares & { readonly played: Shares };
}

interface Shares {
  readonly within: number;
  readonly abandoned: number;
}

export const ROSTERS = ["two_halves", "proposed", "as_promised"] as const;
export type RosterName = (typeof ROSTERS)[number];

export function centreFigures(seed: number): CentreFigures {
  const expected = forecast(historyOf(seed), 1);
  const came = dayOf(chanceFrom(partSeed(seed, 1)), 1);
  const needed = expected.map((calls) =>
    agentsFor(
      { rate: calls / MINUTES_OF_A_QUARTER, handling: p.HANDLING, patience: p.PATIENCE },
      p.TARGET,
      MOST_AGENTS,
    ),
  );
  const rosters = [
    { name: "two_halves" as const, roster: twoHalves(needed) },
    { name: "proposed" as const, roster: proposeShifts(needed, p.AGENTS) },
    { name: "as_promised" as const, roster: proposeShifts(needed, MOST_AGENTS) },
  ];
  const days = rosters.flatMap(({ name, roster }) =>
    [false, true].map((callBacks) => {
      return { name, callBacks, played: playDay(chanceFrom(partSeed(seed, 2)), came, roster.working, { callBacks }) };
    }),
  );
  const total = came.reduce((sum, calls) => sum + calls, 0);
  const error = came.reduce((sum, calls, quarter) => sum + Math.abs(calls - expected[quarter]!), 0) / total;
  return { expected, came, error, needed, rosters, days, steady: steadyOf(seed) };
}

/** Mondays to Sundays of the weeks before, the latest first. */
function historyOf(seed: number): DayOfCalls[] {
  const days: readonly DayKind[] = [7, 6, 5, 4, 3, 2, 1];
  return Array.from({ length: p.WEEKS }, (_, week) =>
    days.map((kind, day) => ({ kind, calls: dayOf(chanceFrom(partSeed(seed, 100 + 7 * week + day)), kind) })),
  ).flat();
}

/** Calls of a day by quarter hour: its weekday's level, and a day's own. */
function dayOf(chance: Chance, kind: DayKind): number[] {
  const level = p.CALLS * p.BY_WEEKDAY[(kind === "holiday" ? 7 : kind) - 1]! * chance.lognormal(1, p.DAY_SIGMA);
  return Array.from({ length: QUARTERS }, (_, quarter) => {
    const share = p.BY_HOUR[Math.floor((quarter - p.OPENS) / 4)] ?? 0;
    return quarter < p.OPENS ? 0 : (level * share) / 100 / 4;
  });
}

/** What is done without a plan: one half of the agents begins with the day, the other ends with it, all rest alike. */
function twoHalves(needed: readonly number[]): Roster {
  const shifts = [p.OPENS, p.CLOSES - 32].map((from) => ({ from, restFrom: from + 16, agents: p.AGENTS / 2 }));
  const working = Array.from({ length: QUARTERS }, (_, quarter) =>
    shifts.reduce((sum, { from, restFrom, agents }) => {
      const isThere = quarter >= from && quarter < from + 32 && (quarter < restFrom || quarter >= restFrom + 2);
      return sum + (isThere ? agents : 0);
    }, 0),
  );
  const missing = needed.reduce((sum, need, quarter) => sum + Math.max(0, need - working[quarter]!), 0);
  return { shifts, working, agents: p.AGENTS, missing };
}

/** Nobody calls again and every quarter hour is like the next: then the day must meet what the formula says. */
function steadyOf(seed: number): CentreFigures["steady"] {
  const [calls, agents] = [600, 180];
  const course = Array.from({ length: QUARTERS }, (_, quarter) =>
    quarter >= p.OPENS && quarter < p.CLOSES ? calls : 0,
  );
  const working = course.map(() => agents);
  const all = Array.from({ length: STEADY_DAYS }, (_, day) =>
    playDay(chanceFrom(partSeed(seed, 1_000 + day)), course, working, { callBacks: false, asFormula: true }),
  );
  const sum = (of: (played: DayPlayed) => number): number => all.reduce((so, far) => so + of(far), 0);
  const offered = sum((one) => one.offered);
  const rate = offered / (STEADY_DAYS * (p.CLOSES - p.OPENS) * MINUTES_OF_A_QUARTER);
  const met = erlangA({ rate, handling: p.HANDLING, patience: p.PATIENCE }, agents, p.TARGET.minutes);
  const share = (of: (played: DayPlayed) => number): number => sum(of) / offered;
  return {
    played: { within: share((one) => one.within), abandoned: share((one) => one.abandoned) },
    within: met.within,
    abandoned: met.abandoned,
  };
}
