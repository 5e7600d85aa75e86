import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MOST_CHALLENGED } from "#modules/integrity/index.ts";
import { chanceFrom } from "../chance.ts";
import { figuresOf, sizeOf, type IntegrityFigures } from "./figures.ts";
import { HONEST, OFFICES } from "./parameters.ts";
import { bookingsOf, knownAt, startOf } from "./people.ts";
import { integrityCharts } from "./pictures.ts";
import { integrityReport } from "./text.ts";

const SMALL = { weeks: 20, offices: 2 };
/** What a change of the rules may not fall below in the small year; its own figures are ten points higher. */
const LEAST = { precision: 0.65, recallOfSharing: 0.28, fromYellow: 0.5 };
/** Of honest bookings, those flagged for nothing: one in a hundred at most. */
const MOST_WRONG = 0.01;
/** Appeals won of all that were asked about: whoever asks is wrong one time in twenty at most (fairness.md 4.4.5). */
const MOST_APPEALS_WON = 0.05;

describe("a year of middlemen", () => {
  const shipped = figuresOf("shipped", [1], sizeOf("shipped", SMALL.weeks, SMALL.offices));
  const flagged = (figures: IntegrityFigures, group: string) =>
    figures.groups.find((one) => one.group === group)!.flagged;

  it("is mostly right about whom it looks at, and finds a good part of whoever shares something", () => {
    expect(shipped.precision).toBeGreaterThan(LEAST.precision);
    expect(shipped.recallOfSharing).toBeGreaterThan(LEAST.recallOfSharing);
    // Control: by chance it would be right as often as there are sellers.
    const sold = shipped.groups.filter(({ group }) => !(HONEST as readonly string[]).includes(group));
    const all = (some: typeof sold) => some.reduce((sum, one) => sum + one.bookings, 0);
    expect(all(sold) / all([...shipped.groups])).toBeLessThan(0.1);
  });

  it("wrongs few, asks about no more than an office's week allows, and is put right seldom", () => {
    expect(shipped.falseShare).toBeLessThan(MOST_WRONG);
    expect(shipped.lostShare).toBeLessThan(MOST_WRONG / 10);
    expect(shipped.askedShare).toBeLessThanOrEqual(MOST_CHALLENGED);
    expect(shipped.appealsWon).toBeLessThan(MOST_APPEALS_WON);
  });

  it("never flags a registered helper or one network, never finds the concierge, and lets every reader keep her place", () => {
    for (const group of ["registered", "shared_network", "concierge"])
      expect([group, flagged(shipped, group)]).toEqual([group, 0]);
    expect(shipped.groups.find(({ group }) => group === "library")!.lost).toBe(0);
  });

  it("finds less of sellers who never file a client twice, and still looks twice at most of them", () => {
    const careful = figuresOf("careful", [1], sizeOf("careful", SMALL.weeks, SMALL.offices));
    expect(careful.recall).toBeLessThan(shipped.recall);
    expect(careful.fromYellow).toBeGreaterThan(LEAST.fromYellow);
  });

  it("is the same for the same seed", () => {
    expect(figuresOf("shipped", [1], sizeOf("shipped", SMALL.weeks, SMALL.offices))).toEqual(shipped);
  });
});

it("is told nothing of what is still to come", () => {
  const all = bookingsOf(sizeOf("shipped", 4, 1), chanceFrom(7));
  const now = startOf(2);
  for (const one of all) {
    const known = knownAt(one, now);
    if (one.startsAt >= now) expect(known.ended).toBeNull();
    if (one.cancelledAt !== null && one.cancelledAt > now) expect(known.cancelledAt).toBeNull();
  }
});

it("has a kept report that says what its figures say", () => {
  const kept = new URL("../../../../docs/simulation/", import.meta.url);
  const figures = JSON.parse(readFileSync(new URL("integrity.json", kept), "utf8")) as IntegrityFigures[];
  expect(readFileSync(new URL("integrity.md", kept), "utf8")).toBe(integrityReport(figures));
  for (const [name, svg] of integrityCharts(figures)) expect(readFileSync(new URL(name, kept), "utf8")).toBe(svg);
  expect(figures[0]!.groups[0]!.bookings).toBeGreaterThan(OFFICES * 5000);
});
