import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomMarket, secondRoundOf, shuffled, type RandomMarket } from "#tests/allocation/random-market.ts";
import { aCell, aDigest, anApp, anEntry, anOption, aPolicy } from "../allocation.fixtures.ts";
import { BEYOND_SHARE, type Entry, type Outcome, type Tier } from "../types.ts";
import { allocate } from "./allocate.ts";
import { documentHash, outcomeHash } from "./documents.ts";
import { expectedOf } from "./household.ts";
import { cellKey, cellsOf } from "./second-round.ts";
import { entryKey } from "./seed.ts";

const RUNS = { numRuns: 40 };
const SEED = aDigest("a seed");
const anyMarket = fc.integer({ min: 0, max: 1e6 }).map((number) => randomMarket(number));
/** First rounds, and second rounds with people who hold a place. */
const anyRound = fc
  .tuple(anyMarket, fc.boolean(), fc.nat())
  .map(([market, second, number]) => (second ? secondRoundOf(market, number) : market));

function drawn(market: RandomMarket, seed = SEED): { outcomes: Map<string, Outcome>; order: Outcome[] } {
  const outcomes = [...allocate(market, seed).outcomes()];
  return {
    outcomes: new Map(outcomes.map((outcome) => [outcome.app, outcome])),
    order: outcomes.toSorted((a, b) => a.position - b.position),
  };
}
const fingerprint = (market: RandomMarket): string[] => {
  const allocation = allocate(market, SEED);
  return [outcomeHash(allocation.outcomes()), documentHash(allocation.cutoffs)];
};

describe("every draw", () => {
  it("gives no cell more than it holds, and counts every place once (1, 2)", () => {
    fc.assert(
      fc.property(anyRound, (market) => {
        const allocation = allocate(market, SEED);
        const used = new Map<string, number>();
        const held = new Map<string, number>();
        for (const { app, assigned } of allocation.outcomes()) {
          const entry = market.entries.find((each) => each.app === app)!;
          for (const [cell, count] of assigned ? cellsOf(assigned, entry.need) : [])
            used.set(cell, (used.get(cell) ?? 0) + count);
          for (const [cell, count] of entry.holds ? cellsOf(entry.holds, entry.need) : [])
            held.set(cell, (held.get(cell) ?? 0) + count);
        }
        market.cells.forEach((cell, index) => {
          const left = allocation.left[index]!;
          expect(left).toBeGreaterThanOrEqual(0);
          expect(left + (used.get(cellKey(cell)) ?? 0)).toBe(cell.places + (held.get(cellKey(cell)) ?? 0));
        });
      }),
      RUNS,
    );
  });

  it("gives a party all its places on one day at one office, in neighbouring parts of the day, or none (4)", () => {
    fc.assert(
      fc.property(anyRound, (market) => {
        for (const { app, assigned } of allocate(market, SEED).outcomes()) {
          if (!assigned) continue;
          const entry = market.entries.find((each) => each.app === app)!;
          const option = entry.options[assigned.option]!;
          const bands = assigned.seats.map(({ band }) => band);
          expect(assigned.seats.map(({ group }) => group)).toEqual(Object.keys(entry.need).sort());
          expect(Math.max(...bands) - Math.min(...bands)).toBeLessThanOrEqual(1);
          expect(bands.every((band) => (option.bands >> band) & 1)).toBe(true);
          expect(option.offices).toContain(assigned.office);
          expect(assigned.date >= option.from && assigned.date <= option.to).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it("comes out the same however entries, cells and the options' fields are stored (5)", () => {
    fc.assert(
      fc.property(anyRound, fc.nat(), (market, number) => {
        const turned = market.entries.map((entry): Entry => {
          const reversed = <T extends object>(fields: T): T =>
            Object.fromEntries(Object.entries(fields).reverse()) as T;
          return reversed({ ...entry, need: reversed(entry.need), options: entry.options.map(reversed) });
        });
        const other = { ...market, entries: shuffled(turned, number), cells: shuffled(market.cells, number) };
        expect(fingerprint(other)).toEqual(fingerprint(market));
      }),
      RUNS,
    );
  });

  it("orders by nothing but the lot and the caps (7)", () => {
    fc.assert(
      fc.property(anyMarket, (market) => {
        const before = drawn(market).outcomes;
        const wishing = market.entries.map((entry) => ({
          ...entry,
          options: [...entry.options].reverse().slice(0, 1),
          lot: aDigest("another salt"),
        }));
        for (const { app, key, turn, position } of allocate({ ...market, entries: wishing }, SEED).outcomes()) {
          expect({ key, turn, position }).toEqual({
            key: entryKey(SEED, app),
            turn: before.get(app)!.turn,
            position: before.get(app)!.position,
          });
        }
      }),
      RUNS,
    );
  });

  it("leaves nobody waiting who could have been placed at her turn, and nobody envies who came later (9, 10)", () => {
    fc.assert(
      fc.property(anyMarket, (market) => {
        const { order } = drawn(market);
        order.forEach(({ app, assigned }, position) => {
          // With those after her taken out of the draw she gets the same: nobody later took what she wanted more.
          const apps = new Set(order.slice(0, position + 1).map((outcome) => outcome.app));
          const entries = market.entries
            .filter((entry) => apps.has(entry.app))
            .map((entry): Entry => ({ ...entry, tier: 3, contact: "level_2", domain: "" }));
          const alone = sequential({ ...market, entries }, order);
          expect(alone.get(app) ?? null).toEqual(
            assigned && cellsOf(assigned, needOf(market, app)).map(([cell]) => cell),
          );
        });
      }),
      { numRuns: 15 },
    );
  });

  it("keeps every share, and lets nobody pass who came later in the lot (11)", () => {
    fc.assert(
      fc.property(anyMarket, (market) => {
        const { order } = drawn(market);
        const total = market.cells.reduce((sum, { group, places }) => sum + sumOf({ [group]: places }), 0);
        for (const tier of [1, 2] as const) {
          const inside = order.filter(({ turn }) => turn === tier);
          const places = inside.reduce((sum, { app }) => sum + sumOf(needOf(market, app)), 0);
          expect(places).toBeLessThanOrEqual(Math.floor((total * market.policy.tierShares[tier - 1]!) / 1000));
          const lastInside = inside.at(-1)?.key ?? "";
          const overflow = order.filter(({ app, turn }) => {
            const claimed = market.entries.find((entry) => entry.app === app)!.tier;
            return claimed <= tier && turn > tier && turn !== BEYOND_SHARE;
          });
          if (tier === 1) for (const { key } of overflow) expect(key > lastInside).toBe(true);
        }
        expect(order.map(({ turn }) => turn)).toEqual(order.map(({ turn }) => turn).toSorted());
      }),
      RUNS,
    );
  });

  it("counts whoever is beyond the share of her mail domain in no other share", () => {
    const policy = aPolicy({ contactShares: { email_only: 100 }, domainShare: 20 });
    const hostile = Array.from({ length: 300 }, (_, i) =>
      anEntry({ app: anApp(`hostile ${i}`), contact: "email_only", domain: "d-1" }),
    );
    const honest = Array.from({ length: 8 }, (_, i) => anEntry({ app: anApp(`honest ${i}`), contact: "email_only" }));
    const { order } = drawn({ cells: [aCell({ places: 100 })], policy, entries: [...hostile, ...honest] });
    const inside = order.filter(({ turn }) => turn !== BEYOND_SHARE).map(({ app }) => app);
    expect(honest.every(({ app }) => inside.includes(app))).toBe(true);
    expect(inside).toHaveLength(honest.length + 2);
  });

  it("never treats anybody worse for an earlier tier, nor the first in the order for more places (9)", () => {
    fc.assert(
      fc.property(anyMarket, fc.nat(), (market, pick) => {
        if (market.entries.length === 0) return;
        const index = pick % market.entries.length;
        const entry = market.entries[index]!;
        if (entry.tier > 1) {
          const promoted = { ...entry, tier: (entry.tier - 1) as Tier };
          const after = drawn({ ...market, entries: market.entries.with(index, promoted) }).outcomes.get(entry.app)!;
          const before = drawn(market).outcomes.get(entry.app)!;
          expect(after.position).toBeLessThanOrEqual(before.position);
          expect(after.assigned?.option ?? 99).toBeLessThanOrEqual(before.assigned?.option ?? 99);
        }
        const [first] = drawn(market).order;
        const more = { ...market, cells: market.cells.map((cell) => ({ ...cell, places: cell.places + 1 })) };
        const again = drawn(more).outcomes.get(first!.app)!;
        if (again.position === 0)
          expect(again.assigned?.option ?? 99).toBeLessThanOrEqual(first!.assigned?.option ?? 99);
      }),
      RUNS,
    );
  });

  it("lets every household find its own result in the cutoffs alone, in either round", () => {
    fc.assert(
      fc.property(anyRound, (market) => {
        const { cutoffs, ...allocation } = allocate(market, SEED);
        for (const entry of market.entries) {
          const { turn, assigned } = expectedOf(entry, SEED, cutoffs, market.policy);
          const outcome = allocation.outcomeOf(entry.app)!;
          expect({ turn, assigned }).toEqual({ turn: outcome.turn, assigned: outcome.assigned });
        }
      }),
      RUNS,
    );
  });

  it("gives an upgrader something better or what she had", () => {
    fc.assert(
      fc.property(anyMarket, fc.nat(), (first, number) => {
        const market = secondRoundOf(first, number);
        for (const { app, assigned } of allocate(market, SEED).outcomes()) {
          const { holds } = market.entries.find((entry) => entry.app === app)!;
          if (holds === null) continue;
          expect(assigned).not.toBeNull();
          if (assigned!.option === holds.option) expect(assigned).toEqual(holds);
          else expect(assigned!.option).toBeLessThan(holds.option);
        }
      }),
      RUNS,
    );
  });
});

describe("over many seeds", () => {
  it("puts everybody anywhere in her tier alike (12)", () => {
    const SEEDS = 10_000;
    const PARTIES = 5;
    const entries = Array.from({ length: PARTIES }, (_, index) => anEntry({ app: anApp(`party ${index}`) }));
    const counts = new Array<number>(PARTIES).fill(0);
    let before = 0;
    for (let number = 0; number < SEEDS; number++) {
      const keys = entries.map(({ app }) => entryKey(aDigest(`seed ${number}`), app));
      counts[keys.filter((key) => key < keys[0]!).length]! += 1;
      if (keys[0]! < keys[1]!) before += 1;
    }
    const expected = SEEDS / PARTIES;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // Four degrees of freedom, p = 0.001.
    expect(chiSquare).toBeLessThan(18.47);
    expect(Math.abs(before / SEEDS - 0.5)).toBeLessThan(0.02);
  });
});

describe("a party with two services", () => {
  const cells = [
    aCell({ band: 0, places: 2 }),
    aCell({ band: 2, places: 2, group: "registro_civil" }),
    aCell({ band: 1, date: "2027-03-02", places: 2 }),
    aCell({ band: 2, date: "2027-03-02", places: 2, group: "registro_civil" }),
  ];
  const both = anEntry({ persons: 2, need: { documentacion: 2, registro_civil: 1 } });

  it("gets neighbouring parts of one day, not the ends of another", () => {
    const { assigned } = allocate({ cells, policy: aPolicy(), entries: [both] }, SEED).outcomeOf(both.app)!;
    expect(assigned).toEqual({
      option: 0,
      office: "dallas",
      date: "2027-03-02",
      seats: [
        { group: "documentacion", band: 1 },
        { group: "registro_civil", band: 2 },
      ],
    });
  });

  it("waits when the parts of the day it asked for do not hold it", () => {
    const early = { ...both, options: [anOption({ bands: 0b011 })] };
    expect(allocate({ cells, policy: aPolicy(), entries: [early] }, SEED).outcomeOf(both.app)!.assigned).toBeNull();
  });
});

describe("what is refused", () => {
  it.each<[string, Partial<RandomMarket>]>([
    ["two entries of one number", { entries: [anEntry(), anEntry()] }],
    ["a cell that stands twice", { cells: [aCell(), aCell()] }],
    ["an entry with no wish", { entries: [anEntry({ options: [] })] }],
    ["more persons than the policy lets one party have", { entries: [anEntry({ persons: 9 })] }],
    [
      "a place held outside the supply",
      {
        entries: [
          anEntry({
            holds: { option: 0, office: "omaha", date: "2027-03-01", seats: [{ group: "documentacion", band: 0 }] },
          }),
        ],
      },
    ],
  ])("%s", (_, changes) => {
    const market = { cells: [aCell()], policy: aPolicy(), entries: [anEntry()], ...changes };
    expect(() => allocate(market, SEED)).toThrow(RangeError);
  });
});

const needOf = (market: RandomMarket, app: string): Entry["need"] =>
  market.entries.find((entry) => entry.app === app)!.need;
/** A part's places are among its group's. */
const sumOf = (need: Entry["need"]): number =>
  Object.entries(need).reduce((sum, [group, count]) => (group.includes(".") ? sum : sum + count), 0);

/** The walk once more, as plainly as possible: everybody in this order takes the first cells that hold the party. */
function sequential(market: RandomMarket, order: readonly Outcome[]): Map<string, string[]> {
  const left = new Map(market.cells.map((cell) => [cellKey(cell), cell.places]));
  const dates = [...new Set(market.cells.map(({ date }) => date))].sort();
  const given = new Map<string, string[]>();
  for (const { app } of order) {
    const entry = market.entries.find((each) => each.app === app);
    const found = entry && firstFit(entry, dates, left);
    if (!entry || !found) continue;
    given.set(app, found);
    Object.keys(entry.need)
      .sort()
      .forEach((group, index) => left.set(found[index]!, left.get(found[index]!)! - entry.need[group]!));
  }
  return given;
}

function firstFit({ need, options }: Entry, dates: readonly string[], left: Map<string, number>): string[] | undefined {
  const groups = Object.keys(need).sort();
  for (const { offices, from, to, weekdays, bands } of options)
    for (const date of dates.filter((day) => day >= from && day <= to))
      for (const band of [0, 1, 2])
        for (const office of offices) {
          const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
          if (!((weekdays >> weekday) & 1) || !((bands >> band) & 1)) continue;
          const near = [band, band + 1].filter((each) => (bands >> each) & 1);
          const leftOf = (group: string, each: number) => left.get(cellKey({ office, group, date, band: each })) ?? 0;
          // A group and its parts stand in one part of the day.
          const found = groups.map((group) => {
            const alike = groups.filter((other) => other.split(".")[0] === group.split(".")[0]);
            return near.find((each) => alike.every((other) => leftOf(other, each) >= need[other]!));
          });
          if (found.includes(undefined) || !found.includes(band)) continue;
          return groups.map((group, index) => cellKey({ office, group, date, band: found[index]! }));
        }
  return undefined;
}
