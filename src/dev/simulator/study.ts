import { mean, type Figures } from "./metrics.ts";
import { play } from "./run.ts";
import { choicesOf, settingOf, type Scenario } from "./scenarios.ts";
import { bestResponse } from "./search.ts";
import { STAYS_OUT, type Attack } from "./types.ts";

/** One scenario with the seller at his best, seed by seed, and the same without him. */
export interface Study {
  readonly scenario: Scenario;
  readonly attack: Attack;
  readonly runs: readonly Figures[];
  /** Empty where nobody asks. */
  readonly without: readonly Figures[];
}

export interface Errand {
  readonly scenario: Scenario;
  readonly seeds: readonly number[];
  readonly alsoWithout: boolean;
}

export function study({ scenario, seeds, alsoWithout }: Errand): Study {
  const found = bestResponse(settingOf(scenario), choicesOf(scenario));
  const { runs } = rehearse(scenario, found, seeds);
  return { scenario, attack: found, runs, without: alsoWithout ? rehearse(scenario, STAYS_OUT, seeds).runs : [] };
}

/** The same with a choice that is already known. */
export function rehearse(scenario: Scenario, attack: Attack, seeds: readonly number[]): Study {
  const setting = settingOf(scenario);
  return {
    scenario,
    attack,
    runs: seeds.map((seed) => play(setting, attack, seed)),
    without: [],
  };
}

/** Standard deviation between seeds. */
export function spread(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}
