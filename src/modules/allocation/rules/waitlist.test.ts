import { describe, expect, it } from "vitest";
import { waitlistOf } from "./waitlist.ts";

const line = (key: string, weeks: number, stood: number, served = 0, drawId = "latest") => ({
  key,
  drawId,
  weeks,
  stood,
  served,
  places: stood,
});
const told = (lines: ReturnType<typeof line>[]) =>
  Object.fromEntries(waitlistOf(lines, ({ key }) => key).map(({ row, households }) => [row.key, households]));

describe("who waits", () => {
  it("is counted by the draws in which she stood, once, twice, three or four times, and oftener", () => {
    const lines = [1, 2, 3, 4, 5, 9].map((weeks) => line("fresno", weeks, 50, weeks));
    expect(told([...lines, line("fresno", 1, 99, 0, "the one before")])).toEqual({
      fresno: [49, 48, 47 + 46, 45 + 41],
    });
  });

  it("is not told where few wait, nor where the sum over all would tell it", () => {
    expect(told([line("a", 1, 30), line("a", 2, 9), line("a", 3, 12), line("b", 1, 3), line("c", 1, 40)])).toEqual({
      a: [30, null, null, 0],
      // The smallest of the others is hidden with b, which would be what is missing in the sum.
      b: [null, null, null, null],
      c: [null, null, null, null],
    });
  });

  it("is nobody where everybody was served, and nothing was counted where no draw was", () => {
    expect(told([line("a", 1, 20, 20)])).toEqual({ a: [0, 0, 0, 0] });
    expect(told([])).toEqual({});
  });
});
