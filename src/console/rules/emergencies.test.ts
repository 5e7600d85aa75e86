import { expect, test } from "vitest";
import { mayDo, timeLeft } from "./emergencies.ts";

const NOW = Date.parse("2026-12-02T17:00:00Z");
const inMinutes = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString();

test("what is left is told in minutes, from two hours on in hours, and lateness in the same way", () => {
  expect(timeLeft(inMinutes(12.2), NOW)).toEqual({ late: false, unit: "minutes", count: 13 });
  expect(timeLeft(inMinutes(120), NOW)).toEqual({ late: false, unit: "minutes", count: 120 });
  expect(timeLeft(inMinutes(200), NOW)).toEqual({ late: false, unit: "hours", count: 3 });
  expect(timeLeft(inMinutes(0), NOW)).toEqual({ late: true, unit: "minutes", count: 0 });
  expect(timeLeft(inMinutes(-600), NOW)).toEqual({ late: true, unit: "hours", count: 10 });
});

test("whoever proposed waits for a second; the head of office not for ever, and alone proposes after a review", () => {
  const proposed = { state: "proposed", mine: true, reviewed: false, aloneFrom: inMinutes(5) };
  expect(mayDo(proposed, true, NOW)).toEqual({ propose: false, sign: false, signAlone: false, sendBack: true });
  expect(mayDo({ ...proposed, aloneFrom: inMinutes(0) }, true, NOW).signAlone).toBe(true);
  expect(mayDo({ ...proposed, aloneFrom: inMinutes(0) }, false, NOW).signAlone).toBe(false);
  expect(mayDo({ ...proposed, mine: false }, false, NOW).sign).toBe(true);
  const reviewed = { state: "asked", mine: false, reviewed: true, aloneFrom: null };
  expect([mayDo(reviewed, false, NOW).propose, mayDo(reviewed, true, NOW).propose]).toEqual([false, true]);
});
