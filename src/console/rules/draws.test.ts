import { expect, test } from "vitest";
import type { DrawHead, RegimeRow } from "../api/types.ts";
import { daysByOffice, firstRounds, firstShown, perPlace, sortRegimes } from "./draws.ts";

const hours = { locksAt: "", drawsAt: "", answersBy: "", horizonFrom: "", horizonTo: "" };
const draw = (id: string, day: number, change: Partial<DrawHead> = {}): DrawHead => ({
  id,
  kind: "weekly",
  state: "open",
  follows: null,
  opensAt: `2026-11-${day}`,
  ...hours,
  ...change,
});
const regime = (officeId: string, ratio: number | null, change: Partial<RegimeRow> = {}): RegimeRow => ({
  officeId,
  serviceGroup: "documentacion",
  regime: "immediate",
  drawsFrom: null,
  decidedBy: "measure",
  decidedAt: null,
  measures: [{ at: "", regime: "immediate", asked: 1, places: 1, ratio, decision: "immediate", reason: "room" }],
  ...change,
});

test("what is asked per place is told with two digits, and not at all where it is not known", () => {
  expect([perPlace(50, 40), perPlace(null, 40), perPlace(5, 0)]).toEqual(["1.25", "–", "–"]);
});

test("second rounds stand behind their first, and the running draw is shown before the open one", () => {
  const draws = [draw("a", 16, { state: "drawn" }), draw("b", 16, { follows: "a", kind: "second" }), draw("c", 23)];
  expect(firstRounds(draws).map(({ id }) => id)).toEqual(["c", "a"]);
  expect(firstShown(draws)).toBe("a");
  expect(firstShown([draws[2]!, draw("d", 16, { state: "settled" })])).toBe("c");
  expect(firstShown([])).toBeUndefined();
});

test("days stand together by office and group", () => {
  const day = (officeId: string, localDate: string) => ({ officeId, serviceGroup: "visas", localDate, places: 4 });
  expect(daysByOffice([day("a", "2026-12-14"), day("b", "2026-12-14"), day("a", "2026-12-15")])).toMatchObject([
    { officeId: "a", days: [{ localDate: "2026-12-14" }, { localDate: "2026-12-15" }] },
    { officeId: "b", days: [{ localDate: "2026-12-14" }] },
  ]);
});

test("offices that draw, were decided by people or are nearly full come first", () => {
  const rows = [
    regime("calm", 0.2),
    regime("drawn", 0.5, { regime: "draw" }),
    regime("full", 0.9),
    regime("by-hand", null, { decidedBy: "staff" }),
  ];
  const { first, others } = sortRegimes(rows);
  expect(first.map((row) => row.officeId)).toEqual(["full", "drawn", "by-hand"]);
  expect(others.map((row) => row.officeId)).toEqual(["calm"]);
});
