import { DRAW_POLICY, liveLeaves } from "#modules/allocation/index.ts";
import { chanceFrom, partSeed } from "./chance.ts";
import { drawLots, type Ticket } from "./lot.ts";
import { CELLS, newcomers, placesOf } from "./market.ts";
import { filingsOf } from "./strategies/squatter.ts";

/** One family in ten is filed for several times. */
const MULTIPLIED_SHARE = 0.1;
const DRAWS = 40;

export interface FilingFigures {
  readonly filings: number;
  /** Families filed for once, in the same draws. */
  readonly ordinary: number;
  /** The person gets a place by whichever filing: what a seller with many contacts could sell. */
  readonly anyOfThem: number;
  /** By her own filing, when the others are a squatter's. */
  readonly ownOne: number;
  readonly ownOneAtLevel2: number;
}

/** What several filings for one person are worth under the rule of the live leaf; each filing is drawn like any other. */
export function severalFilings(filings: number, ratio: number, seed: number): FilingFigures {
  const sums = { ordinary: [0, 0], any: [0, 0], own: [0, 0], level2: [0, 0] };
  const count = (sum: number[], yes: boolean) => {
    sum[0]! += yes ? 1 : 0;
    sum[1]! += 1;
  };
  for (let number = 0; number < DRAWS; number++) {
    const chance = chanceFrom(partSeed(seed, 300 + number));
    const families = newcomers(Math.round(placesOf(CELLS) * ratio), 0, 0, chance);
    const copies = families.map(() => (chance.happens(MULTIPLIED_SHARE) ? filings : 1));
    const level2 = families.map(() => chance.happens(0.5));
    const tickets = families.flatMap((family, at) =>
      Array.from({ length: copies[at]! }, (): Ticket => ({ ...family, contact: "known", domain: "" })),
    );
    const left = CELLS.map(({ places }) => places);
    const { won, apps, seed: drawn } = drawLots(tickets, CELLS, left, DRAW_POLICY, chance);
    let from = 0;
    const appsOf = copies.map((length) => apps.slice(from, (from += length)));
    const live = liveLeaves(
      drawn,
      appsOf.flatMap((own, at) => filingsOf(`person-${at}`, own, copies[at]! > 1 && level2[at]!, chance)),
    );
    const winners = new Set(apps.filter((_, at) => won[at]! >= 0));
    appsOf.forEach((own, at) => {
      const counts = live.get(`person-${at}`)!;
      const wins = winners.has(counts);
      if (own.length === 1) return count(sums.ordinary, wins);
      if (!level2[at]!) count(sums.any, wins);
      count(level2[at]! ? sums.level2 : sums.own, wins && counts === own[0]);
    });
  }
  const share = ([yes = 0, all = 0]: number[]) => (all === 0 ? 0 : yes / all);
  return {
    filings,
    ordinary: share(sums.ordinary),
    anyOfThem: share(sums.any),
    ownOne: share(sums.own),
    ownOneAtLevel2: share(sums.level2),
  };
}
