import { mulberry32 } from "#kernel/mulberry32.ts";
import { anApp, anEntry, aDigest, aPolicy } from "#modules/allocation/allocation.fixtures.ts";
import { allocate } from "#modules/allocation/rules/allocate.ts";
import { secondRoundEntries, secondRoundSupply, type FirstRound } from "#modules/allocation/rules/second-round.ts";
import {
  CONTACT_CLASSES,
  type Cell,
  type DrawId,
  type Entry,
  type Need,
  type Option,
  type Policy,
  type Tier,
} from "#modules/allocation/types.ts";

export interface RandomMarket {
  readonly cells: Cell[];
  readonly policy: Policy;
  readonly entries: Entry[];
}

const OFFICES = ["dallas", "laredo", "omaha"];
const GROUPS = ["documentacion", "registro_civil"];
/** Monday to the Monday after, so that weekdays matter. */
const FIRST_DAY = 1;
const DAYS = 8;

/** A little draw of any shape: several offices and groups, families, both tiers, shares that bind, holes in the calendar. */
export function randomMarket(seed: number, { most = 40 } = {}): RandomMarket {
  const random = mulberry32(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const some = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const dayOf = (day: number): string => `2027-03-${String(FIRST_DAY + day).padStart(2, "0")}`;
  const offices = OFFICES.slice(0, 1 + below(OFFICES.length));
  const groups = GROUPS.slice(0, 1 + below(GROUPS.length));

  const cells: Cell[] = [];
  for (const office of offices)
    for (const group of groups)
      for (let day = 0; day < DAYS; day++)
        for (let band = 0; band < 3; band++)
          if (below(3) > 0) {
            const places = below(7);
            cells.push({ office, group, date: dayOf(day), band, places });
            // How many of them lie in pairs; a cell without a part has none.
            if (below(2) === 0)
              cells.push({ office, group: `${group}.2`, date: dayOf(day), band, places: below(places + 1) });
          }
  if (cells.length === 0) cells.push({ office: "dallas", group: "documentacion", date: dayOf(0), band: 0, places: 3 });

  const option = (): Option => {
    const [from, to] = [below(DAYS), below(DAYS)].sort((a, b) => a - b) as [number, number];
    const wanted = offices.filter(() => below(3) === 0);
    return {
      offices: wanted.length > 0 ? wanted.reverse() : [some(offices)],
      from: dayOf(from),
      to: dayOf(to),
      weekdays: 1 + below(0b1111111),
      bands: 1 + below(0b111),
    };
  };
  const entries = Array.from({ length: below(most + 1) }, (_, index): Entry => {
    const persons = 1 + below(4);
    const need: Record<string, number> = {};
    for (const group of groups) if (below(2) === 0) need[group] = 1 + below(persons);
    if (Object.keys(need).length === 0) need[some(groups)] = persons;
    for (const [group, count] of Object.entries(need)) if (below(4) === 0) need[`${group}.2`] = 1 + below(count);
    return anEntry({
      app: anApp(`${seed}/${index}`),
      persons,
      need: need satisfies Need,
      tier: (1 + below(3)) as Tier,
      contact: some(CONTACT_CLASSES),
      domain: some(["", "", "d-1", "d-2"]),
      options: Array.from({ length: 1 + below(4) }, option),
      lot: aDigest(`salt ${seed}/${index}`),
    });
  });
  const policy = aPolicy({
    tierShares: [some([0, 100, 150, 400, 1000]), some([0, 150, 300, 1000])],
    contactShares: below(2) === 0 ? {} : { email_only: some([50, 100, 300]), unseen_number: some([200, 500]) },
    domainShare: some([20, 100, 300, 1000]),
  });
  return { cells, policy, entries };
}

/** What a first round leaves behind, when a third give their place back and half of the others would like a better one. */
export function secondRoundOf(first: RandomMarket, seed: number): RandomMarket {
  const random = mulberry32(seed);
  const drawn = allocate(first, aDigest(`first ${seed}`));
  const rounds = first.entries.map((entry): FirstRound => {
    const { assigned } = drawn.outcomeOf(entry.app)!;
    const standing = !assigned
      ? "waiting"
      : (["given_back", "kept", "kept_and_upgrading"] as const)[Math.floor(random() * 3)]!;
    return { entry, assigned, standing };
  });
  const draw = "00000000-0000-4000-8000-000000000002" as DrawId;
  return {
    cells: secondRoundSupply(first.cells, drawn.left, rounds),
    policy: first.policy,
    entries: [...secondRoundEntries(draw, rounds)],
  };
}

/** The same things in another order: nothing of it may matter. */
export function shuffled<T>(list: readonly T[], seed: number): T[] {
  const random = mulberry32(seed);
  const result = [...list];
  for (let at = result.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [result[at], result[other]] = [result[other]!, result[at]!];
  }
  return result;
}
