import { describe, expect, test } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import type { AuditLine } from "../types.ts";
import { looksOf } from "./looks.ts";
import { mayErase } from "./states.ts";

const ZONE = "America/Los_Angeles";
const line = (at: string, action: string, more: Partial<AuditLine> = {}): AuditLine => ({
  at: new Date(at),
  actorKind: "staff",
  actorId: "a",
  action,
  officeId: "fresno",
  ...more,
});

describe("looks at a file", () => {
  test("are told by day and part of day where the office is, by position, and the same is told once", () => {
    const lines = [
      // 20:30 of the day before in Fresno.
      line("2026-12-04T04:30:00Z", "file.read"),
      line("2026-12-03T17:10:00Z", "visit.call"),
      line("2026-12-03T17:00:00Z", "file.read"),
      line("2026-12-03T16:59:00Z", "file.read"),
      line("2026-12-03T16:59:00Z", "file.read", { actorId: "b" }),
    ];
    const roles = new Map([["a", "clerk" as const]]);
    expect(looksOf(lines, ZONE, roles).map((one) => [one.on, one.part, one.by, one.what, one.times])).toEqual([
      ["2026-12-03", "evening", "clerk", "read", 1],
      ["2026-12-03", "morning", "clerk", "visit", 1],
      ["2026-12-03", "morning", "clerk", "read", 2],
      ["2026-12-03", "morning", "former_staff", "read", 1],
    ]);
  });

  test("say of an act that they do not know that it was one, and never who", () => {
    const [look] = looksOf([line("2026-12-03T17:00:00Z", "something.new")], ZONE, new Map());
    expect(look!.what).toBe("handled");
    expect(JSON.stringify(look)).not.toContain('"a"');
  });
});

test("a party is erased once nothing is to come of it and the office has closed its day", () => {
  const now = new Date("2026-12-03T20:00:00Z");
  const today = "2026-12-03" as LocalDate;
  const of = (state: "active" | "cancelled" | "completed", hours: number, localDate = today) =>
    mayErase({ state, startsAt: new Date(now.getTime() + hours * 3_600_000), localDate }, now, today);
  expect(of("active", 240)).toBe("cancel_first");
  expect(of("active", 1)).toBe("too_late");
  expect(of("cancelled", 1)).toBe("at_once");
  expect(of("completed", -2)).toBe("day_open");
  expect(of("completed", -26, "2026-12-02" as LocalDate)).toBe("at_once");
});
