import { z } from "zod";
import type { BookingId, ServiceSlug, SessionId } from "#kernel/ids.ts";
import { serviceSlug, uuid } from "#modules/booking/index.ts";
import { counters, localTime } from "#modules/schedules/index.ts";
import { STATIONS, SUSPENSION_REASONS } from "#modules/visits/index.ts";

/** A day that goes wrong (day.routes.ts): services that stop, counters at which nobody works, who waits at its end, papers to come back with. */

/** More than any office gives in one day. */
const MOST_SERVICES = 40;
const services = z.array(serviceSlug).min(1).max(MOST_SERVICES) as unknown as z.ZodType<ServiceSlug[]>;
const suspension = { reason: z.enum(SUSPENSION_REASONS), newsAt: localTime };
/** POST /day/suspensions: services, or a station with all whose way leads through it; `newsAt` is `HH:MM` later today. */
export const suspendBody = z.union([
  z.strictObject({ services, ...suspension }),
  z.strictObject({ station: z.enum(STATIONS), ...suspension }),
]);
/** POST /day/suspensions/news */
export const newsBody = z.strictObject({ services, newsAt: localTime });
/** POST /day/suspensions/end; `undone`: it was a slip of the hand. */
export const resumeBody = z.strictObject({ services, undone: z.boolean().optional() });

/** Counters of all sessions of one day. */
const MOST_ABSENT = 500;
const absent = z
  .array(z.strictObject({ sessionId: uuid.transform((text) => text as SessionId), counter: counters }))
  .max(MOST_ABSENT);
/** POST /day/absences/preview */
export const absencesPreviewBody = z.strictObject({ absent });
/** PUT /day/absences: all that are absent; `known`: those that the screen showed before. */
export const absencesBody = z.strictObject({ absent, known: absent });

/** A hall full of people. */
const MOST_PAPERS = 500;
/** POST /day/papers; `receipt`: capital letters, digits and hyphens. */
export const papersBody = z.strictObject({
  papers: z
    .array(
      z.strictObject({
        bookingId: uuid.transform((text) => text as BookingId),
        receipt: z
          .string()
          .regex(/^[A-Z0-9-]{1,20}$/)
          .optional(),
      }),
    )
    .min(1)
    .max(MOST_PAPERS),
});

/** POST /day/send-home */
export const sendHomeBody = z.strictObject({
  bookings: z
    .array(uuid.transform((text) => text as BookingId))
    .min(1)
    .max(MOST_PAPERS),
});
export const sentHome = z.object({ bookings: z.array(z.string()) });
export type SentHome = z.infer<typeof sentHome>;

/** Parties that were told to stay at home, and that stand in the hall with a right to return. */
export const held = z.object({ told: z.number(), inside: z.number() });
export type HeldAnswer = z.infer<typeof held>;
export const resumed = z.object({ told: z.number() });
export type ResumedAnswer = z.infer<typeof resumed>;

/** GET and PUT /day/absences, POST /day/absences/preview. Times are `HH:MM` at the office. */
export const pacing = z.object({
  sessions: z.array(
    z.object({
      id: z.string(),
      serviceGroup: z.string(),
      opens: z.string(),
      closes: z.string(),
      counters: z.number(),
      /** What hangs over its first counter: in here each session counts from 1. */
      firstNumber: z.number(),
      absent: z.array(z.number()),
      /** When its last party is done. */
      ends: z.string(),
      overMinutes: z.number(),
      /** Parties that would be done too late: closing from that hour on asks them for another day. */
      cut: z.object({ from: z.string(), parties: z.number() }).nullable(),
    }),
  ),
  later: z.number(),
  told: z.number(),
});
export type Pacing = z.infer<typeof pacing>;

export const returnPapers = z.object({
  papers: z.array(
    z.object({
      bookingId: z.string(),
      folio: z.string(),
      lostOn: z.string(),
      /** The next day on which the office opens. */
      returnFrom: z.string(),
      returnUntil: z.string(),
      receipt: z.string().nullable(),
    }),
  ),
});
export type ReturnPapers = z.infer<typeof returnPapers>;
