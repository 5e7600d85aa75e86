import { mean } from "./metrics.ts";
import { scenario, type Scenario } from "./scenarios.ts";
import { spread, type Study } from "./study.ts";

/** Share of duplicates and inventions found before the lock, at which the thresholds must hold. */
export const DETECTIONS = [0, 0.5, 0.95] as const;

export interface Threshold {
  readonly says: string;
  readonly detection: number;
  readonly holds: boolean;
  /** The figures that decided it, worst seed first where seeds are judged one by one. */
  readonly because: string;
}

const REFERENCE = {
  race: scenario("real", "race", 2),
  limits: scenario("real", "limits", 2),
  leaky: scenario("real", "leaky", 2),
  noUniqueness: scenario("real", "noUniqueness", 2),
  room: scenario("real", "roomClean", 2),
  quietRoom: scenario("real", "roomClean", 0.7),
} as const;
const fullAt = (detection: number) => ({
  full: scenario("real", "full", 2, { detection }),
  withoutNaive: scenario("real", "full", 2, { detection, naive: false }),
  quiet: scenario("real", "full", 0.7, { detection }),
});

/** Everything that the thresholds look at. */
export function acceptanceScenarios(): Scenario[] {
  return [...DETECTIONS.flatMap((detection) => Object.values(fullAt(detection))), ...Object.values(REFERENCE)];
}

/** The design's thresholds (5.4), each judged seed by seed but for the one that speaks of all seeds. */
export function judge(studies: readonly Study[]): Threshold[] {
  const of = (wanted: Scenario) => {
    const name = JSON.stringify(wanted);
    const found = studies.find((candidate) => JSON.stringify(candidate.scenario) === name);
    if (!found) throw new Error(`Nobody studied ${name}.`);
    return found.runs;
  };
  const [race, limits, leaky] = [of(REFERENCE.race), of(REFERENCE.limits), of(REFERENCE.leaky)];
  const [noUniqueness, room, quietRoom] = [of(REFERENCE.noUniqueness), of(REFERENCE.room), of(REFERENCE.quietRoom)];
  return DETECTIONS.flatMap((detection) => {
    const { full, withoutNaive, quiet } = fullAt(detection);
    const [built, rational, low] = [of(full), of(withoutNaive), of(quiet)];
    const threshold = (says: string, holds: boolean, because: string): Threshold => ({
      says,
      detection,
      holds,
      because,
    });
    /** How far the worse seed is on the right side of `least`: above 1 holds. */
    const atLeast = (says: string, values: readonly number[], least: readonly number[], show: Show) => {
      const ratios = values.map((value, seed) => value - least[seed]!);
      const worst = ratios.indexOf(Math.min(...ratios));
      return threshold(
        says,
        ratios.every((gap) => gap > 0),
        `${show(values[worst]!)} > ${show(least[worst]!)}`,
      );
    };
    const below = (says: string, values: readonly number[], most: readonly number[], show: Show) => {
      const gaps = values.map((value, seed) => most[seed]! - value);
      const worst = gaps.indexOf(Math.min(...gaps));
      return threshold(
        says,
        gaps.every((gap) => gap > 0),
        `${show(values[worst]!)} < ${show(most[worst]!)}`,
      );
    };
    const profit = built.map((run) => run.profit);
    const each = (value: number) => built.map(() => value);
    const alone = rational.map((run) => run.profit);
    return [
      atLeast(
        "profit(first come) > 10 · profit(draw)",
        race.map((run) => run.profit),
        profit.map((p) => 10 * p),
        dollars,
      ),
      below(
        "captured(draw) < 5 %, 4 % naive",
        built.map((run) => run.captured),
        each(0.05),
        percent,
      ),
      threshold(
        "profit(draw) ≤ 2 σ, nobody naive",
        mean(alone) <= 2 * spread(alone),
        `${dollars(mean(alone))} ≤ 2 · ${dollars(spread(alone))}`,
      ),
      atLeast(
        "captured(first come + limits) > 0.6 · captured(first come)",
        limits.map((run) => run.captured),
        race.map((run) => 0.6 * run.captured),
        percent,
      ),
      atLeast(
        "profit(draw, freed places on view) > 5 · profit(draw)",
        leaky.map((run) => run.profit),
        profit.map((p) => 5 * p),
        dollars,
      ),
      atLeast(
        "profit(draw without uniqueness) > 4 · profit(draw)",
        noUniqueness.map((run) => run.profit),
        profit.map((p) => 4 * p),
        dollars,
      ),
      below(
        "gini(draw) < 0.5 · gini(first come + limits)",
        built.map((run) => run.gini ?? 1),
        limits.map((run) => 0.5 * (run.gini ?? 0)),
        plain,
      ),
      atLeast(
        "captured(clean room, 2) > 20 %",
        room.map((run) => run.captured),
        each(0.2),
        percent,
      ),
      below(
        "captured(clean room, 0.7) < 3 %",
        quietRoom.map((run) => run.captured),
        each(0.03),
        percent,
      ),
      atLeast(
        "free success of families (draw, 0.7) ≥ 95 %",
        low.map((run) => run.free),
        each(0.95),
        percent,
      ),
    ];
  });
}

type Show = (value: number) => string;
const dollars: Show = (value) => `$${Math.round(value)}`;
const percent: Show = (value) => `${(100 * value).toFixed(1)} %`;
const plain: Show = (value) => value.toFixed(3);
