import { describe, expect, test } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { findDate } from "./dates.ts";

const TODAY = "2026-11-23" as LocalDate;
const born = (typed: string, language: "es" | "en" = "es") =>
  findDate(typed, { today: TODAY, language, past: true })?.date;
const day = (typed: string, language: "es" | "en" = "es") =>
  findDate(typed, { today: TODAY, language, past: false })?.date;

describe("a birth date in any usual form", () => {
  test.each([
    "17/05/1990",
    "17-5-90",
    "17.05.1990",
    "17 05 1990",
    "1990-05-17",
    "17051990",
    "19900517",
    "17 de mayo de 1990",
    "17 de Mayo del 90",
    "17 mayo 1990",
    "17-may-1990",
    "mayo 17, 1990",
    "Nací el 17 de mayo de 1990 en Oaxaca",
    "el 17/MAYO/1990.",
  ])("%s", (typed) => expect(born(typed)).toBe("1990-05-17"));

  test.each(["05/17/1990", "5-17-90", "May 17, 1990", "17th of May 1990", "May 17th 1990", "1990/05/17"])(
    "%s in English",
    (typed) => expect(born(typed, "en")).toBe("1990-05-17"),
  );

  test("two digits mean a year gone by", () => {
    expect(born("3/4/25")).toBe("2025-04-03");
    expect(born("3/4/27")).toBe("1927-04-03");
  });

  test.each(["31/02/1990", "17/05", "mayo", "1990", "17/13/1990", "12345", "", "😀", "17/05/2031", "1/1/1800"])(
    "%s is none",
    (typed) => expect(born(typed)).toBeUndefined(),
  );
});

describe("a day to come", () => {
  test.each([
    ["30 de noviembre", "2026-11-30"],
    ["el 30 nov", "2026-11-30"],
    ["30/11", "2026-11-30"],
    ["lunes", "2026-11-30"],
    ["el lunes 30", "2026-11-30"],
    ["5 de enero", "2027-01-05"],
    ["mañana", "2026-11-24"],
    ["pasado mañana", "2026-11-25"],
    ["hoy", "2026-11-23"],
    ["30/11/26", "2026-11-30"],
  ])("%s is %s", (typed, date) => expect(day(typed)).toBe(date));

  test("an English one has its month first, where it could be either", () => {
    expect(day("12/1", "en")).toBe("2026-12-01");
    expect(day("12/1", "es")).toBe("2027-01-12");
    expect(day("next Monday", "en")).toBe("2026-11-30");
  });
});
