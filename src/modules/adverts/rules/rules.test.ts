import { expect, test } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { TAKEDOWN_STATES } from "../types.ts";
import { lineOf2021, type MonthOfAdverts } from "./months.ts";
import { isLink, monthOf, sameAdvert } from "./reporting.ts";
import { takedownMay } from "./takedown.ts";

const month = (name: string, adverts: number): MonthOfAdverts => ({
  month: `${name}-01` as LocalDate,
  adverts,
  reports: adverts,
  confirmed: 0,
  removed: 0,
});

test("the line of 2021 is 30 % of the mean of the first three months, and there is none before these are over", () => {
  expect(lineOf2021([month("2026-01", 90), month("2026-02", 110)])).toBeUndefined();
  const months = [month("2026-04", 5), month("2026-02", 110), month("2026-01", 90), month("2026-03", 100)];
  expect(lineOf2021(months)).toBe(30);
});

test("a request goes from its draft to the platform; an answer is no removal, and a refusal may be asked again", () => {
  const ways = TAKEDOWN_STATES.flatMap((from) =>
    TAKEDOWN_STATES.filter((to) => takedownMay(from, to)).map((to) => `${from} ${to}`),
  );
  expect(ways).toEqual([
    "drafted sent",
    "sent answered",
    "sent removed",
    "sent refused",
    "answered removed",
    "answered refused",
    "removed sent",
    "refused sent",
  ]);
});

test("one advert is known again however its link was shared, and words whatever their letters and spaces are", () => {
  const link = (one: string) => sameAdvert({ link: one, words: "" });
  expect(link("https://www.facebook.com/Citas/posts/1?fbclid=abc#x")).toBe(
    link("http://m.facebook.com/citas/posts/1/"),
  );
  expect(link("https://facebook.com/citas/posts/2")).not.toBe(link("https://facebook.com/citas/posts/1"));
  expect(link("https://facebook.com/permalink.php?story_fbid=1&id=2")).not.toBe(
    link("https://facebook.com/permalink.php?story_fbid=3&id=2"),
  );
  const words = (one: string) => sameAdvert({ link: "", words: one });
  expect(words("Citas  YA\n559")).toBe(words("citas ya 559\u200b"));
});

test.each([
  ["https://ejemplo.mx/a", true],
  ["HTTP://ejemplo.mx", true],
  ["javascript:alert(1)", false],
  ["data:text/html,x", false],
  ["//ejemplo.mx", false],
  ["https://ejemplo.mx/a b", false],
  ['https://ejemplo.mx/"onclick=', false],
  [`https://ejemplo.mx/${"a".repeat(600)}`, false],
])("%s is a link: %s", (typed, is) => {
  expect(isLink(typed)).toBe(is);
});

test("an advert counts in the month of Mexico City", () => {
  expect(monthOf(new Date("2026-12-01T05:59:00Z"))).toBe("2026-11-01");
  expect(monthOf(new Date("2026-12-01T06:00:00Z"))).toBe("2026-12-01");
});
