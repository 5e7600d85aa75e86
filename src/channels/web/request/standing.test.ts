import { describe, expect, it } from "vitest";
import type { DrawAhead, DrawId, RequestInDraw } from "#modules/allocation/index.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { standingOf } from "./standing.ts";

const NOW = new Date("2026-11-28T12:00:00Z");
const at = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR_MS);

const inDraw = (change: Partial<RequestInDraw> = {}): RequestInDraw => ({
  drawId: "first" as DrawId,
  kind: "weekly",
  state: "open",
  locksAt: at(10),
  drawsAt: at(11),
  answersBy: at(80),
  app: "0".repeat(32),
  promise: "",
  answer: null,
  seating: null,
  officeId: null,
  localDate: null,
  upgrade: false,
  upgradeUntil: null,
  option: null,
  turn: null,
  ...change,
});
const hours = (from: number) => ({
  opensAt: at(-50),
  locksAt: at(from),
  drawsAt: at(from + 1),
  answersBy: at(from + 60),
});
const ahead = { key: "", id: "first", first: hours(-30), second: hours(40) } as unknown as DrawAhead;

describe("a request", () => {
  it("is in the draw whose result comes first", () => {
    const draws = [inDraw({ drawsAt: at(180), locksAt: at(170) }), inDraw()];
    expect(standingOf({ state: "standing", draws }, [], NOW)).toMatchObject({
      kind: "in",
      next: { at: at(11), locked: false },
    });
  });

  it("is being shared from the instant of the lock until its result is told", () => {
    for (const draws of [[inDraw({ locksAt: NOW })], [inDraw({ state: "locked" })], [inDraw({ state: "drawn" })]])
      expect(standingOf({ state: "standing", draws }, [], NOW)).toMatchObject({ kind: "in", next: { locked: true } });
  });

  it("that was not drawn waits for the second round before the next week", () => {
    const draws = [
      inDraw({ drawId: "next" as DrawId, drawsAt: at(180), locksAt: at(170) }),
      inDraw({ state: "drawn", answer: "waiting" }),
    ];
    expect(standingOf({ state: "standing", draws }, [ahead], NOW)).toMatchObject({
      kind: "waiting",
      next: { at: at(41) },
    });
    expect(standingOf({ state: "standing", draws }, [ahead], at(41))).toMatchObject({ next: { at: at(180) } });
  });

  it("that said no is not in the second round", () => {
    const draws = [inDraw({ state: "drawn", answer: "declined" })];
    expect(standingOf({ state: "standing", draws }, [ahead], NOW)).toEqual({
      kind: "given_back",
      next: undefined,
      last: draws[0],
    });
  });

  it("whose place the office closed is told so, and stands in the second round", () => {
    const draws = [inDraw({ state: "drawn", answer: "displaced" })];
    expect(standingOf({ state: "standing", draws }, [ahead], NOW)).toMatchObject({ kind: "displaced", last: draws[0] });
  });

  it("that did not answer in time for a place of tomorrow is told so, and nothing of an hour that gave her nothing", () => {
    const nothing = inDraw({ kind: "short", state: "settled", answer: "waiting" });
    const passed = inDraw({ kind: "short", state: "settled", answer: "passed" });
    const weekly = inDraw({ state: "settled", answer: "waiting" });
    expect(standingOf({ state: "standing", draws: [nothing, passed, weekly] }, [], NOW)).toMatchObject({
      kind: "passed",
      last: passed,
    });
    expect(standingOf({ state: "standing", draws: [nothing, weekly] }, [], NOW)).toMatchObject({ last: weekly });
  });

  it("with an offer shows the first minute of its party", () => {
    const seating = [
      { startsAt: at(500).getTime() },
      { startsAt: at(499).getTime() },
    ] as unknown as RequestInDraw["seating"];
    const draws = [inDraw({ drawId: "next" as DrawId }), inDraw({ state: "drawn", answer: "offered", seating })];
    expect(standingOf({ state: "offered", draws }, [], NOW)).toMatchObject({ kind: "offered", startsAt: at(499) });
  });

  it("that is over says nothing of draws", () => {
    for (const state of ["confirmed", "withdrawn", "ended"] as const)
      expect(standingOf({ state, draws: [inDraw()] }, [ahead], NOW)).toEqual({ kind: state });
  });
});
