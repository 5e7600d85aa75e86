export { declareLost, enrolTablet, getOffline, takeList, type LoanedParty } from "./loans.ts";
export { enterFromPaper } from "./paper.ts";
export { handIn } from "./merge.ts";
export { resolveConflict } from "./conflicts.ts";
export type { Operation } from "../rules/merge.ts";
export { printDaySheet } from "./sheet.ts";
