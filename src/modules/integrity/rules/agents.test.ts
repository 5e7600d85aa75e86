import { describe, expect, test } from "vitest";
import {
  betaBelow,
  chanceFrom,
  concentrated,
  concentration,
  cusum,
  CUSUM_ALARM,
  SURE,
  surpasses,
  type Rate,
} from "./agents.ts";

const happened = (random: () => number, rate: number, of: number): Rate => ({
  count: Array.from({ length: of }, () => random()).filter((one) => one < rate).length,
  of,
});

test("the incomplete beta function is that of the tables", () => {
  expect(betaBelow(0.5, 2, 2)).toBeCloseTo(0.5, 12);
  expect(betaBelow(0.25, 1, 1)).toBeCloseTo(0.25, 12);
  expect(betaBelow(0.3, 2, 5)).toBeCloseTo(0.579825, 6);
  expect(betaBelow(0.02, 3, 150)).toBeCloseTo(1 - betaBelow(0.98, 150, 3), 12);
});

describe("a rate beside that of the peers", () => {
  test("whoever does it four times as often shows within a month; twice as often with few is not sure", () => {
    const peers = Array.from({ length: 12 }, () => ({ count: 5, of: 100 }));
    expect(surpasses({ count: 22, of: 100 }, peers)).toBeGreaterThan(SURE);
    expect(surpasses({ count: 2, of: 10 }, peers)).toBeLessThan(SURE);
    expect(surpasses({ count: 5, of: 100 }, peers)).toBeLessThan(0.05);
  });

  test("beside fewer than five peers nobody stands out, nor does who did nothing", () => {
    const peers = Array.from({ length: 4 }, () => ({ count: 1, of: 100 }));
    expect(surpasses({ count: 90, of: 100 }, peers)).toBe(0);
    expect(surpasses({ count: 0, of: 0 }, [...peers, ...peers])).toBe(0);
  });

  test("of two thousand honest clerks in offices of twenty fewer than one in two hundred is an alarm; of sellers more than eight in ten are", () => {
    const random = chanceFrom(7);
    let [honest, caught] = [0, 0];
    for (let office = 0; office < 100; office++) {
      const clerks = Array.from({ length: 20 }, () => happened(random, 0.04 + 0.04 * random(), 80));
      for (const [i, own] of clerks.entries())
        if (
          surpasses(
            own,
            clerks.filter((_, j) => j !== i),
          ) > SURE
        )
          honest += 1;
      if (surpasses(happened(random, 0.3, 80), clerks) > SURE) caught += 1;
    }
    expect(honest).toBeLessThan(10);
    expect(caught).toBeGreaterThan(80);
  });
});

describe("a sum of deviations", () => {
  test("one busy day is none; one more a day than usual is one after two weeks", () => {
    expect(cusum([0, 1, 5, 0, 1, 0], 1, 1)).toBeLessThan(CUSUM_ALARM);
    expect(
      cusum(
        Array.from({ length: 14 }, () => 2),
        1,
        1,
      ),
    ).toBeGreaterThan(CUSUM_ALARM);
    expect(cusum([9, 9, 9], 1, 0)).toBe(0);
  });
});

describe("dates that go to few contacts", () => {
  test("the index is that of Herfindahl", () => {
    expect(concentration(["a", "a", "a"])).toBe(1);
    expect(concentration(["a", "b", "c", "d"])).toBe(0.25);
  });

  test("one member of staff among six who books for one seller's three contacts is named, and nobody beside her", () => {
    const random = chanceFrom(11);
    const given = Array.from({ length: 180 }, (_, i) => ({ agent: `clerk ${i % 6}`, contact: `family ${i}` }));
    const sold = Array.from({ length: 15 }, (_, i) => ({ agent: "clerk 3", contact: `seller ${i % 3}` }));
    expect(concentrated([...given, ...sold], random)).toEqual(["clerk 3"]);
    // A parish that comes to all six is nobody's seller: the control.
    const parish = Array.from({ length: 15 }, (_, i) => ({ agent: `clerk ${i % 6}`, contact: `parish ${i % 3}` }));
    expect(concentrated([...given, ...parish], random)).toEqual([]);
  });
});
