import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { figuresOf, SAMPLE_LENGTH, SAMPLE_OFFICES, SEED, YEAR_LENGTH, type YearFile } from "./figures.ts";
import { readNetwork } from "./network.ts";
import { yearCharts } from "./pictures.ts";
import { yearReport } from "./text.ts";
import { SHIPPED, type Rules } from "./world.ts";
import { playYear, type Length } from "./year.ts";

/** Small offices: one with snow and both clock changes in winter and summer, one at the border. */
const OFFICES = ["leamington", "del-rio"];
const DAYS: Length = { from: "2027-03-01" as LocalDate, warmUp: 7, days: 14 };
const docs = (name: string) => readFileSync(new URL(`../../../../docs/simulation/${name}`, import.meta.url), "utf8");

const play = (rules: Partial<Rules> = {}) => playYear(readNetwork(OFFICES), SEED, DAYS, { ...SHIPPED, ...rules });
const brokenBy = (rules: Partial<Rules>) => [...(play(rules).broken?.rules.keys() ?? [])];

describe("a few weeks of two offices", () => {
  it("keep every promise by the rules that ship, with bookings, cuts and proposals", () => {
    const { tally, broken } = play();
    expect(broken).toBeUndefined();
    expect(tally.inspected.days).toBe(DAYS.warmUp + DAYS.days + 1);
    for (const what of ["booked", "cancelled", "moved", "reopened", "cuts", "proposed", "accepted"] as const)
      expect(tally.counts.get(what), what).toBeGreaterThan(0);
  });

  it("are the same for the same seed, and others for another", () => {
    const told = (seed: number) => [...playYear(readNetwork(OFFICES), seed, { ...DAYS, days: 3 }).tally.counts];
    expect(told(4)).toEqual(told(4));
    expect(told(4)).not.toEqual(told(5));
  });
});

/** The negative controls: each rule is broken on purpose, and the line that should find it does. */
describe("what holds after every day is not held by", () => {
  it("a cut that takes the place of somebody who has none yet", () => {
    const broken: Partial<Rules> = { afterCut: () => "withdrawn" };
    expect(() => play(broken)).toThrow("a place may not go from withdrawn to");
    expect(brokenBy({ ...broken, placeMay: () => true })).toContain("no place is lost and none is doubled");
  });

  it("a cut that forgets one of those whom it met", () => {
    expect(brokenBy({ losers: (parties) => parties.slice(1) })).toEqual(["nobody whose place was cut is forgotten"]);
  });

  it("proposals that give one place to two, which the rule of states refuses first", () => {
    const greedy: Rules["proposeMoves"] = (parties, spare, askFrom, zone) =>
      new Map(parties.flatMap((party) => [...SHIPPED.proposeMoves([party], spare, askFrom, zone)]));
    expect(() => play({ proposeMoves: greedy })).toThrow("a place may not go from held to held");
    expect(brokenBy({ proposeMoves: greedy, placeMay: () => true })).toContain("no place is lost and none is doubled");
  });

  it("a household that is seated one by one", () => {
    const apart: Rules["arrange"] = (open, needs, from) => {
      const taken = new Set<string>();
      const seats = needs.flatMap((need, i) => {
        const left = open.filter((one) => !taken.has(`${one.sessionId} ${one.startsAt} ${one.counter}`));
        const start = i === 0 ? from : Math.max(...left.map((one) => one.startsAt));
        const seat = SHIPPED.arrange(left, [need], start)?.[0];
        for (const one of open)
          if (seat && one.startsAt >= seat.startsAt && one.startsAt < seat.endsAt && one.counter === seat.counter)
            taken.add(`${one.sessionId} ${one.startsAt} ${one.counter}`);
        return seat ? [seat] : [];
      });
      return seats.length === needs.length ? seats : undefined;
    };
    expect(brokenBy({ arrange: apart })).toContain("a household is together");
  });

  it.each([
    ["planned in UTC", "UTC"],
    ["of winter, all year", "Etc/GMT+5"],
  ])("hours %s", (_, zone) => {
    const planSessions: Rules["planSessions"] = (templates, office, from, to) =>
      SHIPPED.planSessions(templates, { ...office, zone }, from, to);
    expect(brokenBy({ planSessions })).toEqual(["an office opens and closes at its local hours"]);
  });

  it("a step too few, a day that is left out, a rest day that is not", () => {
    const fewer: Rules["sessionSteps"] = (session, zone) => SHIPPED.sessionSteps(session, zone).slice(1);
    const without: Rules["planSessions"] = (...args) =>
      SHIPPED.planSessions(...args).filter((one) => !one.localDate.endsWith("-15"));
    const always: Rules["planSessions"] = (templates, office, from, to) =>
      SHIPPED.planSessions(templates, { ...office, closedOn: new Set() }, from, to);
    for (const rules of [{ sessionSteps: fewer }, { planSessions: without }, { planSessions: always }])
      expect(brokenBy(rules)).toContain("the horizon is full");
  });
});

describe("the committed year", () => {
  const file = JSON.parse(docs("year.json")) as YearFile;

  it("is told as its figures say", () => {
    expect(docs("year.md")).toBe(yearReport(file));
    for (const [name, svg] of yearCharts(file.year)) expect(docs(name)).toBe(svg);
  });

  it("is of the whole network, within ten minutes of one core", () => {
    expect(file.year).toMatchObject({ seed: SEED, offices: 59, zones: 12, length: YEAR_LENGTH });
    expect(file.effort.cpuSeconds).toBeLessThan(600);
    expect(file.year.inspected.days).toBe(YEAR_LENGTH.warmUp + YEAR_LENGTH.days + 1);
  });

  it("counts every step once: what was used, and what was not and why", () => {
    const { weeks, use } = file.year;
    for (const name of Object.keys(use) as (keyof typeof use)[])
      expect(weeks.reduce((sum, week) => sum + week[name], 0)).toBe(use[name]);
  });

  // Otherwise it is to be played again: npm run simulate -- year.
  it("was played by the rules of today: a short run of four offices gives the same figures", () => {
    expect(figuresOf(SEED, SAMPLE_LENGTH, SAMPLE_OFFICES)).toEqual(file.sample);
  });
});
