import { DRAW_POLICY, sharesByShow, type Policy, type Shows } from "#modules/allocation/index.ts";
import { chanceFrom, partSeed, type Chance } from "./chance.ts";
import { drawLots, type Ticket } from "./lot.ts";
import { newcomers, personsOf, placesOf } from "./market.ts";
import { sabotage, type SabotageBy } from "./strategies/saboteur.ts";
import { type Cell, type Household } from "./types.ts";

/** The whole network for one week: 59 offices, eight cells of 16 places each. */
const OFFICES = 59;
const WEEKDAYS = [0, 1, 2, 3] as const;
const CELLS: readonly Cell[] = Array.from({ length: OFFICES }, (_, office) =>
  WEEKDAYS.flatMap((weekday) => [0, 1].map((band) => ({ office, weekday, band, places: 16 }))),
).flat();

/** The policy as shipped, but for the shares of contacts and domains: the control of the test. */
export const WITHOUT_SHARES: Policy = { ...DRAW_POLICY, contactShares: {}, domainShare: 1000 };

export interface SabotageCase {
  readonly by: SabotageBy;
  readonly contacts: number;
  readonly ratio: number;
  readonly policy: Policy;
  /** A later draw: the shares follow what was counted after one by the policy as it stands. */
  readonly measured?: boolean;
}

export interface SabotageFigures {
  /** Places that stay empty because they were given to nobody, of all. */
  readonly wasted: number;
  /** Percentage points of all places wasted for each 1,000 contacts. */
  readonly perThousand: number;
  /** Honest persons with a place, by kind of contact. */
  readonly served: number;
  readonly servedByMail: number;
}

/** One draw of the network with a saboteur in it; his people hold what they won to the end. */
export function sabotaged({ policy, measured = false, ...attack }: SabotageCase, seed: number): SabotageFigures {
  const chance = chanceFrom(partSeed(seed, 20));
  const first = drawn(attack, policy, chance);
  if (!measured) return first.figures;
  const contactShares = sharesByShow(policy.contactShares, first.shows);
  return drawn(attack, { ...policy, contactShares }, chance).figures;
}

/** Of ten families that were given a place, one does not come (5.1). */
const HONEST_COME = 0.9;

function drawn(
  { by, contacts, ratio }: Omit<SabotageCase, "policy" | "measured">,
  policy: Policy,
  chance: Chance,
): { readonly figures: SabotageFigures; readonly shows: readonly Shows[] } {
  const places = placesOf(CELLS);
  const honest = families(Math.round(places * ratio), chance);
  const hostile = sabotage(by, contacts, OFFICES, WEEKDAYS, chance);
  const tickets: Ticket[] = [...honest.map((household) => ({ ...household, domain: "" })), ...hostile];
  const left = CELLS.map((cell) => cell.places);
  const { won, beyond } = drawLots(tickets, CELLS, left, policy, chance);

  const wastedPlaces = hostile.reduce((sum, { size }, at) => sum + (won[honest.length + at]! < 0 ? 0 : size), 0);
  const success = (among: readonly number[]) => {
    const asked = personsOf(among.map((at) => honest[at]!));
    return asked === 0 ? 0 : personsOf(among.filter((at) => won[at]! >= 0).map((at) => honest[at]!)) / asked;
  };
  const all = honest.map((_, at) => at);
  const shows = tickets.flatMap(({ contact, size }, at): Shows[] => {
    if (won[at]! < 0 || beyond[at]) return [];
    const came = at < honest.length ? size * HONEST_COME : 0;
    return [{ contact, came, missed: size - came }];
  });
  return {
    figures: {
      wasted: wastedPlaces / places,
      perThousand: contacts === 0 ? 0 : (wastedPlaces / places / contacts) * 1_000,
      served: success(all),
      servedByMail: success(all.filter((at) => honest[at]!.contact === "email_only")),
    },
    shows,
  };
}

/** Families of the whole network: each at an office of its own and sometimes a second one. */
function families(persons: number, chance: Chance): Household[] {
  return newcomers(persons, 0, 0, chance).map((household) => {
    const home = chance.below(OFFICES);
    const weekdays = household.weekdays.filter((day) => day < WEEKDAYS.length);
    return {
      ...household,
      offices: household.offices.length === 1 ? [home] : [home, (home + 1 + chance.below(OFFICES - 1)) % OFFICES],
      weekdays: weekdays.length > 0 ? weekdays : WEEKDAYS,
    };
  });
}
