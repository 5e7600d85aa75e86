export {
  askEmergency,
  eraseEmergency,
  exportEmergency,
  reviewEmergency,
  withdrawEmergency,
  type Asked,
  type EmergencyQuestion,
} from "./commands/ask.ts";
export { proposeAnswer, sendBack, signAnswer, type Meant } from "./commands/answer.ts";
export { bookForParty, bookGranted, type BookedForParty, type WhoComes } from "./commands/book.ts";
export { EMERGENCY_ANSWERED, EMERGENCY_CHANGED } from "./events.ts";
export { emptyBooked } from "./store/requests.ts";
export { emergencyTasks } from "./jobs.ts";
export { getEmergencyFigures, type EmergencyFigures } from "./queries/figures.ts";
export {
  getOwnEmergency,
  openEmergencyByNumber,
  isOfficeOpen,
  listOwnEmergencies,
  type OwnEmergency,
} from "./queries/own.ts";
export { listUrgentTimes, type UrgentTime } from "./queries/places.ts";
export { countWaiting, listQueue, openEmergency, type OpenedEmergency, type QueuedEmergency } from "./queries/queue.ts";
export { ALONE_AFTER_MINUTES } from "./rules/answering.ts";
export { emergencyCode, emergencyNumber, MOST_WORDS, PLACE_WITHIN_DAYS } from "./rules/asking.ts";
export type * from "./rules/figures.ts";
export { ANSWER_OPENING_HOURS } from "./rules/hours.ts";
export { answerShape, emergencyBody } from "./schema.ts";
export { EMERGENCY_KINDS, EMERGENCY_STATES, NEEDED_BY, NO_REASONS } from "./types.ts";
export type * from "./types.ts";
