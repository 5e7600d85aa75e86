import { expect, test } from "vitest";
import type { ServiceSlug } from "#kernel/ids.ts";
import type { Station } from "../types.ts";
import { PICTURES, routeOf, stationAfter, turnCode, type HallPlan } from "./turn.ts";

const PASSPORT = "pasaporte-adulto" as ServiceSlug;
const RECORD = "copia-acta" as ServiceSlug;
const plan = (stations: readonly Station[], routes: Record<string, readonly Station[]> = {}): HallPlan => ({
  stations: new Map(stations.map((one) => [one, 2])),
  routes: new Map(Object.entries(routes) as [ServiceSlug, readonly Station[]][]),
});

test("codes of a day differ by number, and neighbours also by picture", () => {
  const codes = Array.from({ length: 300 }, (_, i) => turnCode(i + 1));
  expect(new Set(codes.map((one) => one.number)).size).toBe(300);
  for (const [i, one] of codes.slice(1).entries()) expect(one.picture).not.toBe(codes[i]!.picture);
  expect(turnCode(PICTURES.length + 1).picture).toBe(PICTURES[0]);
});

test("an office without stations has a window for everything", () => {
  expect(routeOf([PASSPORT, RECORD], plan([]))).toEqual(["window"]);
});

test("a service without a route of its own goes through all stations but the window", () => {
  expect(routeOf([PASSPORT], plan(["window", "capture", "filter", "cashier"]))).toEqual([
    "filter",
    "cashier",
    "capture",
  ]);
});

test("a family goes together through every station that one of it needs", () => {
  const office = plan(["filter", "cashier", "capture", "window"], { [RECORD]: ["filter", "window"] });
  expect(routeOf([RECORD], office)).toEqual(["filter", "window"]);
  expect(routeOf([RECORD, PASSPORT], office)).toEqual(["filter", "cashier", "capture", "window"]);
});

test("a route through stations that the office closed leads to those that it has", () => {
  expect(routeOf([RECORD], plan(["capture"], { [RECORD]: ["window"] }))).toEqual(["window"]);
});

test("each station is followed by the next of the route, and the last by none", () => {
  const route: Station[] = ["filter", "capture"];
  expect(stationAfter({ route, station: "filter" })).toBe("capture");
  expect(stationAfter({ route, station: "capture" })).toBeUndefined();
});
