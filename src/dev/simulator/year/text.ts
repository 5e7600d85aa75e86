import { percent } from "../report/pictures.ts";
import { placesOf, SEED, type YearFigures, type YearFile } from "./figures.ts";
import * as p from "./parameters.ts";
import { CAUSES, thousands } from "./pictures.ts";
import { ASSUMPTIONS, INTRODUCTION, INVARIANTS, LIMITS, reading } from "./prose.ts";
import type { Happening } from "./tally.ts";

/** docs/simulation/year.md: every figure in it is of the kept run; what is assumed is called so. */
export function yearReport({ year, effort, sample }: YearFile): string {
  const days = year.length.warmUp + year.length.days;
  const parts = [
    "# A year of the network",
    INTRODUCTION,
    `Seed ${SEED}: \`npm run simulate -- year\` gives the same figures. ${year.offices} offices in ${year.zones} zones, ${days} days from ${p.WARM_UP_DAYS} before ${year.length.from}, of which the ${year.length.days} of the year are told; ${thousands(of(year, "served"))} households served in ${thousands(year.use.used)} steps, ${thousands(servicesADay(year))} steps for each office and working day. It took ${thousands(effort.cpuSeconds)} seconds of one core and ${thousands(effort.megabytes)} MB; the limit is ten minutes. A run of ${sample.offices} offices over ${sample.length.days} days across the clock change of March is kept beside it, and a test plays it again.`,
    "## What held after every day",
    INVARIANTS,
    `Inspected ${thousands(year.inspected.days)} times: ${thousands(year.inspected.places)} places and ${thousands(year.inspected.localHours)} opening and closing hours. At once there stood up to ${thousands(year.most.places)} places and ${thousands(year.most.parties)} appointments. Nothing was broken. Rules broken on purpose are found, each by the line that should find it ([year.test.ts](../../src/dev/simulator/year/year.test.ts)): a cut that forgets one whom it met, a place that is taken from somebody who has no other, a place given to two, a household that is separated, hours that are planned in UTC or in winter time all year, a day that is not filled, a rest day that is.`,
    "## What became of the places",
    "![Places of each week](year-use.svg)",
    "![Capacity that served nobody](year-lost.svg)",
    placeTable(year),
    "## Cuts, and the way to a new place",
    "![From the cut to a new place](year-new-place.svg)",
    "![How much later the new day is](year-later.svg)",
    cutTable(year),
    reading({
      expired: percent(of(year, "expired") / of(year, "proposed"), 0),
      lost: percent(of(year, "hourLost") / of(year, "displaced"), 0),
      silent: percent(1 - p.SAYS_YES - p.SAYS_NO, 0),
    }),
    "## Everything that happened",
    happeningTable(year),
    "## Assumptions",
    ASSUMPTIONS,
    "## What this does not show",
    LIMITS,
  ];
  return `${parts.join("\n\n")}\n`;
}

const of = ({ counts }: YearFigures, what: Happening) => counts[what] ?? 0;

/** Working days of a year: fifty weeks of five. */
const WORKING_DAYS = 250;
function servicesADay({ use, offices }: YearFigures): number {
  return use.used / offices / WORKING_DAYS;
}

function placeTable({ use }: YearFigures): string {
  const all = placesOf(use) + use.holiday;
  const row = (name: string, value: number) => [name, thousands(value), percent(value / all, 2)];
  return table(
    ["of what a year without rest days would give", "steps", "share"],
    [row("used", use.used), ...CAUSES.map(([what, name]) => row(name, use[what]))],
  );
}

function cutTable(year: YearFigures): string {
  const displaced = of(year, "displaced");
  const row = (name: string, what: Happening) => [name, thousands(of(year, what)), percent(of(year, what) / displaced)];
  return table(
    ["households whose place was cut", "number", "share"],
    [
      ["all", thousands(displaced), ""],
      row("another counter at their own hour, nobody was asked", "keptHour"),
      row("said yes to the proposed place", "accepted"),
      row("found another day by themselves or with staff, also after the lost hour", "chose"),
      row("were drawn again, first in the line", "drawnAgain"),
      row("had their own place back, for the cut was undone", "restored"),
      row("wanted none any more", "leftByItself"),
      row("gave up looking", "gaveUpAfterCut"),
    ],
  );
}

const NAMES: Readonly<Record<Happening, string>> = {
  asked: "households that asked",
  booked: "bookings",
  served: "households that were served",
  missed: "households that did not come",
  holdLapsed: "holds that lapsed",
  moved: "moved by their contact",
  cancelled: "cancelled by their contact",
  gaveUp: "gave up: nothing found",
  reopened: "steps that came back at a release tick",
  drawn: "offers of draws",
  declined: "offers declined",
  sessions: "sessions made",
  mobileDays: "days of mobile consulates and consulates on wheels",
  cuts: "cuts",
  cutPlaces: "steps that cuts took",
  undone: "cuts undone",
  displaced: "households whose place was cut",
  keptHour: "kept their hour at another counter",
  proposed: "proposals sent",
  toldToChoose: "told to choose another day",
  accepted: "proposals accepted",
  refused: "proposals declined",
  expired: "proposals that ended without an answer",
  chose: "chose another day",
  drawnAgain: "drawn again",
  restored: "had their own place back",
  leftByItself: "wanted no other day",
  hourLost: "lost hours that came before a new place was found",
  gaveUpAfterCut: "gave up after a cut",
};

function happeningTable(year: YearFigures): string {
  return table(
    ["what", "number"],
    (Object.keys(NAMES) as Happening[]).map((what) => [NAMES[what], thousands(of(year, what))]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
