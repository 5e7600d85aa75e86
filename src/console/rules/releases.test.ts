import { expect, test } from "vitest";
import { monthsThatStand, stepOf } from "./releases.ts";

test("whoever signed waits for another person; with two signatures counts are taken, and an answer is printed elsewhere", () => {
  expect(stepOf({ kind: "counts", signed: 1, mine: true })).toBe("wait");
  expect(stepOf({ kind: "counts", signed: 1, mine: false })).toBe("sign");
  expect(stepOf({ kind: "disclosure", signed: 0, mine: false })).toBe("sign");
  expect(stepOf({ kind: "counts", signed: 2, mine: true })).toBe("take");
  expect(stepOf({ kind: "disclosure", signed: 2, mine: false })).toBe("answer");
});

test("a month is offered 31 days after its end and never before, over a change of year too", () => {
  expect(monthsThatStand("2026-10-31")[0]).toBe("2026-08");
  expect(monthsThatStand("2026-11-01")[0]).toBe("2026-09");
  expect(monthsThatStand("2027-01-31").slice(0, 2)).toEqual(["2026-11", "2026-10"]);
  expect(monthsThatStand("2027-02-01")[0]).toBe("2026-12");
  expect(monthsThatStand("2027-02-01")).toHaveLength(24);
});
