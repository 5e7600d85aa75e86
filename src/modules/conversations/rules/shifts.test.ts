import fc from "fast-check";
import { expect, test } from "vitest";
import { forecast, QUARTERS, type DayOfCalls } from "./forecast.ts";
import { proposeShifts } from "./shifts.ts";

const day = (kind: DayOfCalls["kind"], level: number): DayOfCalls => ({
  kind,
  calls: Array.from({ length: QUARTERS }, (_, quarter) => (quarter >= 32 && quarter < 84 ? level : 0)),
});

test("what is expected follows days of its kind, the nearer the heavier, and no other day", () => {
  const history = [day(7, 3), day("holiday", 1), day(1, 20), day(1, 10)];
  const monday = forecast(history, 1);
  expect(monday[40]).toBeCloseTo((20 + 0.8 * 10) / 1.8, 9);
  expect(monday[20]).toBe(0);
  expect(forecast(history, "holiday")[40]).toBe(1);
  expect(forecast(history, 3).every((calls) => calls === 0)).toBe(true);
  // Ten weeks ago is forgotten.
  const steady = Array.from({ length: 8 }, () => day(2, 10));
  expect(forecast([...steady, day(2, 1_000)], 2)[40]).toBeCloseTo(10, 9);
});

test("each agent works eight hours with one rest within the day, no more than there are, and nobody who is not missed", () => {
  const need = fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 52, maxLength: 52 });
  fc.assert(
    fc.property(need, fc.integer({ min: 1, max: 400 }), (hours, most) => {
      const needed = Array.from({ length: QUARTERS }, (_, quarter) => hours[quarter - 32] ?? 0);
      const { shifts, working, agents, missing } = proposeShifts(needed, most);
      expect(agents).toBeLessThanOrEqual(most);
      const counted = Array.from({ length: QUARTERS }, () => 0);
      for (const { from, restFrom, agents: own } of shifts) {
        expect(from >= 32 && from + 32 <= 84 && restFrom > from && restFrom + 2 < from + 32).toBe(true);
        for (let quarter = from; quarter < from + 32; quarter++)
          if (quarter < restFrom || quarter >= restFrom + 2) counted[quarter]! += own;
      }
      expect(working).toEqual(counted);
      expect(missing).toBe(needed.reduce((sum, one, quarter) => sum + Math.max(0, one - counted[quarter]!), 0));
      // All that is needed is there where agents are enough; otherwise all of them work.
      expect(missing === 0 || agents === most).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("a day on which nobody calls needs nobody", () => {
  expect(
    proposeShifts(
      Array.from({ length: QUARTERS }, () => 0),
      400,
    ),
  ).toMatchObject({ agents: 0, missing: 0 });
});
