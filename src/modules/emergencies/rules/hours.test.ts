import { expect, test } from "vitest";
import { addDays, instantOf } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { answerDueAt, isOpenAt, openMinutes, type OpenStretch } from "./hours.ts";

const FRIDAY = "2026-12-04" as LocalDate;
const MONDAY = addDays(FRIDAY, 3);
const at = (day: LocalDate, time: string): Date => instantOf(day, time, "America/Los_Angeles");
const stretch = (day: LocalDate, from: string, until: string): OpenStretch => ({
  from: at(day, from),
  until: at(day, until),
});
/** Friday in two sessions that overlap, Monday morning. */
const CALENDAR = [
  stretch(FRIDAY, "11:00", "15:00"),
  stretch(FRIDAY, "08:00", "12:00"),
  stretch(MONDAY, "08:00", "12:00"),
];

test.each([
  ["in the morning: two hours later", at(FRIDAY, "09:30"), at(FRIDAY, "11:30")],
  ["before the doors open: two hours after they do", at(FRIDAY, "02:00"), at(FRIDAY, "10:00")],
  ["half an hour before the end: the rest on the next day that opens", at(FRIDAY, "14:30"), at(MONDAY, "09:30")],
  ["on a Saturday: on Monday", at(addDays(FRIDAY, 1), "10:00"), at(MONDAY, "10:00")],
])("an answer is due within two hours in which the office is open; asked %s", (_, asked, due) => {
  expect(answerDueAt(asked, CALENDAR)).toEqual(due);
});

test("where nothing is planned it is due a day later", () => {
  expect(answerDueAt(at(FRIDAY, "10:00"), [])).toEqual(at(addDays(FRIDAY, 1), "10:00"));
  expect(answerDueAt(at(MONDAY, "11:00"), CALENDAR)).toEqual(at(addDays(MONDAY, 1), "11:00"));
});

test("minutes in which the office was closed count for nobody, and an hour of two sessions counts once", () => {
  expect(openMinutes(at(FRIDAY, "10:30"), at(FRIDAY, "12:30"), CALENDAR)).toBe(120);
  expect(openMinutes(at(FRIDAY, "14:30"), at(MONDAY, "08:20"), CALENDAR)).toBe(50);
  expect(openMinutes(at(FRIDAY, "16:00"), at(MONDAY, "07:00"), CALENDAR)).toBe(0);
});

test("somebody sits there from the first minute and until the last", () => {
  expect(isOpenAt(at(FRIDAY, "08:00"), CALENDAR)).toBe(true);
  expect(isOpenAt(at(FRIDAY, "15:00"), CALENDAR)).toBe(false);
});
