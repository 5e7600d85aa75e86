import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LocalDate, OfficeId, SessionId } from "#kernel/ids.ts";
import { addDays, DAY_MS, daysBetween, MINUTE_MS } from "#kernel/time.ts";
import type { SparePlace } from "../types.ts";
import { arrange, arrangeKept, stepsOf } from "./arrange.ts";
import { countCut, proposeMoves as proposeIn, type Displaced, type SeatedNeed } from "./cuts.ts";

const LOST = "2026-12-03" as LocalDate;
const NINE = Date.parse("2026-12-03T17:00:00Z");
const STEP = 15 * MINUTE_MS;

/** Free places of one counter each: which day, which step from nine o'clock on, which counter. */
const places = (cells: readonly (readonly [day: number, step: number, counter: number])[]): SparePlace[] =>
  cells.map(([day, step, counter]) => ({
    officeId: "fresno" as OfficeId,
    sessionId: String(day) as SessionId,
    serviceGroup: "documentacion",
    stepMinutes: 15,
    localDate: addDays(LOST, day),
    startsAt: NINE + day * DAY_MS + step * STEP,
    counter,
  }));
const party = (id: string, minutes: readonly number[], step = 0): Displaced => {
  const startsAt = NINE + step * STEP;
  const need = (each: number, i: number): SeatedNeed => {
    const steps = Math.ceil(each / 15);
    return { ordinal: i + 1, group: "documentacion", minutes: each, startsAt, steps, stepMinutes: 15 };
  };
  return { id, localDate: LOST, startsAt, needs: minutes.map(need) };
};
const proposeMoves = (parties: readonly Displaced[], spare: readonly SparePlace[], askFrom: number) =>
  proposeIn(parties, spare, askFrom, "America/Los_Angeles");
/** Long before: whatever is found may be asked about. */
const AT_ONCE = 0;

describe("another place", () => {
  it("is on the same day, at the nearest hour, if there is room", () => {
    const [moved] = proposeMoves(
      [party("a", [15], 3)],
      places([
        [0, 0, 1],
        [0, 4, 1],
        [1, 3, 1],
      ]),
      AT_ONCE,
    ).values();
    expect(moved).toMatchObject({ localDate: LOST, arrangement: [{ startsAt: NINE + 4 * STEP }] });
  });

  it("is on the soonest later day that holds the whole party, never on two days and never sooner", () => {
    const spare = places([
      [-1, 0, 1],
      [-1, 0, 2],
      [0, 0, 1],
      [1, 5, 1],
      [2, 0, 1],
      [2, 0, 2],
    ]);
    expect(proposeMoves([party("a", [15, 15])], spare, AT_ONCE).get("a")?.localDate).toBe(addDays(LOST, 2));
    expect(proposeMoves([party("a", [15, 15, 15])], spare, AT_ONCE).size).toBe(0);
  });

  it("is at the hour of the wall clock, also across the night in which the clocks are changed", () => {
    const friday = "2026-10-30" as LocalDate;
    const monday = "2026-11-02" as LocalDate;
    const nine = party("a", [15]);
    const lost = { ...nine, localDate: friday, startsAt: Date.parse("2026-10-30T16:00:00Z") };
    const hours = ["2026-11-02T16:00:00Z", "2026-11-02T17:00:00Z", "2026-11-02T18:00:00Z"];
    const spare = places(hours.map((_, i) => [0, i, 1] as const)).map((place, i) => ({
      ...place,
      localDate: monday,
      startsAt: Date.parse(hours[i]!),
    }));
    expect(proposeMoves([lost], spare, AT_ONCE).get("a")).toMatchObject({
      localDate: monday,
      arrangement: [{ startsAt: Date.parse("2026-11-02T17:00:00Z") }],
    });
  });

  it("is given once: who came first on the lost day chooses first", () => {
    const moved = proposeMoves([party("late", [15], 2), party("soon", [15], 0)], places([[1, 0, 1]]), AT_ONCE);
    expect([...moved.keys()]).toEqual(["soon"]);
  });

  it("is nothing but the own hour when there is no time left to ask, and that for as long as it was", () => {
    const late = NINE + DAY_MS;
    const beside = places([
      [0, 0, 2],
      [0, 0, 3],
      [0, 1, 2],
      [1, 0, 1],
      [1, 1, 1],
    ]);
    const [both, alone] = [party("a", [15, 15]), party("a", [30])];
    expect(proposeMoves([both], beside, late).get("a")).toMatchObject({
      arrangement: [{ counter: 2 }, { counter: 3 }],
    });
    expect(proposeMoves([alone], beside, late).get("a")).toMatchObject({
      localDate: LOST,
      arrangement: [{ counter: 2 }],
    });
    // An hour later, or at steps of another length, somebody would have to be asked.
    const other = beside.filter((one) => one.startsAt !== NINE);
    expect(proposeMoves([both], other.slice(0, 1), late).size).toBe(0);
    expect(proposeMoves([alone], other, late).get("a")).toMatchObject({ localDate: addDays(LOST, 1) });
    const longer = beside.map((one) => ({ ...one, stepMinutes: 30 }));
    expect(proposeMoves([alone], longer.slice(0, 1), late).size).toBe(0);
  });

  it("is within what there is, whole and together, for any parties and any places", () => {
    const cell = fc.tuple(
      fc.integer({ min: -1, max: 3 }),
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 1, max: 3 }),
    );
    const asked = fc.array(fc.array(fc.constantFrom(15, 20, 30, 45), { minLength: 1, maxLength: 4 }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.uniqueArray(cell, { selector: String, maxLength: 60 }), asked, (cells, needs) => {
        const spare = places(cells);
        const parties = needs.map((minutes, i) => party(String(i), minutes, i % 4));
        const moved = proposeMoves(parties, spare, AT_ONCE);
        const key = (one: { sessionId: string; startsAt: number; counter: number }) =>
          `${one.sessionId} ${one.startsAt} ${one.counter}`;
        const used = [...moved.values()].flatMap(({ arrangement }) => stepsOf(arrangement).map(key));
        expect(new Set(used).size).toBe(used.length);
        for (const one of used) expect(spare.map(key)).toContain(one);
        for (const [id, { localDate, arrangement }] of moved) {
          expect(arrangement).toHaveLength(needs[Number(id)]!.length);
          expect(new Set(arrangement.map((one) => one.sessionId))).toEqual(
            new Set([String(daysBetween(LOST, localDate))]),
          );
          expect(localDate >= LOST).toBe(true);
        }
      }),
    );
  });
});

it("what a cut takes is counted by who has it", () => {
  const states = ["open", "freed", "planned", "committed", "committed", "held", "assigned", "booked"] as const;
  const taken = states.map((state, i) => ({ ...places([[0, i, 1]])[0]!, state, holder: null }));
  expect(countCut(taken)).toEqual({ free: 2, planned: 1, committed: 2, held: 1, assigned: 1, booked: 1 });
});

it("a yes finds what was kept, though her needs are told in another order than her counters were", () => {
  const [civil, papers] = places([
    [0, 0, 1],
    [0, 1, 1],
  ]);
  const kept = [{ ...civil!, serviceGroup: "registro_civil" as const }, papers!];
  const needs = kept.map(({ serviceGroup }) => ({ ordinal: 1, group: serviceGroup, minutes: 15 })).reverse();
  expect(arrange(kept, needs, NINE)).toBeUndefined();
  expect(arrangeKept(kept, needs, NINE)).toMatchObject([{ startsAt: NINE }, { startsAt: NINE + STEP }]);
});
