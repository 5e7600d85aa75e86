import { describe, expect, test } from "vitest";
import type { Option } from "../types.ts";
import { isBroad, lossesOf, offeredCell, tierWithCredit, type OfferedCell, type PastDraw } from "./loss-credit.ts";
import { DRAW_POLICY, policyOf } from "./policy.ts";

const ON = policyOf({ lossCredit: true });
const [MONDAYS, SATURDAYS, ALL_DAY] = [0b0000001, 0b0100000, 0b111];
/** Two Mondays and two Saturdays of two offices, mornings and afternoons. */
const OFFERED: OfferedCell[] = ["2026-12-07", "2026-12-12", "2026-12-14", "2026-12-19"].flatMap((date) =>
  [0, 2].map((band) => offeredCell(date, band)),
);
const offeredAt = (office: string) => (["fresno", "san-jose"].includes(office) ? OFFERED : []);
const option = (change: Partial<Option> = {}): Option => ({
  offices: ["fresno"],
  from: "2026-12-07",
  to: "2026-12-20",
  weekdays: MONDAYS | SATURDAYS,
  bands: ALL_DAY,
  ...change,
});
const alone = () => [];
const near = () => ["san-jose"];
const both = { offices: ["fresno", "san-jose"] };

describe("a list is broad", () => {
  test.each<[string, Option[], () => string[], boolean]>([
    ["all that the only office gives", [option()], alone, true],
    ["every Saturday is broad for who can come on Saturdays", [option({ weekdays: SATURDAYS })], alone, true],
    ["mornings alone are not", [option({ bands: 0b001 })], alone, false],
    ["the first week alone is not", [option({ to: "2026-12-13" })], alone, false],
    ["the last week alone is not", [option({ from: "2026-12-14" })], alone, false],
    ["one office is not, when another is near", [option()], near, false],
    ["ended by any office near it is", [option({ bands: 0b001 }), option(both)], near, true],
    ["ended by less than was wished before it is not", [option(both), option()], near, false],
    ["days on which nothing was given win nothing", [option({ weekdays: 0b0000010 })], alone, false],
    ["of nothing is none", [], near, false],
  ])("%s", (_, options, nearest, broad) => {
    expect(isBroad(options, offeredAt, nearest)).toBe(broad);
  });
});

describe("losses in a row", () => {
  const [lost, narrow, offered]: PastDraw[] = [
    { offered: false, broad: () => true },
    { offered: false, broad: () => false },
    { offered: true, broad: () => false },
  ];
  test("are counted from the latest draw back to the last offer; a narrow list changes nothing", () => {
    expect(lossesOf([lost!, narrow!, lost!, offered!, lost!], 9)).toEqual({ inARow: 2 });
    expect(lossesOf([offered!, lost!, lost!], 9)).toEqual({ inARow: 0 });
    expect(lossesOf([], 9)).toEqual({ inARow: 0 });
  });

  test("are looked for no further than they count", () => {
    const never: PastDraw = { offered: false, broad: () => expect.unreachable("looked too far") };
    expect(lossesOf([lost!, lost!, never], 2)).toEqual({ inARow: 2 });
  });
});

describe("the credit", () => {
  const losses = (...each: number[]) => each.map((inARow) => ({ inARow }));
  test("lifts an ordinary party whose people have lost enough, and each of them carries two more", () => {
    expect(tierWithCredit(3, 1, losses(2), ON)).toBe(2);
    expect(tierWithCredit(3, 1, losses(1), ON)).toBe(3);
    expect(tierWithCredit(3, 3, losses(0, 2, 0), ON)).toBe(2);
    expect(tierWithCredit(3, 4, losses(0, 2, 0, 0), ON)).toBe(3);
    expect(tierWithCredit(1, 1, losses(2), ON)).toBe(1);
  });

  test("is off unless an installation turns it on, which its openings say", () => {
    expect(tierWithCredit(3, 1, losses(9), DRAW_POLICY)).toBe(3);
    expect(policyOf({ lossCredit: false })).toEqual(DRAW_POLICY);
    expect(JSON.stringify(DRAW_POLICY.lossCredit)).toBe('{"enabled":false,"losses":2}');
    expect(ON).toEqual({ ...DRAW_POLICY, lossCredit: { enabled: true, losses: 2, reachKm: 250 } });
  });
});
