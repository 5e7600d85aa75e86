import { describe, expect, it } from "vitest";
import { AGAIN_MS, AT_REST, HOLD_MS, isArmed, isHeld, press, release } from "./alarm-press.ts";

describe("the key that calls for help", () => {
  it("does nothing when it is touched once", () => {
    const { next, calls } = press(AT_REST, 0);
    expect(calls).toBe(false);
    expect(isHeld(next, HOLD_MS - 1)).toBe(false);
    expect(isHeld(release(next), 10 * HOLD_MS)).toBe(false);
  });

  it("calls when it is held", () => {
    expect(isHeld(press(AT_REST, 100).next, 100 + HOLD_MS)).toBe(true);
  });

  it("calls at the second press, and not when that comes too late", () => {
    const armed = release(press(AT_REST, 0).next);
    expect(press(armed, AGAIN_MS).calls).toBe(true);
    expect(press(armed, AGAIN_MS + 1).calls).toBe(false);
    expect([isArmed(armed, AGAIN_MS), isArmed(armed, AGAIN_MS + 1)]).toEqual([true, false]);
  });

  it("is at rest after it called: a third press is a first one", () => {
    const { next } = press(release(press(AT_REST, 0).next), 500);
    expect(press(next, 600).calls).toBe(false);
  });
});
