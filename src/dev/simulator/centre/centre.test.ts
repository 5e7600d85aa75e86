import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { centreFigures } from "./figures.ts";
import { centreCharts } from "./pictures.ts";
import { centreReport } from "./text.ts";

const figures = centreFigures(1);
const dayOf = (name: string, callBacks = false) =>
  figures.days.find((one) => one.name === name && one.callBacks === callBacks)!.played;

it("loses nobody: each call is answered, given up or called back", () => {
  for (const { played } of figures.days)
    expect(played.answered + played.abandoned + played.callBacks).toBe(played.offered);
});

it("meets what Erlang A says where its assumptions hold", () => {
  const { played, within, abandoned } = figures.steady;
  expect(Math.abs(played.within - within)).toBeLessThan(0.02);
  expect(Math.abs(played.abandoned - abandoned)).toBeLessThan(0.005);
});

it("serves better by the proposed shifts than by two halves, and keeps the promise with as many as it needs", () => {
  const given = (name: string) => dayOf(name).abandoned / dayOf(name).offered;
  expect(given("proposed")).toBeLessThan(given("two_halves") / 2);
  const promised = dayOf("as_promised");
  expect(promised.within / promised.offered).toBeGreaterThan(0.8);
  expect(given("as_promised")).toBeLessThan(0.05);
});

it("spares people their second call by calling back, nearly always in time", () => {
  const [without, withThem] = [dayOf("two_halves"), dayOf("two_halves", true)];
  expect(withThem.redials).toBeLessThan(without.redials);
  expect(withThem.callBacksKept / withThem.callBacks).toBeGreaterThan(0.8);
});

it("is written down as it is played", () => {
  const kept = (name: string) => readFileSync(`docs/simulation/${name}`, "utf8");
  expect(kept("centre.md")).toBe(centreReport(figures));
  for (const [name, svg] of centreCharts(figures)) expect(kept(name)).toBe(svg);
});
