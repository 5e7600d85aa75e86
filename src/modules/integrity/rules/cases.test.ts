import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "#kernel/time.ts";
import { ATTEMPT_CHANNELS, CASE_STATES } from "../types.ts";
import {
  budgetLeft,
  caseMay,
  isControl,
  LEAST,
  mayAppeal,
  missingOf,
  FREEZE_DAYS,
  frozenUntil,
  nextSanction,
  refuseAppealDecision,
  refuseEnd,
  type Attempt,
} from "./cases.ts";

const NOW = new Date("2026-11-23T18:00:00Z");
const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS);
const challenged = { state: "challenged", startsAt: new Date(NOW.getTime() + 4 * DAY_MS) } as const;
const ENOUGH: readonly Attempt[] = [
  { channel: "sms", reached: false, at: ago(80) },
  { channel: "voice", reached: false, at: ago(30) },
  { channel: "voice", reached: false, at: ago(2) },
];

describe("no booking ends without three tries on two ways, one of them a call, over three days", () => {
  test("as written, and not with one less of anything", () => {
    expect(refuseEnd(challenged, "unreachable", ENOUGH, NOW)).toBeUndefined();
    for (const left of [0, 1, 2])
      expect(refuseEnd(challenged, "refuted", ENOUGH.toSpliced(left, 1), NOW)).toMatchObject({
        code: "too_few_attempts",
      });
    const noCall = ENOUGH.map((one, i) => ({ ...one, channel: i === 0 ? ("sms" as const) : ("email" as const) }));
    expect(missingOf(noCall)).toEqual({ attempts: 0, channels: 0, voice: 1, hours: 0 });
    expect(missingOf(ENOUGH.map((one) => ({ ...one, at: ago(1) })))).toMatchObject({ hours: LEAST.hours });
  });

  test("whoever was not reached keeps the place until five days before; whoever said no does not", () => {
    const far = { ...challenged, startsAt: new Date(NOW.getTime() + 9 * DAY_MS) };
    expect(refuseEnd(far, "unreachable", ENOUGH, NOW)).toEqual({
      code: "too_early",
      from: new Date(NOW.getTime() + 4 * DAY_MS),
    });
    expect(refuseEnd(far, "refuted", ENOUGH, NOW)).toBeUndefined();
    // During the visit and after it nothing is signed any more.
    for (const verdict of ["unreachable", "refuted"] as const)
      expect(refuseEnd({ ...challenged, startsAt: NOW }, verdict, ENOUGH, NOW)).toEqual({ code: "not_possible" });
  });

  test("of any tries and any state, an end that is let through has all of it", () => {
    const attempt = fc.record({
      channel: fc.constantFrom(...ATTEMPT_CHANNELS),
      reached: fc.boolean(),
      at: fc.integer({ min: 0, max: 200 }).map(ago),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...CASE_STATES),
        fc.constantFrom("unreachable" as const, "refuted" as const),
        fc.array(attempt, { maxLength: 6 }),
        (state, verdict, attempts) => {
          if (refuseEnd({ ...challenged, state }, verdict, attempts, NOW)) return;
          const times = attempts.map(({ at }) => at.getTime());
          expect(state).toBe("challenged");
          expect(attempts.length).toBeGreaterThanOrEqual(3);
          expect(new Set(attempts.map(({ channel }) => channel)).size).toBeGreaterThanOrEqual(2);
          expect(attempts.some(({ channel }) => channel === "voice")).toBe(true);
          expect(Math.max(...times) - Math.min(...times)).toBeGreaterThanOrEqual(72 * HOUR_MS);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("only what was asked about can end, and what was kept stays kept", () => {
    const ends = CASE_STATES.filter((from) => caseMay(from, "unreachable") || caseMay(from, "refuted"));
    expect(ends).toEqual(["challenged"]);
    for (const over of ["validated", "cleared"] as const)
      expect(CASE_STATES.filter((to) => caseMay(over, to))).toEqual([]);
  });
});

describe("appeals", () => {
  const lost = {
    state: "unreachable",
    settledAt: ago(24),
    settledBy: "ana",
    appealedAt: null,
    appealVerdict: null,
  } as const;

  test("every place that was lost can be appealed for ten days, once", () => {
    expect(mayAppeal(lost, NOW)).toBe(true);
    expect(mayAppeal({ ...lost, state: "refuted" }, NOW)).toBe(true);
    expect(mayAppeal({ ...lost, settledAt: ago(241) }, NOW)).toBe(false);
    expect(mayAppeal({ ...lost, appealedAt: ago(1) }, NOW)).toBe(false);
    expect(mayAppeal({ ...lost, state: "validated" }, NOW)).toBe(false);
  });

  test("who signed does not decide", () => {
    const open = { ...lost, appealedAt: ago(1) };
    expect(refuseAppealDecision(open, "ana")).toEqual({ code: "another_decides" });
    expect(refuseAppealDecision(open, "eva")).toBeUndefined();
    expect(refuseAppealDecision({ ...open, appealVerdict: "won" }, "eva")).toEqual({ code: "not_possible" });
    expect(refuseAppealDecision(lost, "eva")).toEqual({ code: "not_possible" });
  });
});

test("a contact is warned, then waits thirty days, then twelve months", () => {
  const days = (level: "orange" | "red") =>
    [0, 1, 2, 7].map((before) => {
      const { step, until } = nextSanction(before, level, NOW);
      return [step, until && (until.getTime() - NOW.getTime()) / DAY_MS];
    });
  const [month, year] = [
    [2, 30],
    [3, 365],
  ];
  expect(days("orange")).toEqual([[1, null], month, year, year]);
  // Of a red group there is no warning first.
  expect(days("red")).toEqual([month, year, year, year]);
  expect(frozenUntil("red", NOW)).toEqual(new Date(NOW.getTime() + FREEZE_DAYS * DAY_MS));
  for (const level of ["green", "yellow", "orange"] as const) expect(frozenUntil(level, NOW)).toBeUndefined();
});

test("two in a hundred of an office's week are asked about, and in the smallest one", () => {
  expect(budgetLeft({ bookings: 1000, queued: 0 })).toBe(20);
  expect(budgetLeft({ bookings: 1000, queued: 25 })).toBe(0);
  expect(budgetLeft({ bookings: 3, queued: 0 })).toBe(1);
  expect(budgetLeft({ bookings: 3, queued: 1 })).toBe(0);
});

test("the dice draw one in a hundred", () => {
  const ids = Array.from({ length: 20_000 }, () => crypto.randomUUID());
  const drawn = ids.filter(isControl).length;
  // Five standard deviations of 20,000 throws: one wrong alarm in a million runs.
  expect(Math.abs(drawn - 200)).toBeLessThan(5 * Math.sqrt(200));
});
