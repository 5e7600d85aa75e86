import { DRAW_POLICY } from "#modules/allocation/index.ts";
import { acceptanceScenarios, DETECTIONS, judge, type Threshold } from "./acceptance.ts";
import { capturedAtTheDoor } from "./door.ts";
import { severalFilings, type FilingFigures } from "./filings.ts";
import { mean } from "./metrics.ts";
import { sabotaged, WITHOUT_SHARES, type SabotageCase, type SabotageFigures } from "./sabotage.ts";
import { scenario, type MechanismName, type Scenario } from "./scenarios.ts";
import { DOOR_AS_DESIGNED, DOOR_BEFORE } from "./strategies/door.ts";
import { type Errand, type Study } from "./study.ts";

const HIGH: readonly MechanismName[] = ["race", "limits", "room", "roomClean", "noUniqueness", "leaky", "full"];
export const HONOURED = [0.1, 0.25, 0.5, 1] as const;
export const RATIOS = [0.7, 0.8, 0.95, 1.1, 1.5, 2] as const;
export const SABOTEUR_CONTACTS = 10_000;
/** Shares of places, per mille, for people with a mailbox only. */
const MAIL_SHARES = [150, 100, 45] as const;

export const REAL_HIGH = HIGH.map((mechanism) => scenario("real", mechanism, 2));
export const REAL_LOW = (["race", "limits", "roomClean", "full"] as const).map((mechanism) =>
  scenario("real", mechanism, 0.7),
);
export const AER = [
  ...HIGH.map((mechanism) => scenario("aer", mechanism, 2)),
  ...(["race", "roomClean", "full"] as const).map((mechanism) => scenario("aer", mechanism, 0.7)),
];
export const BREAKING = DETECTIONS.flatMap((detection) =>
  HONOURED.map((honoured) => scenario("real", "full", 2, { detection, honoured })),
);
export const BY_RATIO = RATIOS.map((ratio) => scenario("real", "roomClean", ratio));

/** Everything that is studied with a seller, each once, the slowest first. */
export function allErrands(seeds: readonly number[]): Errand[] {
  const shownWithout = [...REAL_HIGH, ...REAL_LOW, ...AER];
  const all = [...shownWithout, ...acceptanceScenarios(), ...BREAKING, ...BY_RATIO];
  const shown = new Set(shownWithout.map((scenario) => JSON.stringify(scenario)));
  const each = new Map(all.map((scenario) => [JSON.stringify(scenario), scenario]));
  const rank = ({ mechanism }: Scenario) => (["noUniqueness", "leaky", "full"].includes(mechanism) ? 0 : 1);
  return [...each]
    .map(([name, scenario]) => ({ scenario, seeds, alsoWithout: shown.has(name) }))
    .sort((a, b) => rank(a.scenario) - rank(b.scenario));
}

export interface SabotageRow extends SabotageFigures {
  readonly by: SabotageCase["by"];
  readonly ratio: number;
  readonly shares: boolean;
  /** After a draw whose people were counted: the shares follow it. */
  readonly measured: boolean;
}

/** What a share for people with a mailbox only saves under attack, and costs them on an ordinary week. */
export interface MailShare {
  readonly perMille: number;
  readonly wasted: number;
  readonly servedByMail: number;
  readonly servedByMailInPeace: number;
  readonly servedInPeace: number;
}

export interface AllFigures {
  readonly seeds: readonly number[];
  readonly studies: readonly Study[];
  readonly thresholds: readonly Threshold[];
  readonly sabotage: readonly SabotageRow[];
  readonly mailShares: readonly MailShare[];
  readonly filings: readonly FilingFigures[];
  readonly door: { readonly designed: number; readonly before: number };
}

/** As they are kept and shown: six digits, no more than the model knows. */
export function rounded(figures: AllFigures): AllFigures {
  const short = (_: string, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(6)) : value);
  return JSON.parse(JSON.stringify(figures, short)) as AllFigures;
}

/** Puts the studies together with what needs no search. */
export function allFigures(studies: readonly Study[], seeds: readonly number[]): AllFigures {
  const sabotage = sabotageRows(seeds);
  return {
    seeds,
    studies,
    thresholds: judge(studies),
    sabotage,
    mailShares: MAIL_SHARES.map((perMille) => mailShare(perMille, seeds)),
    filings: [2, 4, 8].map((filings) => severalFilings(filings, 2, seeds[0]!)),
    door: {
      designed: mean(seeds.map((seed) => capturedAtTheDoor(DOOR_AS_DESIGNED, seed))),
      before: mean(seeds.map((seed) => capturedAtTheDoor(DOOR_BEFORE, seed))),
    },
  };
}

/** With the shares as they stand, once they were measured, and without any. */
const POLICIES = [
  { shares: true, measured: false },
  { shares: true, measured: true },
  { shares: false, measured: false },
] as const;

export function sabotageRows(seeds: readonly number[]): SabotageRow[] {
  return ([2, 0.7] as const).flatMap((ratio) =>
    (["own_domain", "free_mailboxes", "bought_numbers"] as const).flatMap((by) =>
      POLICIES.map(({ shares, measured }): SabotageRow => {
        const policy = shares ? DRAW_POLICY : WITHOUT_SHARES;
        const attack = { by, contacts: SABOTEUR_CONTACTS, ratio, policy, measured };
        const runs = seeds.map((seed) => sabotaged(attack, seed));
        const over = (figure: keyof SabotageFigures) => mean(runs.map((run) => run[figure]));
        return {
          by,
          ratio,
          shares,
          measured,
          wasted: over("wasted"),
          perThousand: over("perThousand"),
          served: over("served"),
          servedByMail: over("servedByMail"),
        };
      }),
    ),
  );
}

function mailShare(perMille: number, seeds: readonly number[]): MailShare {
  const policy = { ...DRAW_POLICY, contactShares: { ...DRAW_POLICY.contactShares, email_only: perMille } };
  const runs = (contacts: number) =>
    seeds.map((seed) => sabotaged({ by: "free_mailboxes", contacts, ratio: 2, policy }, seed));
  const [attacked, peace] = [runs(SABOTEUR_CONTACTS), runs(0)];
  return {
    perMille,
    wasted: mean(attacked.map((run) => run.wasted)),
    servedByMail: mean(attacked.map((run) => run.servedByMail)),
    servedByMailInPeace: mean(peace.map((run) => run.servedByMail)),
    servedInPeace: mean(peace.map((run) => run.served)),
  };
}
