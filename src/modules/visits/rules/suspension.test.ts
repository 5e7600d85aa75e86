import { describe, expect, it } from "vitest";
import type { LocalDate, ServiceSlug } from "#kernel/ids.ts";
import { addDays } from "#kernel/time.ts";
import { isHeld, lastReturnDay, openServices, returnUntil, whatIsDue, type HeldAppointment } from "./suspension.ts";

const day = (text: string) => text as LocalDate;
const PASSPORT = "pasaporte-adulto" as ServiceSlug;
const MATRICULA = "matricula-consular" as ServiceSlug;
const wants = (services: ServiceSlug[], change: Partial<HeldAppointment> = {}): HeldAppointment => ({
  services,
  state: "booked",
  recorded: [],
  ...change,
});

describe("a suspended service", () => {
  const suspended = new Set([PASSPORT]);

  it("holds whoever comes for nothing else", () => {
    expect(isHeld([wants([PASSPORT])], suspended)).toBe(true);
    expect(isHeld([wants([PASSPORT]), wants([PASSPORT])], suspended)).toBe(true);
  });

  it("lets go on whoever can be attended to for anything else, until that is done", () => {
    expect(isHeld([wants([PASSPORT]), wants([MATRICULA])], suspended)).toBe(false);
    expect(isHeld([wants([MATRICULA, PASSPORT])], suspended)).toBe(false);
    expect(isHeld([wants([MATRICULA, PASSPORT], { recorded: [MATRICULA] })], suspended)).toBe(true);
    expect(isHeld([wants([PASSPORT]), wants([MATRICULA], { state: "served" })], suspended)).toBe(true);
  });

  it("holds nobody for whom nothing is left to do", () => {
    expect(isHeld([wants([PASSPORT], { recorded: [PASSPORT] })], suspended)).toBe(false);
    expect(isHeld([wants([PASSPORT], { state: "cancelled" })], suspended)).toBe(false);
    expect(isHeld([], suspended)).toBe(false);
    expect(openServices([wants([MATRICULA, PASSPORT], { recorded: [PASSPORT] })])).toEqual([MATRICULA]);
  });

  it("tells to stay at home who is expected within three hours, and who is not two hours late", () => {
    const now = new Date("2026-12-03T18:15:00Z");
    const due = (hour: string, visit?: "waiting" | "called" | "serving" | "left" | "expected") =>
      whatIsDue({ hour: new Date(`2026-12-03T${hour}Z`), visit }, now);
    expect(["16:14:00", "16:15:00", "18:00:00", "21:15:00", "21:15:01"].map((hour) => due(hour))).toEqual([
      "nothing",
      "stay_home",
      "stay_home",
      "stay_home",
      "nothing",
    ]);
    expect(due("19:00:00", "expected")).toBe("stay_home");
    expect([due("18:00:00", "waiting"), due("18:00:00", "called")]).toEqual(["right_only", "right_only"]);
    expect([due("18:00:00", "serving"), due("18:00:00", "left")]).toEqual(["nothing", "nothing"]);
  });
});

describe("the right to return", () => {
  it("is good for fifteen working days of the office's own calendar", () => {
    expect(returnUntil(day("2026-11-02"), new Set())).toBe("2026-11-23");
    expect(returnUntil(day("2026-11-02"), new Set([day("2026-11-16"), day("2026-11-21")]))).toBe("2026-11-24");
    // From a Saturday the Monday is the first.
    expect(returnUntil(day("2026-11-07"), new Set())).toBe("2026-11-27");
  });

  it("counts as many working days from any day, whatever is closed, and never outlives the file", () => {
    for (let i = 0; i < 120; i++) {
      const lost = addDays(day("2026-01-01"), i);
      const closed = new Set(Array.from({ length: i % 9 }, (_, n) => addDays(lost, 1 + n * 3)));
      const until = returnUntil(lost, closed);
      const opened = Array.from({ length: 40 }, (_, n) => addDays(lost, n + 1)).filter(
        (one) => one <= until && new Date(one).getUTCDay() % 6 !== 0 && !closed.has(one),
      );
      expect(until <= lastReturnDay(lost)).toBe(true);
      if (until < lastReturnDay(lost)) expect(opened).toHaveLength(15);
    }
    const shut = new Set(Array.from({ length: 60 }, (_, n) => addDays(day("2026-12-01"), n)));
    expect(returnUntil(day("2026-12-01"), shut)).toBe("2026-12-30");
  });
});
