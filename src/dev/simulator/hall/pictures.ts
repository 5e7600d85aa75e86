import { barChart, dotChart } from "../report/charts.ts";
import { percent } from "../report/pictures.ts";
import type { Group, HallFigures, HallName, RuleName, SoldCell } from "./figures.ts";

export const RULE_NAMES: Readonly<Record<RuleName, string>> = {
  appointments_first: "appointments first",
  one_in_n: "every fourth turn without an hour",
  by_hour: "by hour, walk-ins an hour on",
  starts_again: "the same, each station anew",
};
export const OFF_NAMES: Readonly<Record<SoldCell["off"], string>> = {
  nothing: "all rules as shipped",
  byLot: "by arrival, no lot",
  bound: "turns that can be passed on",
  second: "no second person",
  published: "no published shares",
  everything: "none of them",
};
const SHOWN: readonly Group[] = ["appointment", "walk_in", "walk_in_priority"];
const SHOWN_NAMES = ["with an hour", "walk-in", "walk-in with priority"];
const HALF_HOUR = 30;

/** File names and what is in them. */
export function hallCharts(figures: HallFigures): [string, string][] {
  return [
    ["hall-window.svg", waits(figures, "window", "Waits where one window does everything")],
    ["hall-stations.svg", waits(figures, "stations", "Waits through filter, cashier and capture")],
    ["hall-sellers.svg", sellers(figures)],
  ];
}

function waits({ cells }: HallFigures, hall: HallName, title: string): string {
  const own = cells.filter((one) => one.hall === hall);
  const longest = Math.max(...own.flatMap((one) => SHOWN.map((group) => one.waits[group].ninth)));
  const most = Math.ceil(longest / HALF_HOUR) * HALF_HOUR;
  return dotChart(
    title,
    "Minutes that nine of ten families wait at most. Filled: two clerks are ill. Hollow: an ordinary day.",
    SHOWN_NAMES,
    own
      .filter((one) => one.day === "two_ill")
      .map(({ rule, waits: bad }) => {
        const ordinary = own.find((one) => one.day === "ordinary" && one.rule === rule)!.waits;
        return {
          name: RULE_NAMES[rule],
          dots: SHOWN.map((group) => ({ value: bad[group].ninth, without: ordinary[group].ninth })),
        };
      }),
    { most, ticks: [0, most / 3, (2 * most) / 3, most].map(Math.round), show: (value) => `${value} min` },
  );
}

/** Beyond it a bar would say nothing more. */
const WIDEST = 0.6;
const MOST_SOLD = 0.05;

function sellers(figures: HallFigures): string {
  return barChart(
    "What sellers get at the door, all three attacks at once",
    "Each rule switched off alone, the seller at the greed that gets most. Dashed: 5 %.",
    ["turns of walk-ins", "places for emergencies"],
    figures.sellers.flatMap(({ off, walkIns, emergencies }) => [
      { name: OFF_NAMES[off], values: [walkIns], label: percent(walkIns) },
      { name: "", values: [0, emergencies], label: percent(emergencies) },
    ]),
    { most: WIDEST, ticks: [0, 0.2, 0.4, WIDEST], show: (value) => percent(value, 0), limit: MOST_SOLD },
  );
}
