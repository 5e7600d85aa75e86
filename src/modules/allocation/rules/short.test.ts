import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SHORT_DRAWN_HOURS } from "#kernel/limits.ts";
import { HOUR_MS, localTimeAt, MINUTE_MS } from "#kernel/time.ts";
import { RELEASE_TICKS, shortFromAt } from "#modules/schedules/index.ts";
import { planDaily } from "./cycle.ts";
import { firstStartOf, isAskedIn, planShort, SHORT_ANSWER_MS } from "./short.ts";

const { offices } = JSON.parse(readFileSync("db/reference/offices.json", "utf8")) as { offices: { zone: string }[] };
const ZONES = [...new Set(offices.map(({ zone }) => zone))];
/** The hours, on the office's clock, at which a draw asks people there on that UTC day. */
const asked = (day: string, zone: string): string[] =>
  Array.from({ length: 48 }, (_, hour) => planShort(new Date(Date.parse(`${day}T00:00:00Z`) + hour * HOUR_MS)))
    .filter((hours) => isAskedIn(zone, hours))
    .map(({ drawsAt }) => localTimeAt(drawsAt, zone));

describe("a short draw", () => {
  it("opens at the full hour, locks, is drawn and gives two hours to answer", () => {
    const hours = planShort(new Date("2026-12-12T19:04:59Z"));
    expect(hours).toEqual({
      opensAt: new Date("2026-12-12T19:00:00Z"),
      locksAt: new Date("2026-12-12T19:05:00Z"),
      drawsAt: new Date("2026-12-12T19:15:00Z"),
      answersBy: new Date("2026-12-12T21:15:00Z"),
      horizonFrom: "2026-12-12",
      horizonTo: "2026-12-13",
      rowsFrom: "2027-01-12",
    });
    expect(firstStartOf(hours)).toEqual(new Date("2026-12-13T07:15:00Z"));
  });

  it("gives two hours, which is a sixth of the shortest notice and never more", () => {
    for (let lead = SHORT_DRAWN_HOURS; lead <= 48; lead++)
      expect(SHORT_ANSWER_MS).toBe(Math.min(2 * HOUR_MS, (lead * HOUR_MS) / 6));
  });

  it("is over before the third one after it locks, so that what nobody took is in that one", () => {
    const first = planShort(new Date("2026-12-12T19:00:00Z"));
    const third = planShort(new Date("2026-12-12T22:00:00Z"));
    expect(third.locksAt.getTime() - first.answersBy.getTime()).toBe(50 * MINUTE_MS);
  });

  it("has no day of the next daily draw, and every nearer one", () => {
    for (const now of ["2026-12-12T23:59:59Z", "2026-12-13T00:00:00Z", "2026-12-13T06:00:00Z"].map(
      (at) => new Date(at),
    ))
      expect([now, planShort(now).horizonTo < planDaily(now).horizonFrom]).toEqual([now, true]);
    // Six in the evening in Mexico City: from here on the day after tomorrow is in no daily draw.
    expect(planShort(new Date("2026-12-12T23:00:00Z")).horizonTo).toBe("2026-12-13");
    expect(planShort(new Date("2026-12-13T00:00:00Z")).horizonTo).toBe("2026-12-14");
  });

  it("asks between eight in the morning and nine at night on the office's own clock, whatever its zone and season", () => {
    const daytime = Array.from({ length: 11 }, (_, i) => `${String(i + 8).padStart(2, "0")}:15`);
    for (const zone of ZONES)
      for (const day of ["2026-07-15", "2026-12-12"])
        expect([zone, [...new Set(asked(day, zone))].sort()]).toEqual([zone, daytime]);
  });

  it("keeps to the wall clock on the days on which it is set forward and back", () => {
    for (const zone of ["America/Los_Angeles", "America/New_York", "America/Phoenix"])
      for (const day of ["2026-03-07", "2026-03-08", "2026-10-31", "2026-11-01"])
        expect([zone, day, [...new Set(asked(day, zone))].sort().at(0), asked(day, zone).sort().at(-1)]).toEqual([
          zone,
          day,
          "08:15",
          "18:15",
        ]);
    // The same instant is eight in Los Angeles the day before, and nine once the clock is set.
    expect(isAskedIn("America/Los_Angeles", planShort(new Date("2026-03-07T16:00:00Z")))).toBe(true);
    expect(isAskedIn("America/Los_Angeles", planShort(new Date("2026-03-07T15:00:00Z")))).toBe(false);
    expect(isAskedIn("America/Los_Angeles", planShort(new Date("2026-03-08T15:00:00Z")))).toBe(true);
  });

  it("begins at each release tick while it is day in every zone, so that what a tick keeps for it is drawn at once", () => {
    for (const zone of ZONES)
      for (const day of ["2026-07-15", "2026-12-12"])
        for (const hour of RELEASE_TICKS) {
          const tick = new Date(`${day}T${hour}:00:00Z`);
          expect([zone, tick, isAskedIn(zone, planShort(tick))]).toEqual([zone, tick, true]);
          expect(shortFromAt(tick)).toEqual(firstStartOf(planShort(tick)));
        }
  });

  it("has no day in the west for an hour that is night there and day in the east", () => {
    const hours = planShort(new Date("2026-12-12T13:00:00Z"));
    expect(isAskedIn("America/New_York", hours)).toBe(true);
    expect(isAskedIn("America/Los_Angeles", hours)).toBe(false);
    expect(isAskedIn("America/New_York", planShort(new Date("2026-12-13T02:00:00Z")))).toBe(false);
  });
});
