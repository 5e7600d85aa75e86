import { describe, expect, it } from "vitest";
import { aParty, aVisit } from "../testing/fixtures.ts";
import { countTabs, linesOf, shownLines } from "./today-list.ts";

const at = (minute: string) => `2026-12-03T16:${minute}:00.000Z`;
const day = linesOf([
  aParty({ bookingId: "first", visit: aVisit({ state: "done", doneAt: at("20") }), state: "completed" }),
  aParty({ bookingId: "second", visit: aVisit({ state: "serving", counter: 7 }) }),
  aParty({ bookingId: "third", visit: aVisit({ state: "called", counter: 2 }) }),
  aParty({ bookingId: "fourth", visit: aVisit({ state: "done", doneAt: at("40") }), state: "completed" }),
  aParty({
    bookingId: "fifth",
    people: [{ ordinal: 1, givenNames: "Óscar", firstSurname: "Muestra", secondSurname: "", child: true }],
  }),
  aParty({ bookingId: "sixth", state: "missed" }),
]);
const ids = (lines: ReturnType<typeof linesOf>) => lines.map(({ party }) => party.bookingId);

describe("today's list", () => {
  it("counts each party once", () => {
    expect(countTabs(day)).toEqual({ expected: 1, waiting: 0, at_counter: 2, done: 2, no_show: 1 });
  });

  it("orders the counters by number and the finished by the last first", () => {
    expect(ids(shownLines(day, "at_counter", ""))).toEqual(["third", "second"]);
    expect(ids(shownLines(day, "done", " "))).toEqual(["fourth", "first"]);
  });

  it("searches the whole day, whatever tab is open", () => {
    expect(ids(shownLines(day, "done", "oscar"))).toEqual(["fifth"]);
  });
});
