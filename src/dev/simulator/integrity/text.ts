import { percent } from "../report/pictures.ts";
import { SEEDS, type IntegrityFigures, type WorldName } from "./figures.ts";
import { GROUP_NAMES } from "./pictures.ts";
import { ASSUMPTIONS, INTRODUCTION, LIMITS, READING } from "./prose.ts";

const WORLD_NAMES: Readonly<Record<WorldName, string>> = {
  shipped: "as shipped: freed places wait for a tick",
  careful: "the same, sellers never file a client twice",
  open: "freed places can be had at once",
};

/** docs/simulation/integrity.md: every figure in it is of the kept run; what is assumed is called so. */
export function integrityReport(figures: readonly IntegrityFigures[]): string {
  const [shipped] = figures;
  const parts = [
    "# A year of middlemen, families and helpers",
    INTRODUCTION,
    `Means over seeds ${SEEDS.join(", ")}; \`npm run simulate -- integrity\` gives the same figures.`,
    "## What the score finds",
    table(
      [
        "",
        "precision",
        "recall",
        "recall without the concierge",
        "sellers yellow or more",
        "wrongly flagged",
        "honest who lost a place",
      ],
      figures.map((one) => [
        WORLD_NAMES[one.world],
        percent(one.precision),
        percent(one.recall),
        percent(one.recallOfSharing),
        percent(one.fromYellow),
        percent(one.falseShare, 2),
        percent(one.lostShare, 3),
      ]),
    ),
    "![Who is looked at, by who books](integrity-groups.svg)",
    "## What it asks of people",
    table(
      [
        "",
        "asked about for their score",
        "rightly",
        "appeals won, of all asked",
        "cases of an office in a week",
        "most for their score",
        "minutes of a working day",
      ],
      figures.map((one) => [
        WORLD_NAMES[one.world],
        percent(one.askedShare, 2),
        percent(one.askedRightly),
        percent(one.appealsWon),
        one.casesAWeek.toFixed(1),
        String(one.mostAWeek),
        one.minutesADay.toFixed(0),
      ]),
    ),
    "## By who books, as shipped",
    table(
      ["", "bookings", "yellow", "orange or red", "asked about", "lost the place"],
      shipped!.groups.map(({ group, bookings, yellow, flagged, asked, lost }) => [
        GROUP_NAMES[group],
        String(bookings),
        percent(yellow),
        percent(flagged),
        percent(asked),
        percent(lost),
      ]),
    ),
    READING,
    "## Assumptions",
    ASSUMPTIONS,
    "## What this does not show",
    LIMITS,
  ];
  return `${parts.join("\n\n")}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
