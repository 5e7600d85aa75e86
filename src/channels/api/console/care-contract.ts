import { z } from "zod";
import { INTERPRETED_ENDS, LANGUAGE_CODES } from "#modules/visits/index.ts";

/**
 * What the routes of care take and answer (care.routes.ts): calls for help, interpreters, and what people say of their
 * visit. Instants are UTC in ISO 8601. Only colleagues are named.
 */
const instant = z.string();
const uuid = z.uuid();
const told = z.number().nullable();

export const idParams = z.strictObject({ id: uuid });

/** The counter at which she sits; 0 for who sits at none. */
export const alarmBody = z.strictObject({ counter: z.int().min(0).max(99) });
export const alarmAnswer = z.object({ id: z.string(), undoUntil: instant });
export const done = z.object({ done: z.literal(true) });

export const interpreterBody = z.strictObject({
  visitId: uuid,
  language: z.string().refine((code) => LANGUAGE_CODES.includes(code), "no language of the card"),
});
/** GET /languages: the card *Señale su lengua*; what is asked for is a code, or one with its variant, `mixteco_costa`. */
const named = { code: z.string(), es: z.string(), en: z.string() };
export const languages = z.object({
  languages: z.array(z.object({ ...named, autonyms: z.array(z.string()), variants: z.array(z.object(named)) })),
});
export type Languages = z.infer<typeof languages>;
export const interpreterEndBody = z.strictObject({ end: z.enum(INTERPRETED_ENDS) });
const underWay = z.object({
  id: z.string(),
  visitId: z.string(),
  language: z.string(),
  askedAt: instant,
  connectedAt: instant.nullable(),
});
export const interpreterAnswer = z.object({ interpretation: underWay });
export type UnderWay = z.infer<typeof underWay>;

/** GET /care: what needs a colleague now. Read it again after each event `care`, and after `changed`. */
export const care = z.object({
  alarms: z.array(
    z.object({
      id: z.string(),
      /** Whether it is the caller's own: her screen shows it in one small line. */
      own: z.boolean(),
      name: z.string(),
      counter: z.number().nullable(),
      raisedAt: instant,
      /** Until when she takes it back herself. */
      undoUntil: instant,
      seenBy: z.string().nullable(),
    }),
  ),
  interpretations: z.array(underWay),
  /** Where interpreters are called, with country code; null where nobody wrote it down. */
  line: z.string().nullable(),
});
export type Care = z.infer<typeof care>;

/** The longest telephone number there is has fifteen digits (E.164). */
const phone = z.string().regex(/^\+[0-9]{8,15}$/);
/** GET /interpreter-line: of the own office, or of the whole network for headquarters. */
export const interpreterLine = z.object({ phone: phone.nullable() });
/** PUT /interpreter-line; `none` takes it away. */
export const interpreterLineBody = z.strictObject({ phone: z.union([phone, z.literal("none")]) });
export type InterpreterLine = z.infer<typeof interpreterLine>;

const ofAnswers = <Value extends z.ZodType>(value: Value) => z.strictObject({ good: value, fair: value, bad: value });
const ofQuestions = <Value extends z.ZodType>(value: Value) => {
  const one = ofAnswers(value);
  return z.strictObject({ visit: one, punctual: one, time_taken: one, courtesy: one });
};

/** More papers of one kind than any office counts in a day. */
const MOST_PAPERS = 2_000;
/** `id` is made by the screen: the same form sent twice is typed in once. */
export const surveySheetBody = z.strictObject({ id: uuid, tally: ofQuestions(z.int().min(0).max(MOST_PAPERS)) });
/** GET and POST /survey/sheets, POST /survey/sheets/:id/undo: papers that were typed in this month. */
export const surveySheets = z.object({
  month: z.string(),
  sheets: z.array(z.object({ id: z.string(), enteredAt: instant, people: z.number() })),
});
export type SurveySheets = z.infer<typeof surveySheets>;

/** GET /reports/care?officeId?: months that are over, the latest first; what is of fewer than ten people is null. */
export const careReport = z.object({
  survey: z.array(z.object({ month: z.string(), people: told, questions: ofQuestions(told) })),
  interpreters: z.array(
    z.object({
      month: z.string(),
      languages: z.array(z.object({ language: z.string(), asked: told, nobody: told, wait: told, talk: told })),
    }),
  ),
});
export type CareReport = z.infer<typeof careReport>;
