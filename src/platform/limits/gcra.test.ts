import fc from "fast-check";
import { expect, it } from "vitest";
import { take } from "./gcra.ts";
import { LIMITS } from "./table.ts";

const rates = fc.record({ burst: fc.integer({ min: 1, max: 50 }), everySeconds: fc.integer({ min: 1, max: 600 }) });
/** Steps of a clock between two tries, in milliseconds; some go back. */
const steps = (least: number) => fc.array(fc.integer({ min: least, max: 400_000 }), { maxLength: 200 });

/** Instants at which one was admitted. */
function play(rate: { burst: number; everySeconds: number }, tries: readonly number[]): number[] {
  let tat: number | undefined;
  return tries.filter((now) => {
    const taken = take(tat, now, rate);
    if (taken.ok) tat = taken.tat;
    return taken.ok;
  });
}
function instants(ahead: readonly number[]): number[] {
  let now = 1_000_000;
  return ahead.map((step) => (now += step));
}

it("admits no more than burst + t / every in any window, however the tries fall", () => {
  fc.assert(
    fc.property(rates, steps(0), (rate, ahead) => {
      const admitted = play(rate, instants(ahead));
      for (const [i, from] of admitted.entries())
        for (const [j, to] of admitted.entries())
          if (j >= i)
            expect(j - i + 1).toBeLessThanOrEqual(rate.burst + Math.floor((to - from) / (rate.everySeconds * 1_000)));
    }),
    { numRuns: 200 },
  );
});

it("a clock that goes back grants nothing: with it no more is admitted than the furthest instant allows", () => {
  fc.assert(
    fc.property(rates, steps(-400_000), (rate, walk) => {
      const tries = instants(walk);
      const span = tries.length === 0 ? 0 : Math.max(...tries) - tries[0]!;
      expect(play(rate, tries).length).toBeLessThanOrEqual(rate.burst + Math.floor(span / (rate.everySeconds * 1_000)));
    }),
    { numRuns: 300 },
  );
});

it("says to the millisecond when the next one is admitted", () => {
  const rate = { burst: 2, everySeconds: 10 };
  let tat: number | undefined;
  for (let i = 0; i < 2; i++) {
    const taken = take(tat, 5_000, rate);
    tat = taken.ok ? taken.tat : NaN;
  }
  expect(take(tat, 5_000, rate)).toEqual({ ok: false, retryAt: 15_000 });
  expect(take(tat, 14_999, rate).ok).toBe(false);
  expect(take(tat, 15_000, rate).ok).toBe(true);
});

it("a family is never stopped: four members with four services each, looked at, held and lost ten times in an evening", () => {
  const evening = Array.from({ length: 10 }, (_, i) => i * 12 * 60_000);
  expect(play(LIMITS.reserve, evening)).toHaveLength(10);
  const looks = evening.flatMap((at) => Array.from({ length: 6 }, (_, i) => at + i * 20_000));
  expect(play(LIMITS.times, looks)).toHaveLength(60);
});

it("in no minute are there more than sixty files", () => {
  expect(LIMITS.files.burst + 60 / LIMITS.files.everySeconds).toBe(60);
});
