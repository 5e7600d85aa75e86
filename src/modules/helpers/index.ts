export { askToHelp, type AskRefusal } from "./commands/ask.ts";
export { forgetEntries, noteEntries, withHelpers } from "./commands/entries.ts";
export { beginHelp, endHelp, type HelpRefusal } from "./commands/help.ts";
export { approveHelper, giveEnrolment, moveHelper, type HelperRefusal } from "./commands/judge.ts";
export {
  beginHelperRegistration,
  beginHelperSignIn,
  endHelperSession,
  endOtherHelperSessions,
  findHelperSession,
  finishHelperRegistration,
  finishHelperSignIn,
} from "./commands/sign-in.ts";
export { helperTasks } from "./jobs.ts";
export { listHelpers, openHelper, type HelperLine, type OpenedHelper } from "./queries/desk.ts";
export { getOwnPage, type OwnPage } from "./queries/own.ts";
export { COUNTED_DAYS } from "./rules/allowance.ts";
export { MOST_A_WEEK, MOST_LETTERS, type AskedField } from "./rules/asking.ts";
export { ENROLMENT_HOURS, HELP_MINUTES, HELPER_SESSION_HOURS, LINK_DAYS } from "./rules/times.ts";
export { CONSENTS, HELP_LANGUAGES, HELPER_KINDS, HELPER_REASONS, HELPER_STATES } from "./types.ts";
export type * from "./types.ts";
