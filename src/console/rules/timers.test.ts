import { describe, expect, it } from "vitest";
import { LATE_AFTER_MINUTES, minutesLate, minutesSince, secondsUntil, spell } from "./timers.ts";

const at = "2026-12-03T16:00:00.000Z";
const minutesAfter = (minutes: number) => Date.parse(at) + minutes * 60_000;

describe("timers", () => {
  it("count whole minutes and never below zero", () => {
    expect(minutesSince(at, minutesAfter(4.9))).toBe(4);
    expect(minutesSince(at, minutesAfter(-3))).toBe(0);
  });

  it("have patience before a party is late", () => {
    expect(minutesLate(at, minutesAfter(LATE_AFTER_MINUTES))).toBe(0);
    expect(minutesLate(at, minutesAfter(LATE_AFTER_MINUTES + 1))).toBe(LATE_AFTER_MINUTES + 1);
  });

  it("count the minute in which an outcome can be taken back", () => {
    expect(secondsUntil(at, minutesAfter(-1))).toBe(60);
    expect(secondsUntil(at, minutesAfter(-0.01))).toBe(1);
    expect(secondsUntil(at, minutesAfter(0))).toBe(0);
    expect(secondsUntil(null, minutesAfter(-1))).toBe(0);
  });

  it("spell minutes and hours", () => {
    expect(spell(7)).toBe("7 min");
    expect(spell(65)).toBe("1 h 05");
  });
});
