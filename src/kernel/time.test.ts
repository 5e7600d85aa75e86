import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import type { LocalDate } from "./ids.ts";
import {
  addDays,
  ageOn,
  daysBetween,
  instantOf,
  isLocalDate,
  localDateAt,
  localDateFrom,
  localTimeAt,
  weekdayOf,
} from "./time.ts";

const day = fc
  .date({ min: new Date("1900-01-01T00:00:00Z"), max: new Date("2100-01-01T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10) as LocalDate);

test("days are counted as the calendar counts them", () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -40_000, max: 40_000 }), (date, days) => {
      const other = Temporal.PlainDate.from(date).add({ days });
      expect(addDays(date, days)).toBe(other.toString());
      expect(daysBetween(date, addDays(date, days))).toBe(days);
      expect(weekdayOf(date)).toBe(Temporal.PlainDate.from(date).dayOfWeek);
    }),
  );
});

test("only real days are days", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -5, max: 10_005 }),
      fc.integer({ min: -2, max: 15 }),
      fc.integer({ min: -2, max: 34 }),
      (year, month, dayOfMonth) => {
        let real: string | undefined;
        try {
          real = Temporal.PlainDate.from({ year, month, day: dayOfMonth }, { overflow: "reject" }).toString();
        } catch {
          real = undefined;
        }
        if (year >= 1 && year <= 9999) expect(localDateFrom(year, month, dayOfMonth)).toBe(real);
        else expect(localDateFrom(year, month, dayOfMonth)).toBeUndefined();
      },
    ),
  );
  for (const text of ["2026-02-29", "2026-13-01", "2026-1-1", "", "hoy", "2026-02-28T00:00"])
    expect(isLocalDate(text)).toBe(false);
});

test("a wall clock that skips or repeats an hour still names one instant", () => {
  const zone = "America/Los_Angeles";
  expect(instantOf("2026-03-08" as LocalDate, "02:30", zone).toISOString()).toBe("2026-03-08T10:30:00.000Z");
  expect(instantOf("2026-11-01" as LocalDate, "01:30", zone).toISOString()).toBe("2026-11-01T08:30:00.000Z");
  const evening = new Date("2026-12-03T07:59:00Z");
  expect([localDateAt(evening, zone), localTimeAt(evening, zone)]).toEqual(["2026-12-02", "23:59"]);
});

test("a person born on 29 February is a year older on 1 March, and on the day itself in leap years", () => {
  const born = "2008-02-29" as LocalDate;
  expect([
    ageOn(born, "2026-02-28" as LocalDate),
    ageOn(born, "2026-03-01" as LocalDate),
    ageOn(born, "2028-02-29" as LocalDate),
  ]).toEqual([17, 18, 20]);
});

test("an age is the one that the calendar counts", () => {
  const leapDay = fc.integer({ min: 1904, max: 2096 }).map((year) => `${year - (year % 4)}-02-29` as LocalDate);
  fc.assert(
    fc.property(fc.oneof(day, leapDay), day, (one, other) => {
      const [born, on] = one <= other ? [one, other] : [other, one];
      const { years } = Temporal.PlainDate.from(born).until(on, { largestUnit: "years" });
      expect([ageOn(born, on), ageOn(on, born)]).toEqual([years, 0 - years]);
    }),
  );
});
