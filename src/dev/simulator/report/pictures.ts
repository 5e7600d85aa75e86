import { DETECTIONS } from "../acceptance.ts";
import { BREAKING, HONOURED, REAL_HIGH, SABOTEUR_CONTACTS, type AllFigures, type SabotageRow } from "../figures.ts";
import { mean, type Figures } from "../metrics.ts";
import { MECHANISMS, scenario, type Scenario } from "../scenarios.ts";
import { type Study } from "../study.ts";
import { CHANNELS, type Channel } from "../types.ts";
import { barChart, dotChart, lineChart, type Curve } from "./charts.ts";

export const CHANNEL_NAMES: Readonly<Record<Channel, string>> = {
  web_fast: "web, fast",
  web_slow: "web, slow",
  phone: "telephone",
};
export const SABOTAGE_NAMES = {
  own_domain: "one domain of his own",
  free_mailboxes: "free mailboxes",
  bought_numbers: "bought numbers ($5,000)",
} as const;

export function percent(value: number, digits = 1): string {
  return `${(100 * value).toFixed(digits)} %`;
}

/** The study of a scenario, which must have been made. */
export function studyOf(figures: AllFigures, wanted: Scenario): Study {
  const name = JSON.stringify(wanted);
  return figures.studies.find(({ scenario }) => JSON.stringify(scenario) === name)!;
}

export function over(runs: readonly Figures[], pick: (figures: Figures) => number): number {
  return mean(runs.map(pick));
}

const SHARES = { most: 1, ticks: [0, 0.25, 0.5, 0.75, 1], show: (value: number) => percent(value, 0) };

/** File names and what is in them. */
export function chartsOf(figures: AllFigures): [string, string][] {
  return [
    ["captured.svg", captured(figures)],
    ["profit.svg", profit(figures)],
    ["channels.svg", channels(figures)],
    ["altered-identities.svg", altered(figures)],
    ["saboteur.svg", saboteur(figures)],
  ];
}

function captured(figures: AllFigures): string {
  return barChart(
    "Places in a seller's hands",
    "Two persons ask for each place; one seller at his best response; some buy whatever the odds.",
    ["sold", "held and used by nobody"],
    REAL_HIGH.map((wanted) => {
      const { runs } = studyOf(figures, wanted);
      const [sold, unused] = [over(runs, (run) => run.sold), over(runs, (run) => run.wasted)];
      return { name: MECHANISMS[wanted.mechanism].name, values: [sold, unused], label: percent(sold + unused) };
    }),
    SHARES,
  );
}

function profit(figures: AllFigures): string {
  const rows = REAL_HIGH.map((wanted) => {
    const value = over(studyOf(figures, wanted).runs, (run) => run.profit);
    return { name: MECHANISMS[wanted.mechanism].name, values: [value], label: dollars(value) };
  });
  const most = Math.ceil(Math.max(...rows.flatMap(({ values }) => values)) / 5_000) * 5_000;
  const ticks = [0, most / 2, most];
  return barChart(
    "What selling earns, for each 1,000 places",
    "The same runs. Of the income left under the draw, all comes from people who buy whatever the odds.",
    ["dollars"],
    rows,
    { most, ticks, show: dollars },
  );
}

function channels(figures: AllFigures): string {
  return dotChart(
    "Families that get a place for nothing, by the way they ask",
    "Filled: with the seller. Hollow: the same families without him. Two persons ask for each place.",
    CHANNELS.map((channel) => CHANNEL_NAMES[channel]),
    REAL_HIGH.map((wanted) => {
      const { runs, without } = studyOf(figures, wanted);
      return {
        name: MECHANISMS[wanted.mechanism].name,
        dots: CHANNELS.map((channel) => ({
          value: over(runs, (run) => run.freeBy[channel]),
          without: over(without, (run) => run.freeBy[channel]),
        })),
      };
    }),
    SHARES,
  );
}

function altered(figures: AllFigures): string {
  const curves: Curve[] = DETECTIONS.map((detection) => ({
    name: `${percent(detection, 0)} found before`,
    points: [
      [0, over(studyOf(figures, scenario("real", "full", 2, { detection })).runs, (run) => run.captured)],
      ...BREAKING.filter((wanted) => wanted.detection === detection).map((wanted): [number, number] => [
        wanted.honoured,
        over(studyOf(figures, wanted).runs, (run) => run.captured),
      ]),
    ],
  }));
  const most = Math.max(
    0.1,
    Math.ceil(Math.max(...curves.flatMap(({ points }) => points.map(([, y]) => y))) * 10) / 10,
  );
  return lineChart(
    "Where the draw breaks: altered identities served at the counter",
    "Across: share of altered identities that the counter serves all the same. Up: places sold. Dashed: 5 %.",
    curves,
    { most: 1, ticks: [0, ...HONOURED], show: (value) => percent(value, 0) },
    { most, ticks: [0, most / 2, most], show: (value) => percent(value, 0), limit: 0.05 },
  );
}

export function policyName({ shares, measured }: Pick<SabotageRow, "shares" | "measured">): string {
  if (!shares) return "no shares";
  return measured ? "as shipped, measured" : "as shipped";
}

function saboteur(figures: AllFigures): string {
  const rows = figures.sabotage
    .filter(({ ratio }) => ratio === 2)
    .map(({ by, shares, measured, wasted }) => ({
      name: `${SABOTAGE_NAMES[by]}, ${policyName({ shares, measured })}`,
      values: shares ? [wasted] : [0, wasted],
      label: percent(wasted),
    }));
  return barChart(
    `Places that a saboteur with ${SABOTEUR_CONTACTS.toLocaleString("en")} contacts leaves empty`,
    "One draw of the whole network, two persons for each place. Dashed: 5 %.",
    ["policy as shipped", "without the shares of contacts and domains"],
    rows,
    { ...SHARES, limit: 0.05 },
  );
}

export function dollars(value: number): string {
  const whole = Math.round(value);
  return `${whole < 0 ? "−" : ""}$${Math.abs(whole).toLocaleString("en")}`;
}
