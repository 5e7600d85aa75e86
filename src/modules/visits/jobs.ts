import { every, type Task } from "#platform/timetable.ts";
import { closePast, settleOutcomes } from "./commands/settle.ts";

/** What the timetable runs for the hall. Days end at another hour in each zone, so they are closed each hour. */
export const visitTasks: readonly Task[] = [
  { name: "visits.settle_outcomes", dueAt: every(1), run: settleOutcomes },
  { name: "visits.close_past", dueAt: every(60, 15), run: closePast },
];
