import { barChart } from "../report/charts.ts";
import { percent } from "../report/pictures.ts";
import type { IntegrityFigures } from "./figures.ts";
import type { Group } from "./parameters.ts";

export const GROUP_NAMES: Readonly<Record<Group, string>> = {
  family: "families alone",
  neighbour: "neighbours who help",
  shared_phone: "telephones of a house",
  shared_network: "one network, own telephones",
  library: "computers of libraries",
  helper: "helpers, not registered",
  registered: "helpers, registered",
  one_device: "seller, one device",
  sim_farm: "seller, a SIM for each",
  swaps: "seller who swaps",
  adverts: "seller who advertises",
  concierge: "concierge, nothing shared",
};

/** File names and what is in them. */
export function integrityCharts([shipped]: readonly IntegrityFigures[]): [string, string][] {
  return [
    [
      "integrity-groups.svg",
      barChart(
        "Who is looked at, by who books",
        "Share of the bookings of each group while they were to come. The first seven are honest.",
        ["orange or red", "yellow"],
        shipped!.groups.map(({ group, yellow, flagged }) => ({
          name: GROUP_NAMES[group],
          values: [flagged, yellow],
          label: percent(flagged),
        })),
        { most: 1, ticks: [0, 0.25, 0.5, 0.75, 1], show: (value) => percent(value, 0) },
      ),
    ],
  ];
}
