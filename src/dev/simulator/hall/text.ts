import { percent } from "../report/pictures.ts";
import { DAY_NAMES, GROUPS, SELLER_SEEDS, type Cell, type Group, type HallFigures, type Minutes } from "./figures.ts";
import { DOORS, NETWORK } from "./seller-parameters.ts";
import { OFF_NAMES, RULE_NAMES } from "./pictures.ts";
import { ASSUMPTIONS, INTRODUCTION, LIMITS, READING, SELLERS, SELLERS_READING } from "./prose.ts";

const GROUP_NAMES: Readonly<Record<Group, string>> = {
  appointment: "with an hour",
  appointment_priority: "with an hour and priority",
  late: "late",
  return: "returns",
  walk_in: "walk-in",
  walk_in_priority: "walk-in with priority",
  emergency: "emergency",
};
const DAY_TITLES = { ordinary: "an ordinary day", two_ill: "two clerks ill" } as const;

/** docs/simulation/hall.md: every figure in it is of the kept run; what is assumed is called so. */
export function hallReport(figures: HallFigures): string {
  const parts = [
    "# A day in the hall",
    INTRODUCTION,
    `${figures.days} days under each rule; \`npm run simulate -- hall\` gives the same figures.`,
    "## Who waits for how long",
    "![Waits where one window does everything](hall-window.svg)",
    "![Waits through filter, cashier and capture](hall-stations.svg)",
    "Minutes, median / nine of ten families at most. Longest is the longest wait of a day, over the days; overtime is after closing.",
    ...(["window", "stations"] as const).map((hall) => waitTable(figures.cells.filter((one) => one.hall === hall))),
    READING,
    "## Sellers at the door",
    SELLERS,
    "![What sellers get at the door](hall-sellers.svg)",
    sellerTable(figures),
    `Means over seeds ${SELLER_SEEDS.join(", ")}, ${DOORS.weeks} weeks; turns at ${DOORS.offices} doors, emergencies at ${NETWORK.offices} offices.`,
    SELLERS_READING,
    "## Assumptions",
    ASSUMPTIONS,
    "## What this does not show",
    LIMITS,
  ];
  return `${parts.join("\n\n")}\n`;
}

function waitTable(cells: readonly Cell[]): string {
  const title = cells[0]!.hall === "window" ? "one window" : "three stations";
  return table(
    [title, "rule", ...GROUPS.map((group) => GROUP_NAMES[group]), "longest", "overtime"],
    DAY_NAMES.flatMap((day) =>
      cells
        .filter((one) => one.day === day)
        .map((one) => [
          DAY_TITLES[day],
          RULE_NAMES[one.rule],
          ...GROUPS.map((group) => shown(one.waits[group])),
          shown(one.longest),
          shown(one.overtime),
        ]),
    ),
  );
}

function sellerTable({ sellers }: HallFigures): string {
  return table(
    [
      "rules",
      "turns of walk-ins sold",
      "clients a duty",
      "places for emergencies sold",
      "signs of those invented",
      "honest clerks wronged",
    ],
    sellers.map((one) => [
      OFF_NAMES[one.off],
      percent(one.walkIns),
      `up to ${one.clientsADuty}`,
      percent(one.emergencies),
      percent(one.signs, 0),
      percent(one.wronged),
    ]),
  );
}

const shown = ({ median, ninth }: Minutes): string => `${median} / ${ninth}`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
