import { z } from "zod";
import { applicant, MOST_PEOPLE_ONLINE, serviceSlug, uuid } from "#modules/booking/index.ts";
import {
  answerShape,
  EMERGENCY_KINDS,
  EMERGENCY_STATES,
  NEEDED_BY,
  NO_REASONS,
  type EmergencyId,
} from "#modules/emergencies/index.ts";

/** The queue of those who asked for urgent attention (emergencies.routes.ts). Instants are UTC, local times `HH:MM` at the office. */

const line = z.object({
  id: z.string(),
  state: z.enum(EMERGENCY_STATES),
  version: z.number(),
  /** A no that was sent to the head of office, who proposes now. */
  reviewed: z.boolean(),
  /** Null when its key is gone. */
  kind: z.enum(EMERGENCY_KINDS).nullable(),
  neededBy: z.enum(NEEDED_BY).nullable(),
  byPhone: z.boolean(),
  askedAt: z.string(),
  dueAt: z.string(),
  proposal: z.enum(["place", "hour", "no"]).nullable(),
  /** Whether the caller proposed it: then somebody else signs. */
  mine: z.boolean(),
  /** From when the head of office may sign alone; null while nothing is proposed. */
  aloneFrom: z.string().nullable(),
  service: z.string().nullable(),
  people: z.number().nullable(),
  localDate: z.string().nullable(),
  localTime: z.string().nullable(),
  reason: z.enum(NO_REASONS).nullable(),
  signedAt: z.string().nullable(),
  signedHow: z.enum(["two", "alone"]).nullable(),
});

/** GET /emergencies: those that wait, what is due first before the rest; then what was answered in a day and what is to come. */
export const emergencyQueue = z.object({ at: z.string(), emergencies: z.array(line) });
export type EmergencyQueue = z.infer<typeof emergencyQueue>;

/** GET /emergencies/waiting: how many are not answered, and how many of them are late. Nothing is opened for it. */
export const emergencyWaiting = z.object({ waiting: z.number(), late: z.number() });
export type EmergencyWaiting = z.infer<typeof emergencyWaiting>;

/** POST /emergencies/:id/open, and after each step: each reading is a line of the audit log. */
export const openedEmergency = line.extend({
  /** To be called back, E.164. */
  phone: z.string().nullable(),
  words: z.string(),
});
export type OpenedEmergency = z.infer<typeof openedEmergency>;

/** GET /emergencies/times: hours that the office can give at once. */
export const emergencyTimes = z.object({
  times: z.array(z.object({ localDate: z.string(), localTime: z.string(), startsAt: z.string() })),
});
export type EmergencyTimes = z.infer<typeof emergencyTimes>;

/** POST /emergencies/:id/book: the card is shown once, for whoever has no other contact. */
export const emergencyBooked = z.object({
  bookingId: z.string(),
  card: z.object({ folio: z.string(), pin: z.string() }).nullable(),
});
export type EmergencyBooked = z.infer<typeof emergencyBooked>;

const version = z.int().min(1).max(1_000_000);
export const emergencyParams = z.strictObject({ id: uuid.transform((id) => id as EmergencyId) });
export const proposeBody = z.strictObject({ version, answer: answerShape });
export const signBody = z.strictObject({ version });
export const timesQuery = z.strictObject({
  service: serviceSlug,
  people: z.coerce.number().int().min(1).max(MOST_PEOPLE_ONLINE).default(1),
});
export const partyBody = z.strictObject({
  applicants: z
    .array(applicant.omit({ services: true }))
    .min(1)
    .max(MOST_PEOPLE_ONLINE),
});
