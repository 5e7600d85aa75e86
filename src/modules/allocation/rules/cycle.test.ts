import { expect, it } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { cycleMonday, planCycle, planDemo } from "./cycle.ts";

it("a week opens on Monday, locks on Sunday evening, and draws two to six weeks later", () => {
  const now = new Date("2026-11-25T18:00:00Z");
  const { first, second } = planCycle(cycleMonday(now));
  expect(first).toEqual({
    opensAt: new Date("2026-11-23T06:00:00Z"),
    locksAt: new Date("2026-11-30T02:00:00Z"),
    drawsAt: new Date("2026-11-30T02:30:00Z"),
    answersBy: new Date("2026-12-03T02:00:00Z"),
    horizonFrom: "2026-12-14",
    horizonTo: "2027-01-17",
    rowsFrom: "2027-02-16",
  });
  expect(second.locksAt.getTime() - first.answersBy.getTime()).toBe(5 * MINUTE_MS);
  expect(second.answersBy).toEqual(new Date("2026-12-04T18:00:00Z"));
});

it("Sunday night still belongs to the cycle that has just closed; the next one opens at midnight", () => {
  expect(cycleMonday(new Date("2026-11-30T05:59:59Z"))).toBe("2026-11-23");
  expect(cycleMonday(new Date("2026-11-30T06:00:00Z"))).toBe("2026-11-30");
});

it("draws of two weeks share their days but for one week at each end", () => {
  const [one, next] = [planCycle("2026-11-23" as never).first, planCycle("2026-11-30" as never).first];
  expect([one.horizonFrom, next.horizonFrom]).toEqual(["2026-12-14", "2026-12-21"]);
  expect([one.horizonTo, next.horizonTo]).toEqual(["2027-01-17", "2027-01-24"]);
});

it("a demonstration's hours are in order, and its rows public at once", () => {
  const now = new Date("2026-11-25T18:00:00Z");
  const { first, second } = planDemo(now);
  const hours = [
    first.opensAt,
    first.locksAt,
    first.drawsAt,
    first.answersBy,
    second.locksAt,
    second.drawsAt,
    second.answersBy,
  ];
  expect([...hours].sort((a, b) => a.getTime() - b.getTime())).toEqual(hours);
  expect(first.rowsFrom).toBe("2026-11-25");
});
