import fc from "fast-check";
import { expect, test } from "vitest";
import { lastReleaseTick, mayImprove, nextReleaseTick, RELEASE_TICKS } from "./release.ts";

const at = (text: string) => new Date(`2026-11-${text}Z`);

test("the last tick is found before, at and after each of them", () => {
  expect(lastReleaseTick(at("24T15:59:59"))).toEqual(at("23T22:00:00"));
  expect(lastReleaseTick(at("24T16:00:00"))).toEqual(at("24T16:00:00"));
  expect(lastReleaseTick(at("24T21:59:59"))).toEqual(at("24T16:00:00"));
  expect(lastReleaseTick(at("24T23:30:00"))).toEqual(at("24T22:00:00"));
});

test("the next tick is after now, also at a tick and after the last one of the day", () => {
  expect(nextReleaseTick(at("24T15:59:59"))).toEqual(at("24T16:00:00"));
  expect(nextReleaseTick(at("24T16:00:00"))).toEqual(at("24T22:00:00"));
  expect(nextReleaseTick(at("24T23:30:00"))).toEqual(at("25T16:00:00"));
});

test("a tick is never after now and never more than a day old", () => {
  fc.assert(
    fc.property(
      fc.date({ min: at("01T00:00:00"), max: new Date("2028-12-31T00:00:00Z"), noInvalidDate: true }),
      (now) => {
        const tick = lastReleaseTick(now);
        expect(tick.getTime()).toBeLessThanOrEqual(now.getTime());
        expect(now.getTime() - tick.getTime()).toBeLessThan(24 * 3_600_000);
        expect(RELEASE_TICKS).toContain(tick.getUTCHours());
        const next = nextReleaseTick(now);
        expect(next.getTime()).toBeGreaterThan(now.getTime());
        expect(lastReleaseTick(next)).toEqual(next);
        expect(lastReleaseTick(new Date(next.getTime() - 1))).toEqual(tick);
      },
    ),
  );
});

test("the picture improves from the minute after the tick and after the end of the waiting rooms, and not between", () => {
  expect(mayImprove(at("24T15:59:00"), at("24T16:00:00"))).toBe(false);
  expect(mayImprove(at("24T16:00:00"), at("24T16:01:00"))).toBe(true);
  expect(mayImprove(at("24T16:01:00"), at("24T16:02:00"))).toBe(true);
  expect(mayImprove(at("24T16:06:00"), at("24T16:07:00"))).toBe(false);
  expect(mayImprove(at("24T16:07:00"), at("24T16:30:00"))).toBe(false);
  expect(mayImprove(at("24T16:30:00"), at("24T16:31:00"))).toBe(true);
  expect(mayImprove(at("24T16:36:00"), at("24T16:37:00"))).toBe(false);
  expect(mayImprove(at("24T16:37:00"), at("24T21:00:00"))).toBe(false);
});

test("a server that slept over a tick makes up for it", () => {
  expect(mayImprove(at("24T15:00:00"), at("24T19:00:00"))).toBe(true);
});
