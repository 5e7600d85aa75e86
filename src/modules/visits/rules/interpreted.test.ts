import { expect, test } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { CARD_LANGUAGES, LANGUAGE_CODES } from "./languages.ts";
import { interpretedMonths, languageOf, minutesBetween } from "./interpreted.ts";

const NOVEMBER = "2026-11-01" as LocalDate;
const row = (language: string, measure: "wait" | "talk" | "nobody", minutes: number, count: number) => ({
  month: NOVEMBER,
  language,
  measure,
  minutes,
  count,
});

test("variants of a language are told together, and a language that few asked for is told with none of its minutes", () => {
  const [november] = interpretedMonths([
    row("mixteco_costa", "wait", 2, 8),
    row("mixteco", "wait", 6, 12),
    row("mixteco", "talk", 15, 20),
    row("nahuatl", "wait", 1, 14),
    row("nahuatl", "talk", 9, 14),
    row("nahuatl", "nobody", 20, 11),
    row("triqui_copala", "wait", 40, 2),
    row("amuzgo", "nobody", 40, 9),
  ]);
  expect(november).toEqual({
    month: "2026-11",
    languages: [
      { language: "nahuatl", asked: 25, nobody: 11, wait: 1, talk: 9 },
      { language: "mixteco", asked: 20, nobody: 0, wait: 6, talk: 15 },
      { language: "amuzgo", asked: null, nobody: null, wait: null, talk: null },
      { language: "triqui", asked: null, nobody: null, wait: null, talk: null },
    ],
  });
});

test("a handful who waited in vain is not told, nor are those who did not what would give it away", () => {
  const [month] = interpretedMonths([row("maya", "wait", 3, 30), row("maya", "nobody", 9, 2)]);
  expect(month!.languages).toEqual([{ language: "maya", asked: 32, nobody: null, wait: 3, talk: null }]);
});

test("the card has each language once, each with a self-name but the one that is none of them", () => {
  expect(new Set(LANGUAGE_CODES).size).toBe(LANGUAGE_CODES.length);
  expect(CARD_LANGUAGES.filter(({ autonyms }) => autonyms.length === 0).map(({ code }) => code)).toEqual(["other"]);
  // What stands before the first _ is the language: no code of a language has one.
  for (const { code } of CARD_LANGUAGES) expect(languageOf(code)).toBe(code);
});

test("minutes are whole, and a clock that went back counts none", () => {
  const at = new Date("2026-12-03T17:00:00Z");
  expect(minutesBetween(at, new Date("2026-12-03T17:02:59Z"))).toBe(2);
  expect(minutesBetween(at, new Date("2026-12-03T16:00:00Z"))).toBe(0);
});
