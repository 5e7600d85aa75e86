import { every, type Task } from "#platform/timetable.ts";
import { countPastDays } from "./commands/count-days.ts";
import { closePast, settleOutcomes } from "./commands/settle.ts";
import { sweepSuspended } from "./commands/suspensions.ts";

/** 11:30 UTC, half past one in the morning in Honolulu. */
const COUNTED_AT_UTC_MINUTE = 11 * 60 + 30;

/** What the timetable runs for the hall. Days end at another hour in each zone, so they are closed each hour. */
export const visitTasks: readonly Task[] = [
  { name: "visits.settle_outcomes", dueAt: every(1), run: settleOutcomes },
  { name: "visits.hold_suspended", dueAt: every(1), run: sweepSuspended },
  { name: "visits.close_past", dueAt: every(60, 15), run: closePast },
  // Yesterday is over and closed in every zone by then, and no office has opened yet.
  { name: "visits.count_days", dueAt: every(24 * 60, COUNTED_AT_UTC_MINUTE), run: countPastDays },
];
