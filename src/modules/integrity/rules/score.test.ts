import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { areThresholds, levelOf, LEVELS, THRESHOLDS, weigh, type Level } from "./levels.ts";
import { previewOf } from "./preview.ts";
import { NO_EVIDENCE, scoreOf, type Evidence } from "./score.ts";

const people = (count: number, change: Partial<Evidence> = {}): Evidence => ({
  ...NO_EVIDENCE,
  persons: count,
  surnames: count,
  onPhone: 1,
  onDevice: count,
  ...change,
});
const shared = (count: number, change: Partial<Evidence> = {}): Evidence =>
  people(count, { onPhone: count, onEmail: count, ...change });
const manyOffices = { offices: 3 };
const gestor = people(60, { ...manyOffices, contacts: 60, freshContacts: 60, onDevice: 1 });

/** The cases of fairness.md 4.4.4 with the value written there. Where the text leaves facts open, they are those of the row. */
const WRITTEN: readonly [name: string, facts: Evidence, points: number, level: Level][] = [
  ["a family of 5 that shares everything", shared(5, { surnames: 2 }), 0, "green"],
  ["somebody behind a VPN", { ...NO_EVIDENCE, surnames: 4, hosting: true }, 5, "green"],
  ["a household of 9", shared(9, { surnames: 2 }), 7, "green"],
  ["a library's computer, 72 people, each with a contact", people(72), 19, "green"],
  ["a neighbour who helps 12 people of 3 offices", shared(12, manyOffices), 23, "green"],
  ["a parish of 40 people on one telephone, not registered", shared(40, { ...manyOffices, onEmail: 0 }), 39, "yellow"],
  ["the same, registered", shared(40, { ...manyOffices, onEmail: 0, helper: true }), 0, "green"],
  [
    "60 clients on one device, telephone and address, in bursts, one swap, 12 of 30 missed",
    shared(60, { ...manyOffices, swaps: 1, burst: 12, noShows: 12, history: 30 }),
    90,
    "red",
  ],
  ["a gestor with a SIM for each client and 2 swaps", { ...gestor, swaps: 2 }, 65, "orange"],
  ["the same where no swap is possible", gestor, 25, "yellow"],
  ["a near-duplicate", { ...NO_EVIDENCE, duplicateBits: 7 }, 30, "yellow"],
  ["a seller tied to an advert, 8 people on one telephone", people(8, { onPhone: 8, resale: true }), 53, "orange"],
];

describe("the written cases", () => {
  test.each(WRITTEN)("%s", (_, facts, points, level) => {
    const score = scoreOf(facts);
    expect([score.points, levelOf(weigh(score))]).toEqual([points, level]);
  });

  test("a flooder is red at the end of the scale", () => {
    const flood = shared(400, { ...manyOffices, swaps: 5, burst: 90, contacts: 80, freshContacts: 80, honeypot: true });
    expect([scoreOf(flood).points, levelOf(weigh(scoreOf(flood)))]).toEqual([100, "red"]);
  });
});

const facts: fc.Arbitrary<Evidence> = fc.record({
  persons: fc.integer({ min: 1, max: 300 }),
  surnames: fc.integer({ min: 1, max: 300 }),
  offices: fc.integer({ min: 1, max: 59 }),
  onPhone: fc.nat(300),
  onEmail: fc.nat(300),
  onDevice: fc.nat(300),
  contacts: fc.integer({ min: 1, max: 300 }),
  freshContacts: fc.nat(300),
  disposable: fc.boolean(),
  fastForm: fc.boolean(),
  honeypot: fc.boolean(),
  sameTrace: fc.boolean(),
  hosting: fc.boolean(),
  burst: fc.nat(100),
  swaps: fc.nat(5),
  noShows: fc.nat(50),
  history: fc.integer({ min: 50, max: 80 }),
  duplicateBits: fc.nat(10),
  mismatch: fc.boolean(),
  resale: fc.boolean(),
  helper: fc.boolean(),
  seenBefore: fc.boolean(),
  assisted: fc.boolean(),
});
const WORSE = [
  "onPhone",
  "onEmail",
  "onDevice",
  "freshContacts",
  "burst",
  "swaps",
  "noShows",
  "duplicateBits",
  "disposable",
  "fastForm",
  "honeypot",
  "sameTrace",
  "hosting",
  "mismatch",
  "resale",
] as const;
const rank = (of: Evidence) => LEVELS.indexOf(levelOf(weigh(scoreOf(of))));

describe("what holds of every score", () => {
  test("more of a sign never means fewer points nor a lower level", () => {
    fc.assert(
      fc.property(facts, fc.constantFrom(...WORSE), fc.integer({ min: 1, max: 60 }), (before, sign, more) => {
        const now = before[sign];
        const after = { ...before, [sign]: typeof now === "number" ? now + more : true };
        expect(scoreOf(after).points).toBeGreaterThanOrEqual(scoreOf(before).points);
        expect(rank(after)).toBeGreaterThanOrEqual(rank(before));
      }),
    );
  });

  test("a credit never means more points, and never touches identity or an advert", () => {
    fc.assert(
      fc.property(facts, fc.constantFrom("helper", "seenBefore", "assisted"), (before, credit) => {
        const [without, having] = [scoreOf({ ...before, [credit]: false }), scoreOf({ ...before, [credit]: true })];
        expect(having.points).toBeLessThanOrEqual(without.points);
        const fixed = scoreOf({
          ...NO_EVIDENCE,
          duplicateBits: before.duplicateBits,
          mismatch: before.mismatch,
          resale: before.resale,
        });
        expect(having.points).toBeGreaterThanOrEqual(Math.min(100, fixed.points));
      }),
    );
  });

  test("one kind of evidence is yellow at most, unless it is hard; an address of a network is nothing", () => {
    fc.assert(
      fc.property(facts, (one) => {
        const score = scoreOf(one);
        if (score.families.length <= 1 && !score.strong)
          expect(rank(one)).toBeLessThanOrEqual(LEVELS.indexOf("yellow"));
        if (score.families.length <= 2 && !score.strong)
          expect(rank(one)).toBeLessThanOrEqual(LEVELS.indexOf("orange"));
      }),
    );
    expect(levelOf({ ...weigh(scoreOf({ ...NO_EVIDENCE, hosting: true })), points: 100 })).toBe("green");
  });

  test("automation counts twenty-five points at most, and sharing is one fact", () => {
    const all = scoreOf({ ...NO_EVIDENCE, surnames: 9, fastForm: true, honeypot: true, sameTrace: true });
    expect(all.points).toBe(25);
    expect(scoreOf(shared(60)).points).toBe(Math.round(25 + 12.5 + (6 * Math.log2(60 / 8)) / 4));
  });

  test("thresholds rise and lie on the scale", () => {
    expect(areThresholds({ yellow: 25, orange: 50, red: 75 })).toBe(true);
    for (const [yellow, orange, red] of [
      [50, 50, 75],
      [0, 50, 75],
      [25, 50, 101],
      [25.5, 50, 75],
    ] as const)
      expect(areThresholds({ yellow, orange, red })).toBe(false);
  });
});

test("other thresholds are shown on what is known before they are set", () => {
  const groups = [
    { points: 80, kinds: 3, toCome: 20 },
    { points: 60, kinds: 2, toCome: 9 },
    { points: 60, kinds: 1, toCome: 4 },
  ];
  const labelled = [
    { points: 60, kinds: 2, middleman: true },
    { points: 55, kinds: 2, middleman: false },
    { points: 0, kinds: 0, middleman: true },
  ];
  const { levels, labelled: told } = previewOf(groups, labelled, THRESHOLDS, { yellow: 30, orange: 58, red: 90 });
  expect(levels.map(({ level, groupsNow, groupsThen }) => [level, groupsNow, groupsThen])).toEqual([
    ["red", 1, 0],
    ["orange", 1, 2],
    ["yellow", 1, 1],
    ["green", 0, 0],
  ]);
  expect(levels[1]).toMatchObject({ bookingsNow: 9, bookingsThen: 29 });
  expect(told).toEqual({ all: 3, asked: 1, right: 1, missed: 1 });
});
