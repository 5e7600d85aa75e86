import { every, type Task } from "#platform/timetable.ts";
import { countWeeks, eraseEmergencies, remindOffices } from "./commands/sweep.ts";

/** 12:00 UTC, six in the morning in Mexico City. */
const COUNTED_AT_UTC_MINUTE = 12 * 60;

export const emergencyTasks: readonly Task[] = [
  { name: "emergencies.remind", dueAt: every(1), run: remindOffices },
  { name: "emergencies.erase", dueAt: every(60, 33), run: eraseEmergencies },
  { name: "emergencies.count_weeks", dueAt: every(24 * 60, COUNTED_AT_UTC_MINUTE), run: countWeeks },
];
