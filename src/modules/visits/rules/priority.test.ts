import { describe, expect, it } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { shareWeeks, standsOut } from "./priority.ts";

describe("shares of who was let go first", () => {
  const network = { given: 500, seen: 10_000 };

  it("stand out beyond three times the chance of the network's share", () => {
    // Of 200 five in a hundred are ten, and the chance is 3.08 either way.
    expect(standsOut({ given: 19, seen: 200 }, network)).toBe(false);
    expect(standsOut({ given: 20, seen: 200 }, network)).toBe(true);
  });

  it("do not stand out in a few turns, in none, or where nobody was ever let go first", () => {
    expect(standsOut({ given: 1, seen: 5 }, network)).toBe(false);
    expect(standsOut({ given: 0, seen: 0 }, { given: 0, seen: 0 })).toBe(false);
    expect(standsOut({ given: 0, seen: 300 }, { given: 0, seen: 9_000 })).toBe(false);
  });

  it("are of twelve whole weeks that are over", () => {
    const weeks = { from: "2026-09-07", to: "2026-11-29" };
    expect(shareWeeks("2026-11-30" as LocalDate)).toEqual(weeks);
    expect(shareWeeks("2026-12-06" as LocalDate)).toEqual(weeks);
    expect(shareWeeks("2026-12-07" as LocalDate).to).toBe("2026-12-06");
  });
});
