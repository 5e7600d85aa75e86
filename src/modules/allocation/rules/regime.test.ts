import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DRAW_FROM, IMMEDIATE_UP_TO } from "#kernel/draws.ts";
import { askedPlaces, decideRegime, LEAST_PLACES, ratioOf, type AlikeEntries, type Regime } from "./regime.ts";

const decide = (regime: Regime, ratio: number | null, before: number | null = null, byHand = false) => {
  const { regime: next, reason } = decideRegime({ regime, ratio, before, byHand });
  return `${next}: ${reason}`;
};

describe("the switch between draw and immediate booking", () => {
  test("goes to the draw at 0.95 and back only after two measures of 0.80 or less", () => {
    expect(decide("immediate", 0.949)).toBe("immediate: between");
    expect(decide("immediate", 0.95)).toBe("draw: scarce");
    expect(decide("draw", 0.81, 0.5)).toBe("draw: between");
    expect(decide("draw", 0.8)).toBe("draw: room_once");
    expect(decide("draw", 0.8, 0.81)).toBe("draw: room_once");
    expect(decide("draw", 0.8, 0.8)).toBe("immediate: room_twice");
    expect(decide("immediate", 0.3, 0.3)).toBe("immediate: room");
  });

  test("leaves alone what people decided, and what is too little to measure", () => {
    expect(decide("draw", 0.1, 0.1, true)).toBe("draw: by_hand");
    expect(decide("immediate", 3, 3, true)).toBe("immediate: by_hand");
    expect(decide("draw", null, 0.1)).toBe("draw: too_few");
  });

  test("never turns twice within the band, however the demand swings there", () => {
    const inBand = fc.double({ min: IMMEDIATE_UP_TO, max: DRAW_FROM, minExcluded: true, maxExcluded: true });
    fc.assert(
      fc.property(fc.constantFrom<Regime>("draw", "immediate"), fc.array(inBand), (start, ratios) => {
        let [regime, before] = [start, null as number | null];
        for (const ratio of ratios) {
          regime = decideRegime({ regime, ratio, before, byHand: false }).regime;
          before = ratio;
        }
        return regime === start;
      }),
    );
  });
});

describe("the demand ratio", () => {
  test("takes two draws together, and says nothing of a handful of places", () => {
    expect(ratioOf([{ asked: 150, places: 100 }])).toBe(1.5);
    const two = [
      { asked: 150, places: 100 },
      { asked: 10, places: 100 },
    ];
    expect(ratioOf(two)).toBe(0.8);
    expect(ratioOf([{ asked: 500, places: LEAST_PLACES - 1 }])).toBeNull();
    expect(ratioOf([])).toBeNull();
  });

  test("counts a household once: in equal parts at the offices of its first wish that draw the group", () => {
    const option = { offices: ["a", "b", "c"], from: "2026-12-14", to: "2026-12-18", weekdays: 31, bands: 7 };
    const alike: AlikeEntries[] = [
      { option, need: { documentacion: 4, registro_civil: 2 }, entries: 3 },
      { option: { ...option, offices: ["b"] }, need: { documentacion: 1 }, entries: 2 },
    ];
    const asked = askedPlaces(
      alike,
      (office, group) => office !== "c" && (group === "documentacion" || office === "a"),
    );
    expect(Object.fromEntries(asked)).toEqual({ "a documentacion": 6, "b documentacion": 8, "a registro_civil": 6 });
  });
});
