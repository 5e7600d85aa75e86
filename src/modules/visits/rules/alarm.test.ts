import { expect, test } from "vitest";
import { ALARM_UNDO_SECONDS, whyNotAlarm, type Alarm } from "./alarm.ts";

const AT = new Date("2026-12-03T17:00:00Z");
const later = (seconds: number) => new Date(AT.getTime() + seconds * 1_000);
const alarm: Alarm = { staffId: "caller", raisedAt: AT, seenAt: null, undoneAt: null, endedAt: null };

test("whoever called takes a slip back for ten seconds, and nobody else does", () => {
  expect(whyNotAlarm(alarm, "undo", "caller", later(ALARM_UNDO_SECONDS))).toBeUndefined();
  expect(whyNotAlarm(alarm, "undo", "caller", later(ALARM_UNDO_SECONDS + 1))).toBe("too_late_to_undo");
  expect(whyNotAlarm(alarm, "undo", "colleague", later(1))).toBe("not_own_alarm");
});

test("a colleague says that she goes and ends it; whoever called cannot, whoever makes her try", () => {
  for (const act of ["see", "end"] as const) {
    expect(whyNotAlarm(alarm, act, "colleague", later(60))).toBeUndefined();
    expect(whyNotAlarm(alarm, act, "caller", later(60))).toBe("own_alarm");
  }
});

test("what is over is over", () => {
  for (const act of ["undo", "see", "end"] as const) {
    expect(whyNotAlarm({ ...alarm, endedAt: later(5) }, act, "colleague", later(6))).toBe("alarm_over");
    expect(whyNotAlarm({ ...alarm, undoneAt: later(5) }, act, "caller", later(6))).toBe("alarm_over");
  }
});
