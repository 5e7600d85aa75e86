import { type Chance } from "./chance.ts";
import * as p from "./parameters.ts";
import { CHANNELS, type Cell, type Channel, type Household } from "./types.ts";

/** Places of a cell; groups fare alike only where cells are not small. */
const CELL_PLACES = 16;
const WEEKDAYS = [0, 1, 2, 3, 4] as const;
/** Bands of each office a day: one large office and three small ones. */
const OFFICE_BANDS = [2, 1, 1, 1] as const;

export const CELLS: readonly Cell[] = OFFICE_BANDS.flatMap((bands, office) =>
  WEEKDAYS.flatMap((weekday) =>
    Array.from({ length: bands }, (_, band) => ({ office, weekday, band, places: CELL_PLACES })),
  ),
);

export function placesOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { places }) => sum + places, 0);
}

export function personsOf(households: readonly Household[]): number {
  return households.reduce((sum, { size }) => sum + size, 0);
}

/** Families asking for the first time, until there are this many persons more. */
export function newcomers(persons: number, firstId: number, naiveShare: number, chance: Chance): Household[] {
  const households: Household[] = [];
  for (let sum = 0; sum < persons;) {
    const household = newcomer(firstId + households.length, naiveShare, chance);
    households.push(household);
    sum += household.size;
  }
  return households;
}

function newcomer(id: number, naiveShare: number, chance: Chance): Household {
  const home = weighted(OFFICE_BANDS, chance);
  const other = (home + 1 + chance.below(OFFICE_BANDS.length - 1)) % OFFICE_BANDS.length;
  const days = chance.happens(p.NARROW_SHARE)
    ? chance
        .shuffle([...WEEKDAYS])
        .slice(0, 2)
        .sort()
    : WEEKDAYS;
  return {
    id,
    channel: channelOf(chance),
    size: 1 + weighted(p.SIZE_SHARES, chance),
    offices: chance.happens(p.SECOND_OFFICE_SHARE) ? [home, other] : [home],
    weekdays: days,
    tier: tierOf(chance),
    contact: p.CONTACTS[weighted(p.CONTACT_SHARES, chance)]!,
    worthCents: Math.round(chance.lognormal(p.WORTH_MEDIAN_CENTS, p.WORTH_SIGMA)),
    reachable: chance.happens(p.REACHABLE_SHARE),
    naive: chance.happens(naiveShare),
    waited: 0,
  };
}

function channelOf(chance: Chance): Channel {
  return CHANNELS[
    weighted(
      CHANNELS.map((channel) => p.HABITS[channel].share),
      chance,
    )
  ]!;
}

function tierOf(chance: Chance): 1 | 2 | 3 {
  const drawn = chance.next();
  if (drawn < p.TIER_SHARES[0]) return 1;
  return drawn < p.TIER_SHARES[0] + p.TIER_SHARES[1] ? 2 : 3;
}

/** An index, each as likely as its weight. */
function weighted(weights: readonly number[], chance: Chance): number {
  let left = chance.next() * weights.reduce((sum, weight) => sum + weight, 0);
  for (let index = 0; index < weights.length - 1; index++) {
    left -= weights[index]!;
    if (left < 0) return index;
  }
  return weights.length - 1;
}

const wishes = new WeakMap<readonly Cell[], Map<string, readonly number[]>>();

/** The cells that a family would take, best first: its offices in order, the earliest day first. */
export function wantedCells({ offices, weekdays }: Household, cells: readonly Cell[]): readonly number[] {
  // Thousands of families share a few dozen wishes.
  let known = wishes.get(cells);
  if (!known) wishes.set(cells, (known = new Map<string, readonly number[]>()));
  const wish = `${offices.join()} ${weekdays.join()}`;
  let wanted = known.get(wish);
  if (!wanted) {
    wanted = offices.flatMap((office) =>
      weekdays.flatMap((weekday) =>
        cells.flatMap((cell, index) => (cell.office === office && cell.weekday === weekday ? [index] : [])),
      ),
    );
    known.set(wish, wanted);
  }
  return wanted;
}
