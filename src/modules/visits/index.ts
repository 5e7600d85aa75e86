export { callParty, checkIn, startService } from "./commands/reception.ts";
export { markNoShow, recordOutcomes, undo } from "./commands/outcomes.ts";
export { enterFromPaper } from "./commands/paper.ts";
export { printDaySheet } from "./commands/sheet.ts";
export * from "./commands/absences.ts";
export * from "./commands/papers.ts";
export * from "./commands/suspensions.ts";
export * from "./queries/day-notices.ts";
export * from "./queries/own-day.ts";
export { tellOffices } from "./commands/tell.ts";
export { closePast, settleOutcomes } from "./commands/settle.ts";
export type { VisitOutcome } from "./commands/office.ts";
export { visitTasks } from "./jobs.ts";
export { VISIT_SERVED } from "./events.ts";
export { listCounters, type HallCounter } from "./queries/counters.ts";
export { openOfficeFeed, type FeedEvent, type OfficeFeed } from "./queries/feed.ts";
export * from "./queries/reports.ts";
export { getDaySheet, type DaySheet, type SheetRefusal } from "./queries/sheet.ts";
export { getWeekPlan, type PlannedSession } from "./queries/week.ts";
export type * from "./rules/reports.ts";
export { SUSPENSION_REASONS, TOLD_AHEAD_HOURS } from "./rules/suspension.ts";
export { undoUntil, UNDO_SECONDS } from "./rules/visit.ts";
export { MISSING_DOCUMENTS, OUTCOME_CODES, REFUSAL_REASONS, VISIT_STATES } from "./types.ts";
export type {
  MissingDocument,
  OutcomeCode,
  OutcomeInput,
  PartyChange,
  RefusalReason,
  Visit,
  VisitRefusal,
  VisitState,
} from "./types.ts";
