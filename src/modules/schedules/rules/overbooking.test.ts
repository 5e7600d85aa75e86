import fc from "fast-check";
import { expect, test } from "vitest";
import { instantOf } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { NO_EXTRAS } from "../types.ts";
import { layPlaces, OVERBOOKED_FROM } from "./layout.ts";
import { LEAST_JUDGED, MOST_OVERBOOKED_PERCENT, mostOverbooked } from "./overbooking.ts";

const ZONE = "America/Los_Angeles";
const DAY = "2026-12-05" as LocalDate;
const session = { localDate: DAY, startsAt: instantOf(DAY, "08:00", ZONE), endsAt: instantOf(DAY, "14:00", ZONE) };

test("half of the measured absences may be given out again, a tenth at most, and nothing before enough was seen", () => {
  expect(mostOverbooked({ came: 180, missed: 20 })).toBe(5);
  expect(mostOverbooked({ came: 189, missed: 11 })).toBe(2);
  expect(mostOverbooked({ came: 120, missed: 80 })).toBe(MOST_OVERBOOKED_PERCENT);
  expect(mostOverbooked({ came: 150, missed: 49 })).toBe(0);
  expect(mostOverbooked({ came: 500, missed: 0 })).toBe(0);
});

test("it never grows with who comes, never passes the ceiling, and expects fewer people than the counters carry", () => {
  const count = fc.integer({ min: 0, max: 5_000 });
  fc.assert(
    fc.property(count, count, count, (came, missed, more) => {
      const most = mostOverbooked({ came, missed });
      expect(most).toBeLessThanOrEqual(MOST_OVERBOOKED_PERCENT);
      if (came + missed >= LEAST_JUDGED) {
        expect(mostOverbooked({ came: came + more, missed })).toBeLessThanOrEqual(most);
        // Of all who are booked then those come who came before.
        expect(((100 + most) * came) / (came + missed)).toBeLessThanOrEqual(100 + Number.EPSILON * 1_000);
      }
    }),
    { numRuns: 2_000 },
  );
});

test("what is added is so many of a hundred, spread over the day, for everybody, and at counters that nobody has", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 0, max: MOST_OVERBOOKED_PERCENT }),
      fc.integer({ min: 10, max: 100 }),
      (counters, overbook, percent) => {
        const lay = (more: number) =>
          layPlaces({ ...session, counters, stepMinutes: 15, layout: { ...NO_EXTRAS, percent, overbook: more } }, ZONE);
        const own = lay(0);
        const all = lay(overbook);
        const added = all.filter((one) => one.overbook);
        expect(all.filter((one) => !one.overbook)).toEqual(own);
        expect(added).toHaveLength(Math.floor((own.length * overbook) / 100));
        expect(added.every((one) => one.pool === "open" && one.counter >= OVERBOOKED_FROM)).toBe(true);
        expect(new Set(all.map((one) => `${one.startsAt} ${one.counter}`)).size).toBe(all.length);
        const noon = instantOf(DAY, "11:00", ZONE).getTime();
        const early = added.filter((one) => one.startsAt < noon).length;
        // Each stands where its hundredth part is full, so that of two the second may be the last of the day.
        expect(Math.abs(early - (added.length - early))).toBeLessThanOrEqual(2);
      },
    ),
    { numRuns: 300 },
  );
});
