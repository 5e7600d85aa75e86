import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mulberry32 } from "#kernel/mulberry32.ts";
import { areWeights, LEAST_LABELLED, pointsUnder, refit, type LabelledTerms } from "./refit.ts";
import { POINTS, type ScoreTerm } from "./score.ts";

/** Cases in which swaps tell a middleman, young contacts tell nobody, and sharing tells something. */
function cases(count: number, seed = 1): LabelledTerms[] {
  const next = mulberry32(seed);
  return Array.from({ length: count }, () => {
    const middleman = next() < 0.4;
    const some = (code: ScoreTerm["code"], points: number, share: number) => (next() < share ? [{ code, points }] : []);
    const terms = [
      ...some("device", 15, middleman ? 0.7 : 0.35),
      ...some("swaps", 20, middleman ? 0.6 : 0.02),
      ...some("fresh_contacts", 15, 0.5),
      ...some("resale", 50, middleman ? 0.3 : 0),
    ];
    return { terms, middleman };
  });
}

describe("weights fitted to decided cases", () => {
  test("there are none before five hundred, nor where nearly all ended alike", () => {
    expect(refit(cases(LEAST_LABELLED - 1))).toBeUndefined();
    expect(refit(cases(LEAST_LABELLED))).toBeDefined();
    expect(refit(cases(LEAST_LABELLED).map((one) => ({ ...one, middleman: false })))).toBeUndefined();
  });

  test("give more to what tells, less to what does not, and leave alone what was hardly seen or is a person's word", () => {
    const fitted = refit(cases(2000))!;
    expect(fitted.swaps).toBeGreaterThan(POINTS.swaps);
    expect(fitted.fresh_contacts).toBeLessThan(POINTS.fresh_contacts);
    const { resale, honeypot, helper, household } = POINTS;
    expect(fitted).toMatchObject({ resale, honeypot, helper, household });
    // Control: the other way round where the labels are.
    const turned = refit(
      cases(2000).map(({ terms, middleman }) => ({
        terms: terms.map((one) =>
          one.code === "swaps"
            ? { ...one, code: "fresh_contacts" as const }
            : one.code === "fresh_contacts"
              ? { ...one, code: "swaps" as const }
              : one,
        ),
        middleman,
      })),
    )!;
    expect(turned.fresh_contacts).toBeGreaterThan(turned.swaps);
  });

  test("are whole, never more than doubled or less than halved, and the same for the same cases", () => {
    fc.assert(
      fc.property(fc.nat(1000), (seed) => {
        const fitted = refit(cases(600, seed));
        expect(fitted && areWeights(fitted, POINTS)).not.toBe(false);
        expect(refit(cases(600, seed))).toEqual(fitted);
      }),
      { numRuns: 6 },
    );
    expect(areWeights({ ...POINTS, swaps: 41 }, POINTS)).toBe(false);
    expect(areWeights({ ...POINTS, swaps: 20.5 }, POINTS)).toBe(false);
    expect(areWeights({ ...POINTS, resale: 49 }, POINTS)).toBe(false);
  });

  test("move the points of a case by what its own terms move", () => {
    const terms: ScoreTerm[] = [
      { code: "swaps", points: 20 },
      { code: "device", points: 15 },
    ];
    expect(pointsUnder(terms, 35, POINTS, POINTS)).toBe(35);
    expect(pointsUnder(terms, 35, POINTS, { ...POINTS, swaps: 30 })).toBe(45);
    expect(pointsUnder(terms, 35, POINTS, { ...POINTS, mismatch: 40 })).toBe(35);
  });
});
