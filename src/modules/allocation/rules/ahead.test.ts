import { describe, expect, it } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import type { Draw, DrawId } from "../types.ts";
import { drawsAhead } from "./ahead.ts";
import { planCycle, planDemo } from "./cycle.ts";

const MONDAY = "2026-11-23" as LocalDate;
const THURSDAY = new Date("2026-11-26T18:00:00Z");

function announced(kind: "weekly" | "demo", opens = THURSDAY): Draw[] {
  const { first, second } = kind === "weekly" ? planCycle(MONDAY) : planDemo(opens);
  const row = { steps: {}, round: null, root: null, seed: null, state: "open" } as const;
  const id = "018f0000-0000-7000-8000-000000000001" as DrawId;
  return [
    { ...row, ...first, id, follows: null, kind },
    { ...row, ...second, id: "018f0000-0000-7000-8000-000000000002" as DrawId, follows: id, kind: "second" },
  ];
}

describe("the draws ahead", () => {
  it("are the announced one and the weeks after it, each once and by its Monday", () => {
    const ahead = drawsAhead(announced("weekly"), true, THURSDAY);
    expect(ahead.map(({ key, id }) => [key, id !== undefined])).toEqual([
      ["2026-11-23", true],
      ["2026-11-30", false],
      ["2026-12-07", false],
    ]);
    expect(ahead[1]!.first.opensAt).toEqual(new Date("2026-11-30T06:00:00Z"));
    expect(ahead[1]!.first.locksAt).toEqual(new Date("2026-12-07T02:00:00Z"));
  });

  it("keep their key when they are announced", () => {
    const before = drawsAhead([], true, THURSDAY).map(({ key }) => key);
    expect(drawsAhead(announced("weekly"), true, THURSDAY).map(({ key }) => key)).toEqual(before);
  });

  it("leave out a week whose lock is over, and a draw once its second round is", () => {
    const sundayNight = new Date("2026-11-30T03:00:00Z");
    expect(drawsAhead([], true, sundayNight).map(({ key }) => key)).toEqual(["2026-11-30", "2026-12-07"]);
    const draws = announced("weekly");
    expect(drawsAhead(draws, true, sundayNight)[0]!.key).toBe(MONDAY);
    expect(drawsAhead(draws, true, draws[1]!.answersBy).map(({ key }) => key)).not.toContain(MONDAY);
  });

  it("are none where nothing is drawn, and only announced ones in a demonstration", () => {
    expect(drawsAhead([], false, THURSDAY)).toEqual([]);
    const [only, ...others] = drawsAhead(announced("demo"), true, THURSDAY);
    expect(others).toEqual([]);
    expect(only!.key).toBe(only!.id);
  });
});
