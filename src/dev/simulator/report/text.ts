import { DETECTIONS } from "../acceptance.ts";
import { CATALOGUE } from "../catalogue.ts";
import {
  AER,
  BREAKING,
  BY_RATIO,
  HONOURED,
  REAL_HIGH,
  REAL_LOW,
  SABOTEUR_CONTACTS,
  type AllFigures,
  type SabotageRow,
} from "../figures.ts";
import * as p from "../parameters.ts";
import { MECHANISMS, scenario, type Scenario } from "../scenarios.ts";
import { spread } from "../study.ts";
import { CHANNELS, type Attack } from "../types.ts";
import { ASSUMPTIONS, DOOR, FILINGS, INTRODUCTION, LIMITS, READING } from "./prose.ts";
import { dollars, over, percent, policyName, SABOTAGE_NAMES, studyOf } from "./pictures.ts";

type Row = readonly string[];

/** The report: every figure in it comes from this run; what is assumed is called so. */
export function reportOf(figures: AllFigures): string {
  const parts = [
    "# Adversary simulation",
    INTRODUCTION,
    `Seeds ${figures.seeds.join(", ")}; the seller's choice was searched on others. Figures are means over the seeds, ± their standard deviation. The same command gives the same files: \`npm run simulate -- --seeds ${figures.seeds.join(",")}\`.`,
    "## One seller, families that come back, 4 % who buy whatever the odds",
    "![Places in a seller's hands](captured.svg)",
    "![What selling earns](profit.svg)",
    scenarioTable(figures, [...REAL_HIGH, ...REAL_LOW]),
    choiceTable(figures, [...REAL_HIGH, ...REAL_LOW]),
    "## By the way families ask",
    "![Free success by channel](channels.svg)",
    channelTable(figures),
    "## One-shot, several sellers, nobody naive",
    "The design of the experiment in Hakimov, Heller, Kübler and Kurino (AER 2021). What is to be reproduced is the sign of the profit.",
    scenarioTable(figures, AER),
    READING,
    "## Thresholds",
    "Those of the design (5.4), each for every seed, with detection of doubled and invented entries at 0, 50 and 95 %. The deciding figures are those of the worst seed.",
    thresholdTable(figures),
    "## Where it breaks",
    breaking(figures),
    "## When a waiting room is enough",
    roomByRatio(figures),
    "## The saboteur",
    sabotage(figures),
    "## Several filings for one person",
    FILINGS,
    filingTable(figures),
    "## The door",
    DOOR,
    `Sellers get **${percent(figures.door.designed)}** of all places with the line, false emergencies and guards at once; with one signature, turns by arrival and no limit to priorities it is ${percent(figures.door.before)}.`,
    "## The catalogue of attacks",
    catalogueTable(),
    "## Assumptions",
    ASSUMPTIONS,
    "## What this does not show",
    LIMITS,
  ];
  return `${parts.join("\n\n")}\n`;
}

function scenarioTable(figures: AllFigures, scenarios: readonly Scenario[]): string {
  const head = [
    "asked per place",
    "mechanism",
    "captured",
    "sold",
    "wasted",
    "profit per 1,000 places",
    "free success",
    "without seller",
    "served",
    "Gini",
    "best by worst channel",
    "hours watched per 1,000",
    "releases waited",
  ];
  return table(
    head,
    scenarios.map((wanted) => {
      const { runs, without } = studyOf(figures, wanted);
      const share = (pick: Parameters<typeof over>[1]) => percent(over(runs, pick));
      const ginis = runs.flatMap(({ gini }) => (gini === null ? [] : [gini]));
      const ratios = runs.flatMap(({ maxMin }) => (maxMin === null ? [] : [maxMin]));
      const average = (values: readonly number[], digits: number) =>
        values.length < runs.length
          ? "–"
          : (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(digits);
      return [
        String(wanted.ratio),
        MECHANISMS[wanted.mechanism].name,
        share((run) => run.captured),
        share((run) => run.sold),
        share((run) => run.wasted),
        `${dollars(over(runs, (run) => run.profit))} ± ${Math.round(spread(runs.map((run) => run.profit)))}`,
        share((run) => run.free),
        percent(over(without, (run) => run.free)),
        share((run) => run.served),
        average(ginis, 3),
        average(ratios, 1),
        Math.round(over(runs, (run) => run.hours)).toLocaleString("en"),
        over(runs, (run) => run.wait).toFixed(2),
      ];
    }),
  );
}

function choiceTable(figures: AllFigures, scenarios: readonly Scenario[]): string {
  const rows = scenarios.map((wanted): Row => {
    const { attack } = studyOf(figures, wanted);
    return [String(wanted.ratio), MECHANISMS[wanted.mechanism].name, inWords(attack)];
  });
  return `What the seller chose:\n\n${table(["asked per place", "mechanism", "best response"], rows)}`;
}

function inWords({ priceCents, orders, hoard, flood, tickets }: Attack): string {
  const said = [
    orders && "orders beforehand",
    orders && tickets > 1 && `${tickets} tickets a client`,
    hoard > 0 && `stock of ${percent(hoard, 0)} of the places`,
    flood > 0 && `${flood} invented entries for each place`,
  ].filter((words) => words !== false);
  return said.length === 0 ? "stays out" : `${dollars(priceCents / 100)}: ${said.join(", ")}`;
}

function channelTable(figures: AllFigures): string {
  return table(
    ["mechanism", "web, fast", "web, slow", "telephone", "without the seller"],
    REAL_HIGH.map((wanted) => {
      const { runs, without } = studyOf(figures, wanted);
      const calm = CHANNELS.map((channel) =>
        percent(
          over(without, (run) => run.freeBy[channel]),
          0,
        ),
      );
      return [
        MECHANISMS[wanted.mechanism].name,
        ...CHANNELS.map((channel) => percent(over(runs, (run) => run.freeBy[channel]))),
        calm.join(" / "),
      ];
    }),
  );
}

function thresholdTable({ thresholds }: AllFigures): string {
  const names = [...new Set(thresholds.map(({ says }) => says))];
  return table(
    ["threshold", ...DETECTIONS.map((detection) => `${percent(detection, 0)} found`)],
    names.map((says) => [
      says,
      ...DETECTIONS.map((detection) => {
        const found = thresholds.find((one) => one.says === says && one.detection === detection)!;
        return `${found.holds ? "holds" : "**does not hold**"}: ${found.because}`;
      }),
    ]),
  );
}

function breaking(figures: AllFigures): string {
  const rows = DETECTIONS.map((detection): Row => {
    const none = studyOf(figures, scenario("real", "full", 2, { detection }));
    const others = BREAKING.filter((wanted) => wanted.detection === detection).map((wanted) =>
      studyOf(figures, wanted),
    );
    return [percent(detection, 0), ...[none, ...others].map(({ runs }) => mark(over(runs, (run) => run.captured)))];
  });
  const mark5 = "Bold is 5 % or more.";
  return [
    "**Altered identities.** Everything above holds because a place is only for the person who was named: a ticket under a misspelt name, another birth date or a dropped surname wins nothing that can be used. A counter that serves such people all the same (because it is kind, or does not look) hands the seller what he needs: several tickets for one client. Captured places by the share that the counter serves and the share found before the lock:",
    "![Where the draw breaks](altered-identities.svg)",
    table(["found before the lock", "none served", ...HONOURED.map((share) => `${percent(share, 0)} served`)], rows),
    `${mark5} Where nearly all doubles are found before the lock, it matters little what the counter does; where few are, the counter has to turn nearly all of them away. So near-duplicates must be looked for before the lock, and a name corrected at the counter must be looked up again under its true key.`,
  ].join("\n\n");
}

function mark(share: number): string {
  return share >= 0.05 ? `**${percent(share)}**` : percent(share);
}

function roomByRatio(figures: AllFigures): string {
  return [
    "The clean room as demand grows. The switch goes to a draw at 0.95 and back below 0.80.",
    table(
      ["asked per place", "captured", "free success", "profit per 1,000 places", "best response"],
      BY_RATIO.map((wanted) => {
        const { runs, attack } = studyOf(figures, wanted);
        return [
          String(wanted.ratio),
          percent(over(runs, (run) => run.captured)),
          percent(over(runs, (run) => run.free)),
          dollars(over(runs, (run) => run.profit)),
          inWords(attack),
        ];
      }),
    ),
    "Where everybody who comes late is served, attendance is worth nothing; where not, it sells. In between a seller can make the scarcity that he sells, with the invented people that no check finds: the room of this model has no shares for kinds of contact.",
  ].join("\n\n");
}

function sabotage({ sabotage: rows, mailShares }: AllFigures): string {
  const shown = (row: SabotageRow): Row => [
    String(row.ratio),
    SABOTAGE_NAMES[row.by],
    policyName(row),
    mark(row.wasted),
    `${(100 * row.perThousand).toFixed(2)}`,
    percent(row.served),
    percent(row.servedByMail),
  ];
  const over5 = (measured: boolean) =>
    rows.filter((row) => row.ratio === 2 && row.shares && row.measured === measured && row.wasted >= 0.05);
  const inWords = (over: readonly SabotageRow[]) =>
    over.length === 0
      ? "every kind stays below 5 % where places are scarce"
      : `these waste 5 % or more where places are scarce: ${over.map(({ by }) => SABOTAGE_NAMES[by]).join("; ")}`;
  const verdict = `In the first draw of an attack ${inWords(over5(false))}. Once it was counted who came, ${inWords(over5(true))}.`;
  return [
    `${SABOTEUR_CONTACTS.toLocaleString("en")} contacts file five invented people each, answer every reminder, and nobody comes. One draw of 59 offices by the real rules.`,
    "![The saboteur](saboteur.svg)",
    table(
      [
        "asked per place",
        "contacts",
        "policy",
        "wasted",
        "points per 1,000 contacts",
        "honest persons served",
        "of those with a mailbox only",
      ],
      rows.map(shown),
    ),
    `${verdict} A share bounds what its own class can waste, and no more: it cannot tell an honest family with a mailbox only from a hostile one, and while the attack lasts those families pay for it. At low demand the hostile get places that nobody asked for; what counts there is how many honest persons are served. Who came is counted each day by kind of contact, and the next opening notice carries the shares that follow (class-shares.ts): a kind may leave empty 2 % of the places beyond what everybody leaves. Days of a draw are two to six weeks ahead, so an attack is answered some three weeks after it began; the rows of a measured share are of the draw that follows. The way out for a family of that kind is a better contact: a number, a paper card, one visit in person.`,
    `What the share for people with a mailbox only saves against free mailboxes, and what it costs them in a week without an attack (${percent(p.CONTACT_SHARES[0], 0)} of the families of this model have nothing else):`,
    table(
      ["share", "wasted under attack", "served under attack", "served without one", "everybody, without one"],
      mailShares.map((row) => [
        percent(row.perMille / 1000),
        mark(row.wasted),
        ...[row.servedByMail, row.servedByMailInPeace, row.servedInPeace].map((share) => percent(share)),
      ]),
    ),
  ].join("\n\n");
}

function filingTable({ filings }: AllFigures): string {
  return table(
    [
      "filings for one person",
      "families filed for once",
      "by any of them",
      "by her own, others being a squatter's",
      "by her own, once seen in person",
    ],
    filings.map((row) => [
      String(row.filings),
      ...[row.ordinary, row.anyOfThem, row.ownOne, row.ownOneAtLevel2].map((share) => percent(share)),
    ]),
  );
}

function catalogueTable(): string {
  return table(
    ["", "attack", "in the model", "answer"],
    CATALOGUE.map(({ number, what, module, answer }) => [
      number,
      what,
      module === null ? "–" : `\`${module}\``,
      answer,
    ]),
  );
}

function table(head: Row, rows: readonly Row[]): string {
  const lines = [head, head.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
