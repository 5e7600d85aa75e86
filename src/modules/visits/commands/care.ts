/** Care for who is in the hall: calls for help, interpreters, and what people say of their visit. */
export * from "./alarms.ts";
export * from "./interpreters.ts";
export * from "./survey.ts";
export { getCare, getInterpretedReport, getInterpreterLine, type Care } from "../queries/care.ts";
export { getSurveys, type OfficeSurvey } from "../queries/survey.ts";
export { ALARM_UNDO_SECONDS } from "../rules/alarm.ts";
export type { InterpretedMonth } from "../rules/interpreted.ts";
export { CARD_LANGUAGES, LANGUAGE_CODES, type CardLanguage } from "../rules/languages.ts";
export {
  isAskedOn,
  monthOf,
  SURVEY_ANSWERS,
  SURVEY_QUESTIONS,
  type SurveyAnswer,
  type SurveyMonth,
  type SurveyQuestion,
  type SurveyReply,
  type SurveyTally,
} from "../rules/survey.ts";
