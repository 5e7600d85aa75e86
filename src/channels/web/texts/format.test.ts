import { describe, expect, it } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import {
  calendarDay,
  dateInWords,
  dayInWords,
  distanceInWords,
  money,
  phoneHref,
  timeInWords,
  weekdaysInWords,
} from "./format.ts";

const day = "2026-12-01" as LocalDate;
/** The space between number and `a. m.` differs between releases of the language data. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, " ");

describe("a day in words", () => {
  it("is said as people say it", () => {
    expect(dayInWords(day, "es", "2026-11-23" as LocalDate)).toBe("martes, 1 de diciembre");
    expect(dayInWords(day, "en", "2026-11-23" as LocalDate)).toBe("Tuesday, December 1");
    expect(dateInWords(day, "es")).toBe("1 de diciembre de 2026");
  });

  it("carries its year when it is another", () => {
    expect(dayInWords("2027-01-04" as LocalDate, "es", day)).toBe("lunes, 4 de enero de 2027");
  });

  it("comes apart for a calendar", () => {
    expect(calendarDay(day, "es")).toEqual({ weekday: "martes", day: "1", month: "dic" });
    expect(calendarDay(day, "en")).toEqual({ weekday: "Tuesday", day: "1", month: "Dec" });
  });
});

describe("opening hours", () => {
  it("join days that follow each other, and name the others", () => {
    expect(weekdaysInWords([5, 1, 2, 3, 4], "es")).toBe("lunes a viernes");
    expect(weekdaysInWords([1, 4], "es")).toBe("lunes y jueves");
    expect(weekdaysInWords([6], "en")).toBe("Saturday");
  });

  it("are told on a clock of twelve hours", () => {
    expect(plain(timeInWords("14:30", "es"))).toBe("2:30 p.m.");
    expect(plain(timeInWords("08:00", "en"))).toBe("8:00 AM");
  });
});

describe("figures", () => {
  it("give a distance in the measure of the country first", () => {
    expect(distanceInWords(19.4, "US", "es")).toBe("12 millas (19 km)");
    expect(distanceInWords(1234, "CA", "en")).toBe("1,234 km (767 miles)");
    expect(distanceInWords(0.2, "US", "en")).toBe("1 mile (1 km)");
  });

  it("say whose dollars", () => {
    expect(plain(money(101, "es"))).toBe("US$ 101");
    expect(plain(money(50.5, "en"))).toBe("US$ 50.50");
  });

  it("make a number that a phone can call", () => {
    expect(phoneHref("+1-520-623-7874")).toBe("tel:+15206237874");
  });
});
