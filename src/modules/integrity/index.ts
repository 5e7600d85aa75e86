export type * from "./types.ts";
export { identifyLater, rekeyIdentity } from "./commands/identify.ts";
export { decidePair, type VerdictRefusal } from "./commands/pairs.ts";
export { getPair, listPairs, type PairOfList, type PairRefusal, type PairView } from "./queries/pairs.ts";
export { isIdentified } from "./queries/levels.ts";
export { isSlipOfThePen } from "./rules/slip.ts";
export { APPEAL_REASONS, ATTEMPT_CHANNELS, CASE_STATES, TERMS, VERDICTS } from "./types.ts";
export { APPEAL_WON, CASE_CANCELLED, CASE_CHALLENGED, CONTACT_SANCTIONED } from "./events.ts";
export { challenge, clear, decideAppeal, logAttempt, settle } from "./commands/cases.ts";
export { forgetResale, recordResale } from "./commands/evidence.ts";
export { forgetHelpers, forgetObserved, OBSERVED_DAYS, observeLater } from "./commands/observe.ts";
export { appeal, confirmMine } from "./commands/own.ts";
export { AGENT_SIGNS, getAgentAlarms, type AgentAlarm } from "./queries/agents.ts";
export { noteHoney, watchAgents } from "./commands/watch.ts";
export { setThresholds } from "./commands/thresholds.ts";
export { setWeights } from "./commands/weights.ts";
export { getDesk, getPicture, previewThresholds, type CaseView } from "./queries/desk.ts";
export { proposeWeights, type WeightsProposal } from "./queries/weights.ts";
export { getMonths } from "./queries/months.ts";
export { getOwnCase, remedyOf, type OwnCase } from "./queries/own.ts";
export {
  APPEAL_DAYS,
  APPEAL_ANSWER_DAYS,
  appealDueAt,
  endsAt,
  CONTROL_SHARE,
  LEAST,
  MOST_CHALLENGED,
  REMEDY_DAYS,
} from "./rules/cases.ts";
export { budgetLeft, isControl, nextSanction } from "./rules/cases.ts";
export { clustersOf } from "./rules/clusters.ts";
export { EntryTable, type Entry } from "./rules/entries.ts";
export type { Level } from "./rules/levels.ts";
export type { ScoreTerm } from "./rules/score.ts";
export { integrityTasks } from "./jobs.ts";
