import { columnChart, lineChart } from "../report/charts.ts";
import type { CentreFigures, RosterName } from "./figures.ts";
import * as p from "./parameters.ts";

export const ROSTER_NAMES: Readonly<Record<RosterName, string>> = {
  two_halves: "two halves of 200",
  proposed: "proposed, 400 agents",
  as_promised: "as many as the promise needs",
};
const QUARTERS_OF_AN_HOUR = 4;
const FIFTY = 50;

/** File names and what is in them. */
export function centreCharts(figures: CentreFigures): [string, string][] {
  return [
    ["centre-agents.svg", agents(figures)],
    ["centre-calls.svg", calls(figures)],
  ];
}

const hours = Array.from({ length: (p.CLOSES - p.OPENS) / QUARTERS_OF_AN_HOUR + 1 }, (_, i) => i);
const across = {
  most: hours.length - 1,
  ticks: hours,
  show: (hour: number) => String(p.OPENS / QUARTERS_OF_AN_HOUR + hour),
};

function agents({ needed, rosters }: CentreFigures): string {
  const byHour = (values: readonly number[]) =>
    hours.slice(0, -1).map((hour) => [hour, values[p.OPENS + hour * QUARTERS_OF_AN_HOUR]!] as const);
  const shown = rosters.filter(({ name }) => name !== "as_promised");
  const highest = Math.max(...needed, ...shown.flatMap(({ roster }) => roster.working));
  const most = Math.ceil(highest / FIFTY) * FIFTY;
  return lineChart(
    "Agents that are needed and that work, by the hour",
    "A Monday. Needed: eight of ten calls answered within half a minute, one of twenty given up at most.",
    [
      { name: "needed", points: byHour(needed) },
      ...shown.map(({ name, roster }) => ({ name: ROSTER_NAMES[name], points: byHour(roster.working) })),
    ],
    across,
    { most, ticks: [0, most / 2, most], show: String },
  );
}

function calls({ days }: CentreFigures): string {
  const { played } = days.find(({ name, callBacks }) => name === "proposed" && !callBacks)!;
  const byHour = hours.slice(0, -1).map((hour) => {
    const own = played.byQuarter.slice(
      p.OPENS + hour * QUARTERS_OF_AN_HOUR,
      p.OPENS + (hour + 1) * QUARTERS_OF_AN_HOUR,
    );
    const abandoned = own.reduce((sum, one) => sum + one.abandoned, 0);
    return { name: across.show(hour), values: [own.reduce((sum, one) => sum + one.offered, 0) - abandoned, abandoned] };
  });
  const highest = Math.max(...byHour.map(({ values }) => values[0]! + values[1]!));
  const most = Math.ceil(highest / 1_000) * 1_000;
  return columnChart(
    "Calls by the hour: answered, and given up",
    "The same Monday with the proposed shifts of 400 agents; calls that come again are counted again.",
    ["answered", "given up"],
    byHour,
    { most, ticks: [0, most / 2, most], show: String },
  );
}
