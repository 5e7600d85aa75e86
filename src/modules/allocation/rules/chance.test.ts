import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chanceOf, tally, type AskedAlike } from "./chance.ts";

const alike = (change: Partial<AskedAlike> = {}): AskedAlike => ({
  persons: 1,
  groups: ["documentacion"],
  offices: ["fresno"],
  asked: 30,
  served: 9,
  ...change,
});
const one = { persons: 1, groups: ["documentacion"], office: "fresno" };

describe("a chance", () => {
  it("is that of households of the same size at the same office", () => {
    const tallies = tally([alike(), alike({ persons: 4, served: 3 })]);
    expect(chanceOf(tallies, one)).toEqual({ inTen: 3, nobody: false, like: "size" });
    expect(chanceOf(tallies, { ...one, persons: 4 })).toEqual({ inTen: 1, nobody: false, like: "size" });
  });

  it("is not told of fewer than ten households: they are counted with all sizes, then with the network", () => {
    const tallies = tally([
      alike({ asked: 9, served: 9 }),
      alike({ persons: 2, asked: 11, served: 1 }),
      alike({ offices: ["boise"], asked: 5, served: 0 }),
    ]);
    expect(chanceOf(tallies, one)).toEqual({ inTen: 5, nobody: false, like: "office" });
    expect(chanceOf(tallies, { ...one, office: "boise" })).toEqual({ inTen: 4, nobody: false, like: "network" });
    expect(chanceOf(tally([alike({ asked: 9 })]), one)).toBeUndefined();
    expect(chanceOf(tally([]), one)).toBeUndefined();
  });

  it("counts a household with several offices once in each line", () => {
    const tallies = tally([alike({ offices: ["fresno", "los-angeles"], asked: 9, served: 9 })]);
    expect(chanceOf(tallies, one)).toBeUndefined();
  });

  it("is another for another pair of services, in whichever order they are named", () => {
    const both = ["registro_civil", "documentacion"];
    const tallies = tally([alike(), alike({ groups: both, served: 30 })]);
    expect(chanceOf(tallies, { ...one, groups: [...both].reverse() })).toMatchObject({ inTen: 10 });
    expect(chanceOf(tallies, one)).toMatchObject({ inTen: 3 });
  });

  it("never says all or nobody of some, nor less or more than is so", () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 100_000 }), fc.nat(), (asked, n) => {
        const served = n % (asked + 1);
        const chance = chanceOf(tally([alike({ asked, served })]), one)!;
        expect(chance.nobody).toBe(served === 0);
        expect(chance.inTen === 10).toBe(served === asked);
        if (served < asked) expect(Math.abs(chance.inTen - (10 * served) / asked)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
