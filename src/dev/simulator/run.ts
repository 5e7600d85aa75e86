import { chanceFrom, partSeed, type Chance } from "./chance.ts";
import { CELLS, newcomers, personsOf, placesOf } from "./market.ts";
import { beliefsFrom, firstExperience, learn } from "./beliefs.ts";
import { addUp, emptyTally, figuresOf, type Figures } from "./metrics.ts";
import { REACHABLE_SHARE, RELEASES, STAYS_SHARE, WARM_UP } from "./parameters.ts";
import {
  type Attack,
  type Household,
  type Mechanism,
  type Release,
  type ReleaseOutcome,
  type Sellers,
} from "./types.ts";

export interface Setting {
  readonly mechanism: Mechanism;
  /** Persons who ask in a release, those who came back included, for each place. */
  readonly ratio: number;
  readonly sellers: Sellers;
  readonly naiveShare: number;
  readonly detection: number;
  readonly validation: number;
  /** Families that went away empty-handed come back; otherwise each release meets new ones. */
  readonly backlog: boolean;
}

export interface Length {
  readonly releases: number;
  readonly warmUp: number;
}

/** One seller's choice against one mechanism, release after release; the same seed meets the same families. */
export function play(
  setting: Setting,
  attack: Attack,
  seed: number,
  { releases, warmUp }: Length = { releases: RELEASES, warmUp: WARM_UP },
): Figures {
  const arrivals = chanceFrom(partSeed(seed, 1));
  const places = placesOf(CELLS);
  const tally = emptyTally();
  let experience = firstExperience(setting.ratio);
  let back: Household[] = [];
  let nextId = 0;
  for (let number = 0; number < releases; number++) {
    const chance = chanceFrom(partSeed(seed, 1_000 + number));
    const asked = Math.round(places * setting.ratio) - personsOf(back);
    const fresh = newcomers(asked, nextId, setting.naiveShare, arrivals);
    nextId += fresh.length;
    const { sellers, detection, validation } = setting;
    const release: Release = {
      households: [...back, ...fresh],
      cells: CELLS,
      beliefs: beliefsFrom(experience),
      sellers,
      detection,
      validation,
    };
    const outcome = setting.mechanism(release, attack, chance);
    if (number >= warmUp) addUp(tally, release, outcome);
    experience = learn(experience, release, outcome);
    back = setting.backlog ? comingBack(release, outcome, chance) : [];
  }
  return figuresOf(tally);
}

function comingBack({ households }: Release, { results }: ReleaseOutcome, chance: Chance): Household[] {
  return households
    .filter((_, family) => results[family] === "none" && chance.happens(STAYS_SHARE))
    .map((household) => ({
      ...household,
      waited: household.waited + 1,
      // Adverts reach other people each time.
      reachable: chance.happens(REACHABLE_SHARE),
    }));
}
