import { describe, expect, test } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { parseCurp } from "#modules/booking/index.ts";
import { readBirth, readNames, readWhole } from "./names.ts";

const FACTS = {
  readCurp: (typed: string) => parseCurp(typed) as never,
  today: "2026-11-23" as LocalDate,
  language: "es" as const,
};

describe("names", () => {
  test.each([
    ["María Luisa, Hernández, Cruz", "María Luisa|Hernández|Cruz"],
    ["María Luisa Hernández Cruz", "María Luisa|Hernández|Cruz"],
    ["Juan de la Cruz Pérez", "Juan|de la Cruz|Pérez"],
    ["Ana del Río de los Santos", "Ana|del Río|de los Santos"],
    ["Ñuu Savi; Cab-Ek'; Ch’oc", "Ñuu Savi|Cab-Ek'|Ch’oc"],
    ["Rosa\nXool\nTuz", "Rosa|Xool|Tuz"],
    ["Pedro Ek", "Pedro|Ek|"],
  ])("%s", (typed, parts) => {
    const read = readNames(typed)!;
    expect([read.givenNames, read.firstSurname, read.secondSurname].join("|")).toBe(parts);
  });

  test.each(["María", "", "12345", "a, b, c, d", "😀 😀", "🎉, 🎉", `${"x".repeat(90)} y`, "<b>a</b>, b"])(
    "%s is none",
    (typed) => expect(readNames(typed)).toBeUndefined(),
  );
});

describe("birth", () => {
  test("day, state and sex in one line", () => {
    expect(readBirth("17/05/1990, Oaxaca, mujer", FACTS)).toEqual({ bornOn: "1990-05-17", bornIn: "OC", sex: "M" });
    expect(readBirth("17 mayo 90 edo. mex. hombre", FACTS)).toEqual({ bornOn: "1990-05-17", bornIn: "MC", sex: "H" });
    expect(readBirth("nací en Baja California Sur", FACTS)).toEqual({ bornIn: "BS" });
  });

  test("on Mexican papers M is a woman; in English the letter says nothing", () => {
    expect(readBirth("17/05/1990 Oaxaca M", FACTS).sex).toBe("M");
    expect(readBirth("May 17 1990 Oaxaca M", { ...FACTS, language: "en" }).sex).toBeUndefined();
  });

  test("a CURP says all of it, and a wrong one nothing", () => {
    expect(readBirth("mi curp es HEGG560427MVZRRL04", FACTS)).toMatchObject({
      bornOn: "1956-04-27",
      sex: "M",
      bornIn: "VZ",
    });
    expect(readBirth("HEGG560427MVZRRL05", FACTS).sex).toBeUndefined();
  });

  test("a whole person in one message", () => {
    expect(readWhole("Luz, Ek, Tuz, 3/4/2019, Yucatán, niña", FACTS)).toEqual({
      givenNames: "Luz",
      firstSurname: "Ek",
      secondSurname: "Tuz",
      bornOn: "2019-04-03",
      bornIn: "YN",
      sex: "M",
    });
    expect(readWhole("Luz, Ek, Tuz", FACTS)).toBeUndefined();
  });
});
