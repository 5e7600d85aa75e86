import { expect, it } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { hasRoom, verdictOf, type AtTheDoor, type HallNow } from "./door.ts";
import { hourDigits, hourSeeds } from "./hour-code.ts";

const TODAY = "2026-12-01" as LocalDate;
const OTHER = "2026-12-02" as LocalDate;
const DUE = new Date("2026-12-01T18:40:00Z");
const at = (time: string) => new Date(`2026-12-01T${time}Z`);
const party = (of: Partial<AtTheDoor> = {}): AtTheDoor => ({
  mayCome: true,
  localDate: TODAY,
  dueAt: DUE,
  returnUntil: null,
  visit: null,
  bringsPaper: false,
  people: 2,
  first: false,
  ...of,
});
const EMPTY: HallNow = { inside: 0, limit: null, ahead: 0 };
const FULL: HallNow = { inside: 30, limit: 30, ahead: 0 };
const verdict = (of: Partial<AtTheDoor>, time: string, hall = EMPTY) => verdictOf(party(of), hall, at(time), TODAY);

it("lets a party in from thirty minutes before its hour until the end of the day", () => {
  expect([verdict({}, "18:09:59"), verdict({}, "18:10:00"), verdict({}, "23:00:00")]).toEqual([
    "later",
    "pass",
    "pass",
  ]);
});

it("says another day, what is over, and who has a turn already", () => {
  expect(verdict({ localDate: OTHER }, "18:30:00")).toBe("other_day");
  expect(verdict({ mayCome: false }, "18:30:00")).toBe("ended");
  for (const visit of ["waiting", "called", "serving", "done"] as const)
    expect(verdict({ visit }, "18:30:00", FULL)).toBe("inside");
  // The mother who fetched the paper that was missing has nowhere else to go.
  expect(verdict({ visit: "done", bringsPaper: true }, "18:30:00", FULL)).toBe("pass");
  for (const visit of ["expected", "left"] as const) expect(verdict({ visit }, "18:30:00")).toBe("pass");
});

it("lets whoever has a right to return in at any hour while that is good, and not before the day that was lost", () => {
  const lost = { localDate: "2026-11-20" as LocalDate };
  expect(verdict({ ...lost, returnUntil: TODAY }, "15:00:00")).toBe("pass");
  expect(verdict({ ...lost, returnUntil: "2026-11-30" as LocalDate }, "15:00:00")).toBe("other_day");
  expect(verdict({ localDate: OTHER, returnUntil: OTHER }, "15:00:00")).toBe("other_day");
});

it("a full hall waits for nobody who is late or goes first", () => {
  expect(verdict({}, "18:30:00", FULL)).toBe("wait");
  expect(verdict({}, "18:40:00", FULL)).toBe("pass");
  expect(verdict({ first: true }, "18:30:00", FULL)).toBe("pass");
});

it("whoever came before stands before: room for two lets in nobody past a family of five", () => {
  const room = { inside: 28, limit: 30 };
  expect(verdict({}, "18:30:00", { ...room, ahead: 0 })).toBe("pass");
  expect(verdict({}, "18:30:00", { ...room, ahead: 1 })).toBe("wait");
  expect(verdict({ people: 5 }, "18:30:00", { ...room, ahead: 0 })).toBe("wait");
  expect(hasRoom({ inside: 0, limit: 3 }, 8)).toBe(true);
});

it("the code of the hour is four digits, good in its hour and the next one, and an office's own", () => {
  const seeds = hourSeeds("fresno", at("18:59:59"));
  expect(seeds).toHaveLength(2);
  expect(hourSeeds("fresno", at("19:00:00"))[1]).toBe(seeds[0]);
  expect(hourSeeds("fresno", at("20:00:00"))).not.toContain(seeds[0]);
  expect(hourSeeds("dallas", at("18:59:59"))[0]).not.toBe(seeds[0]);
  expect(hourDigits(new Uint8Array(8))).toBe("0000");
  expect(hourDigits(new Uint8Array(8).fill(255))).toMatch(/^\d{4}$/);
});
