import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPastCeiling, longestWait, waitOf, type Waited } from "./waits.ts";

const DRAWS = ["a", "b", "c", "d"];
/** Every draw alike: by weeks, how many stood and how many of them were served. */
const alike = (ages: readonly (readonly [number, number])[], draws = DRAWS): Waited[] =>
  draws.flatMap((drawId) => ages.map(([stood, served], i) => ({ drawId, weeks: i + 1, stood, served, places: stood })));

describe("the weeks within which 95 of 100 are served", () => {
  it("are counted from those who had asked for one week, for two, and so on", () => {
    expect(waitOf(alike([[100, 95]]))).toEqual({ weeks: 1, more: false });
    // Half each week: 50, 25, 12.5, 6.25 and then 3.1 of a hundred are left.
    const half = [100, 50, 26, 14, 10, 6].map((stood): [number, number] => [stood, stood / 2]);
    expect(waitOf(alike(half))).toEqual({ weeks: 5, more: false });
  });

  it("are not known after three draws, nor of fewer than ten households", () => {
    expect(waitOf([])).toBeNull();
    expect(waitOf(alike([[100, 100]], DRAWS.slice(1)))).toBeNull();
    expect(waitOf(alike([[2, 2]]))).toBeNull();
    expect(waitOf(alike([[3, 3]]))).toEqual({ weeks: 1, more: false });
  });

  it("say more than so many where those who still wait cannot tell it: nobody served is no short wait", () => {
    const nobody = [40, 40, 40].map((stood): [number, number] => [stood, 0]);
    expect(waitOf(alike(nobody))).toEqual({ weeks: 3, more: true });
    // Two households for three weeks are eight in four draws: they are counted with those of four weeks, twelve in all.
    const few = [
      [100, 50],
      [50, 25],
      [2, 1],
      [1, 0],
    ] as const;
    expect(waitOf(alike(few))).toEqual({ weeks: 3, more: true });
    expect(waitOf(alike(few.slice(0, 3)))).toEqual({ weeks: 2, more: true });
  });

  it("count a household that still waits against the office: leaving it out would tell a shorter wait", () => {
    // A new office: 30 of 100 newcomers in each of four draws, and so on; only a third was ever served.
    const [stood, served] = [
      [100, 70, 49, 34],
      [30, 21, 15, 10],
    ] as const;
    const lines = DRAWS.flatMap((drawId, draw) =>
      stood
        .slice(0, draw + 1)
        .map((count, i) => ({ drawId, weeks: i + 1, stood: count, served: served[i]!, places: count })),
    );
    expect(waitOf(lines)).toEqual({ weeks: 4, more: true });
    const servedAlone = lines.map((one) => ({ ...one, stood: one.served }));
    expect(waitOf(servedAlone)).toEqual({ weeks: 1, more: false });
  });

  it("are those of a lot with the same chance each week, whatever the chance and the number of draws", () => {
    fc.assert(
      fc.property(fc.integer({ min: 35, max: 95 }), fc.integer({ min: 4, max: 8 }), (chance, draws) => {
        const ages: [number, number][] = [];
        for (let stood = 1_000_000; stood >= 100; stood -= ages.at(-1)![1])
          ages.push([stood, Math.floor((stood * chance) / 100)]);
        const names = Array.from({ length: draws }, (_, i) => String(i));
        const expected = Math.log(0.05) / Math.log(1 - chance / 100);
        const { weeks, more } = waitOf(alike(ages, names))!;
        expect(more).toBe(false);
        expect(Math.abs(weeks - Math.ceil(expected - 1e-3))).toBeLessThanOrEqual(chance === 95 ? 1 : 0);
      }),
    );
  });

  it("never fall when one household more waits in place of being served", () => {
    const ages = fc.array(fc.tuple(fc.integer({ min: 10, max: 60 }), fc.nat({ max: 100 })), {
      minLength: 1,
      maxLength: 10,
    });
    fc.assert(
      fc.property(ages, fc.nat(), (drawn, n) => {
        const lines = alike(drawn.map(([stood, share]) => [stood, Math.floor((stood * share) / 100)]));
        const one = n % lines.length;
        const worse = lines.map((line, i) => (i === one ? { ...line, served: Math.max(0, line.served - 1) } : line));
        const [before, after] = [waitOf(lines)!, waitOf(worse)!];
        expect(longestWait([before, after])).toEqual(after);
      }),
    );
  });
});

describe("of several services", () => {
  it("the longest wait is told, and none where one of them is not known", () => {
    const [three, more] = [
      { weeks: 3, more: false },
      { weeks: 3, more: true },
    ];
    expect(longestWait([three, more])).toEqual(more);
    expect(longestWait([more, { weeks: 4, more: false }])).toEqual({ weeks: 4, more: false });
    expect(longestWait([three, null])).toBeNull();
    expect(longestWait([])).toBeNull();
  });
});

describe("the ceiling", () => {
  it("is passed beyond eight weeks, and by eight that are not enough", () => {
    expect([7, 8, 9].map((weeks) => isPastCeiling({ weeks, more: false }))).toEqual([false, false, true]);
    expect([7, 8, 9].map((weeks) => isPastCeiling({ weeks, more: true }))).toEqual([false, true, true]);
  });
});
