import { every, type Task } from "#platform/timetable.ts";
import { countPastDays } from "./commands/count-days.ts";
import { forgetInterpretations } from "./commands/interpreters.ts";
import { forgetLoans } from "./commands/loans.ts";
import { closePast, settleOutcomes } from "./commands/settle.ts";
import { forgetSurveyMarks } from "./commands/survey.ts";
import { drawDoorLots } from "./commands/walk-ins.ts";
import { sweepSuspended } from "./commands/suspensions.ts";

/** 11:30 UTC, half past one in the morning in Honolulu. */
const COUNTED_AT_UTC_MINUTE = 11 * 60 + 30;

/** 11:10 UTC: no office is open, and the day before is over everywhere. */
const FORGOTTEN_AT_UTC_MINUTE = 11 * 60 + 10;

/** What the timetable runs for the hall. Days end at another hour in each zone, so they are closed each hour. */
export const visitTasks: readonly Task[] = [
  { name: "visits.settle_outcomes", dueAt: every(1), run: settleOutcomes },
  { name: "visits.hold_suspended", dueAt: every(1), run: sweepSuspended },
  { name: "visits.draw_doors", dueAt: every(1), run: drawDoorLots },
  { name: "visits.close_past", dueAt: every(60, 15), run: closePast },
  // Yesterday is over and closed in every zone by then, and no office has opened yet.
  { name: "visits.forget_survey", dueAt: every(24 * 60, FORGOTTEN_AT_UTC_MINUTE), run: forgetSurveyMarks },
  { name: "visits.forget_interpreters", dueAt: every(24 * 60, FORGOTTEN_AT_UTC_MINUTE), run: forgetInterpretations },
  { name: "visits.forget_loans", dueAt: every(24 * 60, FORGOTTEN_AT_UTC_MINUTE), run: forgetLoans },
  { name: "visits.count_days", dueAt: every(24 * 60, COUNTED_AT_UTC_MINUTE), run: countPastDays },
];
